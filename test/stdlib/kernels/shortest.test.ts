import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lowerCast } from '../../../stdlib/functions/index.ts';
import { FLOAT64, TEXT } from '../../../stdlib/types.ts';
import { harness } from '../harness.ts';

/** What JavaScript writes is the shortest, and of those the nearest (ECMA-262, Number::toString). */
const expected = (x: number): string => {
  const text = String(Object.is(x, -0) ? 0 : x);
  return /[.e]/.test(text) ? text : `${text}.0`;
};

const view = new DataView(new ArrayBuffer(8));
const fromBits = (bits: bigint): number => {
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
};
const toBits = (x: number): bigint => {
  view.setFloat64(0, x);
  return view.getBigUint64(0);
};
/** A real with those beside it. */
const around = (x: number): readonly number[] =>
  [-1n, 0n, 1n].map((step) => fromBits(toBits(x) + step)).filter(Number.isFinite);

const REALS: Readonly<Record<string, () => readonly number[]>> = {
  'of any bits': () =>
    fc
      .sample(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { seed: 4, numRuns: 50_000 })
      .map(fromBits)
      .filter(Number.isFinite),
  'from 0 to 1, as laws draw them': () =>
    fc
      .sample(fc.integer({ min: 0, max: 2 ** 31 - 1 }), { seed: 5, numRuns: 50_000 })
      .map((n) => (n * 2 ** 22 + 1) / 2 ** 53),
  'of few digits': () =>
    fc
      .sample(fc.tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: -30, max: 30 })), {
        seed: 6,
        numRuns: 20_000,
      })
      .map(([digits, power]) => Number(`${digits}e${power}`)),
  'powers of two, and those beside them': () =>
    Array.from({ length: 2098 }, (_, i) => 2 ** (i - 1074)).flatMap(around),
  'powers of ten, and those beside them': () =>
    Array.from({ length: 632 }, (_, i) => Number(`1e${i - 323}`)).flatMap(around),
  'whole numbers': () => [
    0,
    -0,
    1,
    10,
    123_456_789,
    2 ** 53 - 1,
    2 ** 53,
    2 ** 53 + 2,
    1e20,
    1e21,
    999_999_999_999_999_900_000,
  ],
  'the least and the greatest': () => [5e-324, 1e-323, 2.2250738585072014e-308, Number.MAX_VALUE],
  'ends of layouts': () => [1e-6, 1.5e-6, 9.99e-7, 1e-7, 0.1, 1.5, 123.456, 1.5e21, -0.001, -1e-10],
};

describe('reals are written in the fewest digits that read back', () => {
  test.each(Object.keys(REALS))('%s', (name) => {
    const reals = REALS[name]!();
    const h = harness({ rows: reals.length });
    const texts = h.values(lowerCast(h.b, h.column('f64', reals), FLOAT64, TEXT));
    const wrong = reals.flatMap((x, i) => (texts[i] === expected(x) ? [] : [[texts[i], expected(x)]]));
    expect(wrong).toEqual([]);
  });

  test('the table of powers of ten', () => {
    const path = new URL('../../../stdlib/kernels/assembly/powers-of-ten.ts', import.meta.url);
    const words = [...readFileSync(path, 'utf8').matchAll(/0x[0-9a-f]{16}/g)].map(([word]) => BigInt(word));
    expect(words).toHaveLength(2 * 617);
    for (let k = -292; k <= 324; k++) {
      const at = 2 * (k + 292);
      const entry = (words[at]! << 64n) | words[at + 1]!;
      // The first bit is set, and entry · 2^e is 10^k rounded up: the least above it.
      expect(entry >> 127n).toBe(1n);
      const [over, under] = k < 0 ? [1n, 10n ** BigInt(-k)] : [10n ** BigInt(k), 1n];
      const e = log2(over, under) - 127;
      const [a, b] = e < 0 ? [over << BigInt(-e), under] : [over, under << BigInt(e)];
      expect(entry * b >= a && (entry - 1n) * b < a, `10^${k}`).toBe(true);
    }
  });
});

/** floor(log2(a / b)) */
function log2(a: bigint, b: bigint): number {
  const guess = a.toString(2).length - b.toString(2).length;
  const holds = guess < 0 ? a << BigInt(-guess) >= b : a >= b << BigInt(guess);
  return holds ? guess : guess - 1;
}
