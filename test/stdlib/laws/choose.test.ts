import { expect, test } from 'vitest';
import type { Arg } from '../../../stdlib/define.ts';
import type { Value } from '../../../stdlib/value.ts';
import { constant, draw, map, typeOfDraw } from '../draw.ts';
import { harness } from '../harness.ts';
import { chiSquare, rejected } from '../statistics.ts';
import { orders } from '../twins/choose.ts';

const ROWS = 300_000;
const upTo = (lo: number, hi: number): Arg => ({
  kind: 'constant',
  value: [BigInt(lo), BigInt(hi), false],
  type: { kind: 'range', of: constant(1n).type },
});

/** Frequencies of what was drawn, in order of drawing. */
function frequencies(rows: readonly Value[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const row of rows) found.set(String(row), (found.get(String(row)) ?? 0) + 1);
  return found;
}

function pValue(rows: readonly Value[], weights: readonly number[], sizes: readonly number[]): number {
  const expected = new Map<string, number>();
  for (const size of sizes) {
    for (const [order, probability] of orders(weights, size))
      expected.set(order, (probability * rows.length) / sizes.length);
  }
  const counts = frequencies(rows);
  expect([...counts.keys()].filter((order) => !expected.has(order))).toEqual([]);
  return chiSquare(
    [...expected.keys()].map((order) => counts.get(order) ?? 0),
    [...expected.values()],
  );
}

/** False alarms over all: 10^-4 (the seeds are fixed). */
test('items are drawn one after another by the weights left', () => {
  const tests = new Map<string, number>();
  const cases: readonly (readonly [readonly number[], number, number])[] = [
    [[1, 1, 1, 1], 2, 2],
    [[5, 1, 2, 0, 3], 1, 3],
    [[1, 2, 3], 3, 3],
    [[1, 2, 3], 0, 1],
    // So uneven that most tries by table hit what is taken: the weights left are summed instead.
    [[1e6, 1, 2, 3], 2, 3],
  ];
  for (const [weights, lo, hi] of cases) {
    const h = harness({ rows: ROWS });
    const items = constant(map(Object.fromEntries(weights.map((weight, i) => [`i${i}`, weight]))));
    const { slot, type } = draw(h, {
      law: 'choose',
      args: { count: upTo(lo, hi), items },
      stream: `choose ${weights}`,
    });
    expect(slot.width).toBe(Math.max(1, hi));
    expect(type).toEqual({ kind: 'list', of: { kind: 'enum', values: weights.map((_, i) => `i${i}`) } });
    const sizes = Array.from({ length: hi - lo + 1 }, (_, i) => lo + i);
    tests.set(`${weights} ${lo}..${hi}`, pValue(h.values(slot), weights, sizes));
  }
  expect(rejected(tests, 1e-4)).toEqual([]);
});

test('items by a code, in the codes of the union', () => {
  const h = harness({ rows: ROWS });
  const by = h.column(
    'code',
    Array.from({ length: ROWS }, (_, row) => row % 2),
    ['x', 'y'],
  );
  const type = { kind: 'map', keys: ['a', 'b', 'c', 'd'], of: constant(1).type } as const;
  const cases = [map({ c: 1, a: 2 }), map({ d: 1, b: 3, a: 1 })];
  const { slot } = draw(h, {
    law: 'choose',
    args: { count: upTo(2, 2), items: { kind: 'choice', by, cases, type } },
  });
  const rows = h.values(slot);
  const tests = new Map([
    [
      'x',
      pValue(
        rows.filter((_, row) => row % 2 === 0),
        [2, 0, 1, 0],
        [2],
      ),
    ],
    [
      'y',
      pValue(
        rows.filter((_, row) => row % 2 === 1),
        [1, 3, 0, 1],
        [2],
      ),
    ],
  ]);
  expect(rejected(tests, 1e-4)).toEqual([]);
});

test.each([
  [upTo(1, 4), constant(['a', 'b', 'c']), '4 are to be chosen, but only 3 have a weight above zero'],
  [
    upTo(1, 3),
    constant(map({ a: 1, b: 0, c: 2 })),
    '3 are to be chosen, but only 2 have a weight above zero',
  ],
  [upTo(3, 1), constant(['a', 'b', 'c']), 'how many to choose must be a range of integers from 0 up'],
  [upTo(1, 1), constant([1, 2]), 'only texts can be categories'],
])('what cannot be chosen is no type', (count, items, reason) => {
  expect(typeOfDraw({ law: 'choose', args: { count, items } })).toBe(reason);
});
