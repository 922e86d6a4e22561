import { expect, test } from 'vitest';
import { laws } from '../../../stdlib/laws/index.ts';
import { quantileTable, U_ERROR } from '../../../stdlib/samplers/quantile-table.ts';
import { type ContinuousLaw, truncate, type Within } from '../../../stdlib/samplers/truncated.ts';
import { harness } from '../harness.ts';
import { mix64 } from '../twins/random.ts';

const { b } = harness({ rows: 1 });
const shapeOf = (name: string): ContinuousLaw => {
  const shape = laws.get(name)?.shape;
  if (shape?.kind !== 'continuous') throw new Error(name);
  return shape;
};

const within = (lo: number, hi: number, halfOpen = false): Within => ({ lo, hi, halfOpen });
const cases: readonly (readonly [string, readonly number[], Within | null])[] = [
  ['normal', [0, 1], null],
  ['normal', [38, 14], within(13, 95)],
  ['normal', [38, 14], within(13, 96, true)],
  ['normal', [0, 1], within(6, 8)],
  ['normal', [0, 1], within(-8, -6)],
  ['normal', [0, 1], within(20, 21)],
  ['normal', [0, 1], within(-0.001, 0.001)],
  ['lognormal', [4.5, 0.25], within(3, 360)],
  ['lognormal', [0, 3], null],
  ['exponential', [2], null],
  ['exponential', [0.05], within(0, 3)],
  ['gamma', [2, 0.1], null],
  ['gamma', [0.05, 1], null],
  ['gamma', [500, 1], within(0, 450)],
  ['beta', [2, 5], null],
  ['beta', [0.5, 0.5], null],
  ['beta', [0.05, 3], null],
  ['beta', [30, 400], within(0.05, 0.2)],
];

/** Words whose uniforms lie everywhere: ends, powers of two, random ones in every octave of both halves. */
const words = [
  0n,
  2n ** 64n - 1n,
  2n ** 63n,
  2n ** 63n - 1n,
  ...Array.from({ length: 64 }, (_, bit) => 1n << BigInt(bit)),
  ...Array.from({ length: 10_000 }, (_, i) => mix64(BigInt(i)) >> BigInt(i % 53)),
  ...Array.from({ length: 10_000 }, (_, i) => 2n ** 64n - 1n - (mix64(BigInt(i + 99_999)) >> BigInt(i % 53))),
].sort((a, c) => (a < c ? -1 : 1));

test.each(cases)('%s(%j) within %j: error in u, bounds, order', (name, p, bounds) => {
  const law = shapeOf(name);
  const table = quantileTable(b.math, law, p, bounds);
  expect(table).not.toBeNull();
  const cut = truncate(b.math, law, p, bounds);
  const h = harness({ rows: 1 });
  const blob = h.b.blob(table!);
  let worst = 0;
  let outside = 0;
  let disorder = 0;
  let previous = -Infinity;
  for (const word of words) {
    const x = Number(h.kernels.exports.quantileAt!(blob.blob, word));
    const k = Number(word >> 12n);
    const upper = k >= 2 ** 51;
    const t = ((upper ? 2 ** 52 - 1 - k : k) + 0.5) / 2 ** 52;
    const exact = cut.quantile(t, upper);
    // Where doubles are too coarse for the law, the nearest ones are as good as it gets.
    if (Math.abs(x - exact) > 2 ** -49 * Math.abs(exact)) worst = Math.max(worst, cut.error(x, t, upper));
    const within =
      x >= (bounds?.lo ?? -Infinity) &&
      x <= (bounds?.hi ?? Infinity) &&
      !(bounds?.halfOpen && x === bounds.hi);
    if (!within) outside++;
    // Cells meet to within the error of the table.
    if (x < previous - 1e-7 * Math.abs(previous)) disorder++;
    previous = x;
  }
  expect({ outside, disorder }).toEqual({ outside: 0, disorder: 0 });
  expect(worst).toBeLessThanOrEqual(1.05 * U_ERROR);
});

test('a law without mass between its bounds is a fault', () => {
  expect(() => quantileTable(b.math, shapeOf('exponential'), [1], within(-2, -1))).toThrow('no mass');
  expect(() => quantileTable(b.math, shapeOf('normal'), [0, 1], within(60, 61))).toThrow('no mass');
  expect(() => quantileTable(b.math, shapeOf('normal'), [0, 1], within(2, 1))).toThrow('no mass');
});

test('a law too steep for doubles has no table', () => {
  expect(quantileTable(b.math, shapeOf('gamma'), [0.001, 1], null)).toBeNull();
});
