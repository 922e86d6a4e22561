import { describe, expect, test } from 'vitest';
import type { Arg } from '../../../stdlib/define.ts';
import { constant, type Drawn, draw, map, range } from '../draw.ts';
import { harness } from '../harness.ts';
import { chiSquare, kolmogorovSmirnov, rejected } from '../statistics.ts';

/** As in continuous.test.ts: fixed seeds, 10^6 values, one false alarm in 10,000 over all tests of a block (Holm). */
const RATE = 1e-4;
const ROWS = 1_000_000;

/** Counts of integers from `first` on. */
function tally(values: Iterable<number | bigint>, first: number, size: number): number[] {
  const counts = new Array<number>(size).fill(0);
  for (const value of values) counts[Number(value) - first]! += 1;
  return counts;
}

const share = (weights: readonly number[], rows: number) => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (rows * weight) / total);
};

describe('discrete laws', () => {
  const finite: readonly (Drawn & { readonly first: number; readonly weights: readonly number[] })[] = [
    { law: 'categorical', free: { a: 70, b: 15, c: 0, d: 5, e: 10 }, first: 0, weights: [70, 15, 0, 5, 10] },
    {
      law: 'categorical',
      args: { of: constant(map({ x: 1, y: 0.001, z: 3 })) },
      first: 0,
      weights: [1, 0.001, 3],
    },
    {
      law: 'categorical',
      args: { of: constant(['p', 'q', 'p']), weight: constant([1, 2, 3]) },
      first: 0,
      weights: [4, 2],
    },
    { law: 'pick', args: { from: constant(['p', 'q', 'r']) }, first: 0, weights: [1, 1, 1] },
    { law: 'pick', args: { from: constant([5n, 6n, 8n]) }, first: 5, weights: [1, 1, 0, 1] },
    {
      law: 'histogram',
      free: { '10..19': 3, '20..24': 2, '30..30': 1 },
      first: 10,
      weights: [...Array(10).fill(0.3), ...Array(5).fill(0.4), ...Array(5).fill(0), 1],
    },
    {
      law: 'histogram',
      free: { '10..19': 3, '20..24': 2 },
      within: range(18, 22, true),
      first: 18,
      weights: [0.3, 0.3, 0.4, 0.4],
    },
    { law: 'poisson', args: { rate: constant(3) }, first: 0, weights: poisson(3, 0, 30) },
    { law: 'poisson', args: { rate: constant(400) }, first: 200, weights: poisson(400, 200, 400) },
    {
      law: 'poisson',
      args: { rate: constant(3) },
      within: range(8, 12),
      first: 8,
      weights: poisson(3, 8, 5),
    },
    { law: 'bernoulli', args: { p: constant(0.02) }, first: 0, weights: [0.98, 0.02] },
    { law: 'zipf', args: { n: constant(10n), s: constant(1) }, first: 1, weights: powers(10, 1) },
    { law: 'zipf', args: { n: constant(5000n), s: constant(0.5) }, first: 1, weights: powers(5000, 0.5) },
    { law: 'zipf', args: { n: constant(3000n), s: constant(0) }, first: 1, weights: powers(3000, 0) },
    {
      law: 'ref',
      args: { table: { kind: 'table', name: 't', rows: 777 } },
      first: 0,
      weights: powers(777, 0),
    },
  ];

  test('constant parameters', () => {
    const tests = new Map<string, number>();
    for (const [i, { first, weights, ...drawn }] of finite.entries()) {
      const h = harness({ rows: ROWS });
      const values = h.numbers(draw(h, { ...drawn, stream: `finite ${i}` }).slot);
      const counts = tally(values, first, weights.length);
      expect(counts.length, `${drawn.law} ${i}: values outside`).toBe(weights.length);
      expect(counts.filter((count, k) => weights[k] === 0 && count > 0)).toEqual([]);
      tests.set(`${drawn.law} ${i}`, chiSquare(counts, share(weights, ROWS)));
    }
    expect(rejected(tests, RATE)).toEqual([]);
  });

  test('parameters by row', () => {
    const tests = new Map<string, number>();
    const rows = 300_000;
    const h = harness({ rows });
    const column = (kind: 'f64' | 'i64', values: readonly number[]): Arg => ({
      kind: 'slot',
      slot: h.column(
        kind,
        Array.from({ length: rows }, (_, row) => values[row % values.length]!),
      ),
      type: constant(1).type,
      domain: { kind: 'any', nullable: false },
    });
    const part = (values: Iterable<number | bigint>, i: number) =>
      [...values].filter((_, row) => row % 2 === i);
    const counts = h.numbers(draw(h, { law: 'poisson', args: { rate: column('f64', [2, 35]) } }).slot);
    for (const [i, rate] of [2, 35].entries()) {
      tests.set(
        `poisson ${rate}`,
        chiSquare(tally(part(counts, i), 0, 120), share(poisson(rate, 0, 120), rows / 2)),
      );
    }
    const bounds = [
      [0, 3],
      [45, 60],
    ] as const;
    const within = range(
      column(
        'f64',
        bounds.map(([lo]) => lo),
      ),
      column(
        'f64',
        bounds.map(([, hi]) => hi + 1),
      ),
      true,
    );
    const bounded = h.numbers(
      draw(h, { law: 'poisson', args: { rate: column('f64', [2, 35]) }, within, stream: 'bounded' }).slot,
    );
    for (const [i, rate] of [2, 35].entries()) {
      const [lo, hi] = bounds[i]!;
      const expected = share(poisson(rate, lo, hi - lo + 1), rows / 2);
      tests.set(`poisson ${rate} within`, chiSquare(tally(part(bounded, i), lo, hi - lo + 1), expected));
    }
    const ranks = h.numbers(
      draw(h, { law: 'zipf', args: { n: column('i64', [9, 400]), s: column('f64', [0.7, 1.8]) } }).slot,
    );
    tests.set('zipf 9 0.7', chiSquare(tally(part(ranks, 0), 1, 9), share(powers(9, 0.7), rows / 2)));
    tests.set('zipf 400 1.8', chiSquare(tally(part(ranks, 1), 1, 400), share(powers(400, 1.8), rows / 2)));
    const hits = h.numbers(draw(h, { law: 'bernoulli', args: { p: column('f64', [0.1, 0.9]) } }).slot);
    tests.set('bernoulli 0.1', chiSquare(tally(part(hits, 0), 0, 2), share([0.9, 0.1], rows / 2)));
    tests.set('bernoulli 0.9', chiSquare(tally(part(hits, 1), 0, 2), share([0.1, 0.9], rows / 2)));
    expect(rejected(tests, RATE)).toEqual([]);
  });

  test('counts whose rate a code chooses', () => {
    const rows = 300_000;
    const h = harness({ rows });
    const by = h.column(
      'code',
      Array.from({ length: rows }, (_, row) => row % 2),
      ['a', 'b'],
    );
    const rate: Arg = { kind: 'choice', by, cases: [0.5, 20], type: constant(1).type };
    const values = h.numbers(draw(h, { law: 'poisson', args: { rate }, within: range(1, 60) }).slot);
    const tests = [0.5, 20].map((mu, i) => {
      const counts = tally(
        values.filter((_, row) => row % 2 === i),
        1,
        60,
      );
      return [String(mu), chiSquare(counts, share(poisson(mu, 1, 60), rows / 2))] as const;
    });
    expect(rejected(new Map(tests), RATE)).toEqual([]);
  });

  test('maps and lists chosen by a code', () => {
    const rows = 300_000;
    const h = harness({ rows });
    const by = h.column(
      'code',
      Array.from({ length: rows }, (_, row) => row % 2),
      ['Europe', 'Africa'],
    );
    const cases = [map({ French: 55, English: 25 }), map({ Arabic: 3, French: 1 })];
    const type = { kind: 'map', keys: ['Arabic', 'English', 'French'], of: constant(1).type } as const;
    const codes = [
      ...h.numbers(draw(h, { law: 'categorical', args: { of: { kind: 'choice', by, cases, type } } }).slot),
    ];
    const tests = new Map([
      [
        'Europe',
        chiSquare(
          tally(
            codes.filter((_, row) => row % 2 === 0),
            0,
            3,
          ),
          share([0, 25, 55], rows / 2),
        ),
      ],
      [
        'Africa',
        chiSquare(
          tally(
            codes.filter((_, row) => row % 2 === 1),
            0,
            3,
          ),
          share([3, 0, 1], rows / 2),
        ),
      ],
    ]);
    expect(codes.filter((code, row) => code === (row % 2 === 0 ? 0 : 1))).toEqual([]);
    expect(rejected(tests, RATE)).toEqual([]);
  });
});

