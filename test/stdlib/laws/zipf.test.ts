import { describe, expect, test } from 'vitest';
import { streamKey } from '../../../stdlib/kernels/streams.ts';
import { constant, draw } from '../draw.ts';
import { harness } from '../harness.ts';
import { chiSquare, rejected } from '../statistics.ts';
import { permute } from '../twins/permutation.ts';

const ROWS = 1_000_000;

/** Σ k^−s over first … last: directly, or by the integral with its first corrections where that is exact to 10^-12. */
function sum(first: number, last: number, s: number): number {
  let total = 0;
  let k = first;
  for (; k <= last && k < 100_000; k++) total += k ** -s;
  if (k > last) return total;
  const primitive = (x: number) => (s === 1 ? Math.log(x) : x ** (1 - s) / (1 - s));
  const slope = (x: number) => -s * x ** (-s - 1);
  return total + primitive(last) - primitive(k) + (k ** -s + last ** -s) / 2 + (slope(last) - slope(k)) / 12;
}

/** Bins: the first ranks one by one, then ranges that double. */
function bins(n: number): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (let first = 1; first <= n; ) {
    const last = first < 40 ? first : Math.min(n, first * 2 - 1);
    found.push([first, last]);
    first = last + 1;
  }
  return found;
}

/** False alarms over all: 10^-4 (the seeds are fixed). */
test('ranks follow k^-s exactly, to 10^12 ranks', () => {
  const tests = new Map<string, number>();
  for (const [n, s] of [
    [1e8, 1.5],
    [1e8, 0.8],
    [1e8, 0],
    [1e12, 1],
    [1e12, 1.001],
    [1e12, 3],
    [1e7, 0.8],
    [50_000, 1.2],
    [1025, 1],
    [1, 2],
    [2, 0.5],
  ] as const) {
    const h = harness({ rows: ROWS });
    const slot = draw(h, {
      law: 'zipf',
      args: { n: constant(BigInt(n)), s: constant(s) },
      stream: `${n} ${s}`,
    }).slot;
    const ranges = bins(n);
    const ends = ranges.map(([, last]) => last);
    const counts = new Array<number>(ranges.length).fill(0);
    for (const value of h.view(slot)) {
      const rank = Number(value);
      const bin = rank < 41 ? rank - 1 : ends.findIndex((last) => rank <= last);
      counts[bin]! += 1;
    }
    expect(counts).toHaveLength(ranges.length);
    const weights = ranges.map(([first, last]) => sum(first, last, s));
    const total = weights.reduce((a, b) => a + b, 0);
    if (ranges.length > 1)
      tests.set(
        `${n}, ${s}`,
        chiSquare(
          counts,
          weights.map((weight) => (weight / total) * ROWS),
        ),
      );
  }
  expect(rejected(tests, 1e-4)).toEqual([]);
});

test('inside a block of ranks the law is the same', () => {
  const h = harness({ rows: ROWS });
  const values = h.view(draw(h, { law: 'zipf', args: { n: constant(2000n), s: constant(2) } }).slot);
  const counts = new Array<number>(900).fill(0);
  for (const value of values) if (value > 1100n) counts[Number(value) - 1101]! += 1;
  const weights = counts.map((_, i) => (1101 + i) ** -2);
  const scale = counts.reduce((a, b) => a + b, 0) / weights.reduce((a, b) => a + b, 0);
  expect(
    chiSquare(
      counts,
      weights.map((weight) => weight * scale),
    ),
  ).toBeGreaterThan(1e-4);
});

describe('references by rank', () => {
  test('the parent drawn most is the one whose permutation is 1', () => {
    const parents = 10_000;
    const stream = streamKey(8n, 'parent', 'rank', '0');
    const h = harness({ rows: 200_000 });
    const drawn = {
      law: 'ref',
      args: { table: { kind: 'table', name: 'p', rows: parents } as const },
      by: { kind: 'rank-power', stream, exponent: 1.5 } as const,
    };
    const counts = new Map<number, number>();
    for (const row of h.view(draw(h, drawn).slot))
      counts.set(Number(row), (counts.get(Number(row)) ?? 0) + 1);
    expect(Math.max(...counts.keys())).toBeLessThan(parents);
    const byRank = (rank: number) => {
      for (let row = 0n; row < BigInt(parents); row++)
        if (permute(BigInt(stream), row, BigInt(parents)) === BigInt(rank - 1)) return Number(row);
      return -1;
    };
    const total = sum(1, parents, 1.5);
    for (const rank of [1, 2, 3]) {
      const p = rank ** -1.5 / total;
      const deviation = Math.sqrt(200_000 * p * (1 - p));
      // Three binomial tests at 5 standard deviations: false alarm 2 · 10^-6.
      expect(Math.abs((counts.get(byRank(rank)) ?? 0) - 200_000 * p)).toBeLessThan(5 * deviation);
    }
  });

  test('weights that grow with the rank', () => {
    const parents = 3000;
    const h = harness({ rows: ROWS });
    const stream = streamKey(8n, 'parent', 'rank', '1');
    const table = { kind: 'table', name: 'p', rows: parents } as const;
    const by = { kind: 'rank-power', stream, exponent: -1 } as const;
    const counts = new Array<number>(30).fill(0);
    const bins = Array.from({ length: parents }, (_, row) =>
      Math.floor(Number(permute(BigInt(stream), BigInt(row), BigInt(parents))) / 100),
    );
    for (const row of h.view(draw(h, { law: 'ref', args: { table }, by }).slot))
      counts[bins[Number(row)]!]! += 1;
    // Ranks 100 i + 1 … 100 i + 100 add up to 10,000 i + 5050.
    const expected = counts.map((_, i) => (ROWS * (10_000 * i + 5050)) / ((parents * (parents + 1)) / 2));
    expect(chiSquare(counts, expected)).toBeGreaterThan(1e-4);
  });

  test('the ranks that a permutation draws are those that its stream says', () => {
    const h = harness({ rows: 1000 });
    const key = h.key('rank');
    const values = h
      .values(draw(h, { law: 'permutation', rows: 1000, stream: 'rank' }).slot)
      .map((rank) => BigInt(Number(rank)));
    expect(values).toEqual(
      Array.from({ length: 1000 }, (_, row) => permute(BigInt(key.key), BigInt(row), 1000n) + 1n),
    );
    expect(new Set(values).size).toBe(1000);
  });
});
