import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadKernels, scalarMath } from '../../../stdlib/kernels/load.ts';

const { exports } = loadKernels();
const math = scalarMath(loadKernels());

/**
 * [function, arguments, value]: values by mpmath 1.3 with 40 to 220 digits (incomplete functions by their power series).
 * Inverses were made by rounding the value of the function, so the ill-conditioned ones are off by what that costs.
 */
type Case = readonly [string, readonly number[], number];
const cases: readonly Case[] = JSON.parse(
  readFileSync(new URL('special.reference.json', import.meta.url), 'utf8'),
);

describe.each([...new Set(cases.map(([fn]) => fn))])('%s', (name) => {
  test.each(cases.filter(([fn]) => fn === name))('%s(%j) = %d', (_, args, value) => {
    const got = Number(exports[name]!(...args));
    // Values down to 10^-300: half of the digits lost is still 10^-12.
    expect(Math.abs(got - value)).toBeLessThanOrEqual(1e-12 * Math.abs(value));
  });
});

const shape = fc.double({ min: 0.05, max: 1000, noNaN: true });
const probability = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true });

test('inverses undo their functions', () => {
  fc.assert(
    fc.property(shape, shape, probability, (a, b, p) => {
      expect(math.gammaP(a, math.gammaInverse(a, p))).toBeCloseTo(p, 11);
      expect(math.gammaQ(a, math.gammaInverseUpper(a, p))).toBeCloseTo(p, 11);
      expect(math.normalCdf(math.normalQuantile(p))).toBeCloseTo(p, 13);
      // Where x rounds to 1, the value there is all that doubles can say.
      const x = math.betaInverse(a, b, p);
      if (x < 1 - 1e-6) expect(math.betaI(a, b, x)).toBeCloseTo(p, 8);
    }),
    { numRuns: 2000 },
  );
});

test('lower and upper parts add up to one', () => {
  fc.assert(
    fc.property(shape, shape, fc.nat(2 ** 20), (a, b, k) => {
      // 1 − x is exact.
      const x = k / 2 ** 20;
      expect(math.gammaP(a, 3 * a * x) + math.gammaQ(a, 3 * a * x)).toBeCloseTo(1, 13);
      expect(math.betaI(a, b, x) + math.betaI(b, a, 1 - x)).toBeCloseTo(1, 10);
      expect(math.betaQ(a, b, x)).toBeCloseTo(math.betaI(b, a, 1 - x), 12);
    }),
  );
});
