import fc from 'fast-check';
import { expect, test } from 'vitest';
import { feasible, type Inequality } from '../../compiler/4-optimize/linear/feasible.ts';
import { compare, ofDouble, type Rational, ratio, whole } from '../../compiler/4-optimize/linear/rational.ts';

/** Σ terms · variables ≤ most, or <: in whole numbers. */
type Plain = { readonly terms: readonly bigint[]; readonly most: bigint; readonly strict: boolean };

const inequalityOf = ({ terms, most, strict }: Plain): Inequality => ({
  terms: new Map(terms.flatMap((by, i) => (by === 0n ? [] : [[i, whole(by)] as const]))),
  most: whole(most),
  strict,
});

/** Fourier–Motzkin: variables are eliminated one by one, until 0 ≤ most is left. Whole numbers stay whole. */
function eliminated(system: readonly Plain[], variable: number): boolean {
  if (variable < 0) return system.every(({ most, strict }) => (strict ? most > 0n : most >= 0n));
  const by = ({ terms }: Plain): bigint => terms[variable]!;
  const [above, below] = [system.filter((one) => by(one) > 0n), system.filter((one) => by(one) < 0n)];
  const combined = above.flatMap((a) =>
    below.map(
      (b): Plain => ({
        terms: a.terms.map((each, i) => -by(b) * each + by(a) * b.terms[i]!),
        most: -by(b) * a.most + by(a) * b.most,
        strict: a.strict || b.strict,
      }),
    ),
  );
  return eliminated([...system.filter((one) => by(one) === 0n), ...combined], variable - 1);
}

const VARIABLES = 3;
const small = fc.integer({ min: -3, max: 3 }).map(BigInt);
const plain = fc.record({
  terms: fc.array(small, { minLength: VARIABLES, maxLength: VARIABLES }),
  most: fc.integer({ min: -4, max: 6 }).map(BigInt),
  strict: fc.boolean(),
});

test('a system is feasible where elimination says so, and a core has nothing to spare', () => {
  const told = { feasible: 0, infeasible: 0 };
  const holds = (system: readonly Plain[]): boolean => eliminated(system, VARIABLES - 1);
  fc.assert(
    fc.property(fc.array(plain, { minLength: 1, maxLength: 7 }), (system) => {
      const verdict = feasible(system.map(inequalityOf), { left: 1e6 });
      if (verdict.kind === 'unknown') throw new Error('the budget is large enough');
      told[verdict.kind]++;
      expect(verdict.kind === 'feasible').toBe(holds(system));
      if (verdict.kind === 'feasible') return;
      const core = verdict.core.map((index) => system[index]!);
      expect(holds(core)).toBe(false);
      for (const one of core) expect(holds(core.filter((other) => other !== one))).toBe(true);
    }),
    { numRuns: 2000, seed: 3 },
  );
  expect(Math.min(told.feasible, told.infeasible)).toBeGreaterThan(200);
});

test('work is bounded', () => {
  const names = Array.from({ length: 30 }, (_, i) => i);
  const system = names.map((i) => ({
    terms: new Map([
      [i, whole(1n)],
      [(i + 1) % names.length, whole(-1n)],
    ]),
    most: whole(0n),
    strict: true,
  }));
  expect(feasible(system, { left: 10 })).toEqual({ kind: 'unknown' });
  expect(feasible(system, { left: 1e6 }).kind).toBe('infeasible');
});

test('doubles are rationals, exactly', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: 1, max: 9 }),
      (x, n) => {
        const exact = ofDouble(x);
        expect(doubleOf(exact)).toBe(x === 0 ? 0 : x);
        expect(compare(ratio(exact.n * BigInt(n), exact.d * BigInt(n)), exact)).toBe(0);
      },
    ),
    { seed: 4 },
  );
});

/** Powers of two below: division in steps that a double holds. */
function doubleOf({ n, d }: Rational): number {
  let [power, result] = [d.toString(2).length - 1, Number(n)];
  for (; power > 0; power -= Math.min(power, 1000)) result /= 2 ** Math.min(power, 1000);
  return result;
}