describe('histograms and shares', () => {
  test('buckets with too many integers for a cell each', () => {
    const h = harness({ rows: ROWS });
    const values = h.numbers(
      draw(h, { law: 'histogram', free: { '0..999999': 1, '5000000..5000009': 1, '-3000000..-1': 2 } }).slot,
    );
    const counts = new Array<number>(121).fill(0);
    for (const x of values) counts[x >= 5_000_000 ? 120 : Math.floor((x + 3_000_000) / 33_334)]! += 1;
    const width = (bin: number, lo: number, hi: number) =>
      Math.max(0, Math.min(hi, bin * 33_334 - 2_966_666) - Math.max(lo, bin * 33_334 - 3_000_000));
    const expected = counts.map((_, bin) =>
      bin === 120
        ? ROWS / 4
        : (ROWS * (width(bin, -3e6, 0) * 0.5)) / 3e6 + (ROWS * (width(bin, 0, 1e6) * 0.25)) / 1e6,
    );
    expect(
      values.every((x) => Number.isInteger(x) && (x < 1_000_000 || (x >= 5_000_000 && x < 5_000_010))),
    ).toBe(true);
    expect(chiSquare(counts, expected)).toBeGreaterThan(RATE);
  });

  test('a real histogram within bounds', () => {
    const h = harness({ rows: ROWS });
    const { slot } = draw(h, {
      law: 'histogram',
      free: { '0.0..1.0': 1, '1.0..3.0': 4 },
      within: range(0.5, 2),
    });
    // Left of the first bucket: a half of 1; of the second: a half of 4.
    const values = h.numbers(slot).map((x) => (x < 1 ? ((x - 0.5) * 2) / 5 : 0.2 + (x - 1) * 0.8));
    expect(kolmogorovSmirnov(values)).toBeGreaterThan(RATE);
  });

  test('a real histogram', () => {
    const h = harness({ rows: ROWS });
    const { slot } = draw(h, { law: 'histogram', free: { '0.0..0.5': 1, '0.5..2.5': 3 } });
    const values = h
      .numbers(slot)
      .map((x) => (Number(x) < 0.5 ? Number(x) / 2 : 0.25 + (Number(x) - 0.5) * 0.375));
    expect(kolmogorovSmirnov(values)).toBeGreaterThan(RATE);
  });

  test('dirichlet: shares add up to 1, each is beta, also for tiny concentrations', () => {
    const tests = new Map<string, number>();
    for (const alphas of [
      [2, 0.7, 1.3],
      [0.05, 0.02],
    ]) {
      const h = harness({ rows: 200_000 });
      const free = Object.fromEntries(alphas.map((alpha, i) => [`c${i}`, alpha]));
      const rows = h
        .values(draw(h, { law: 'dirichlet', free }).slot)
        .map((row) => (row as readonly number[]).map(Number));
      expect(rows.filter((row) => !(Math.abs(row.reduce((sum, x) => sum + x, 0) - 1) < 1e-12))).toEqual([]);
      const total = alphas.reduce((sum, alpha) => sum + alpha, 0);
      for (const [i, alpha] of alphas.entries()) {
        // Shares that round to 0 or 1 are ties of the cdf: compare where it is continuous.
        const u = rows
          .map((row) => h.b.math.betaI(alpha, total - alpha, row[i]!))
          .filter((p) => p > 0 && p < 1);
        if (alpha > 0.5) tests.set(`alpha ${alpha}`, kolmogorovSmirnov(Float64Array.from(u)));
        const mean = rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length;
        const deviation = Math.sqrt((alpha * (total - alpha)) / (total * total * (total + 1)) / rows.length);
        expect(Math.abs(mean - alpha / total)).toBeLessThan(5 * deviation);
      }
    }
    expect(rejected(tests, RATE)).toEqual([]);
  });
});

/** Mass functions by their recurrences: nothing of the library. */
function poisson(rate: number, first: number, size: number): readonly number[] {
  let log = -rate;
  for (let k = 1; k <= first; k++) log += Math.log(rate / k);
  return Array.from({ length: size }, (_, i) => {
    if (i > 0) log += Math.log(rate / (first + i));
    return Math.exp(log);
  });
}

function powers(n: number, s: number): readonly number[] {
  return Array.from({ length: n }, (_, i) => (i + 1) ** -s);
}
