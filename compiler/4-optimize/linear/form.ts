import {
  add,
  commonDivisor,
  compare,
  isZero,
  magnitude,
  multiply,
  negate,
  ONE,
  type Rational,
  ratio,
  ZERO,
} from './rational.ts';

/**
 * What an expression computes, beside the linear form that it stands for: |computed − (Σ terms + constant)| ≤ `error`.
 * `size` bounds |computed|; null where nothing does. A term may be 0: its variable is read, and its null is the whole's.
 */
export type Form = {
  readonly terms: ReadonlyMap<number, Rational>;
  readonly constant: Rational;
  readonly error: Rational;
  readonly size: Rational | null;
};

/** Of rounding to the nearest double: half a unit in the last place of 53, or of the least number that is not 0. */
const ROUNDING = ratio(1n, 2n ** 53n);
const LEAST = ratio(1n, 2n ** 1075n);
const ROUNDING_32 = ratio(1n, 2n ** 24n);
const LEAST_32 = ratio(1n, 2n ** 150n);
const EXACT = ratio(2n ** 53n, 1n);

export const constantForm = (value: Rational): Form => ({
  terms: new Map(),
  constant: value,
  error: ZERO,
  size: magnitude(value),
});

export const variableForm = (variable: number, size: Rational | null): Form => ({
  terms: new Map([[variable, ONE]]),
  constant: ZERO,
  error: ZERO,
  size,
});

/** Exact sums. */
export function sum(a: Form, b: Form): Form {
  const terms = new Map(a.terms);
  for (const [variable, by] of b.terms) {
    terms.set(variable, add(terms.get(variable) ?? ZERO, by));
  }
  return {
    terms,
    constant: add(a.constant, b.constant),
    error: add(a.error, b.error),
    size: a.size && b.size && add(a.size, b.size),
  };
}

/** Exact multiples. */
export const scaled = (form: Form, by: Rational): Form => ({
  terms: new Map([...form.terms].map(([variable, factor]) => [variable, multiply(factor, by)])),
  constant: multiply(form.constant, by),
  error: multiply(form.error, magnitude(by)),
  size: form.size && multiply(form.size, magnitude(by)),
});

export const opposite = (form: Form): Form => scaled(form, negate(ONE));
export const difference = (a: Form, b: Form): Form => sum(a, opposite(b));

/** The form rounded to a double; null where it may be of any size. */
export const rounded = (form: Form): Form | null => inexact(form, ROUNDING, LEAST);
/** The form rounded to a float32. */
export const narrowed = (form: Form): Form | null => inexact(form, ROUNDING_32, LEAST_32);

function inexact(form: Form, relative: Rational, absolute: Rational): Form | null {
  if (form.size === null) return null;
  const error = add(multiply(form.size, relative), absolute);
  return { ...form, error: add(form.error, error), size: add(form.size, error) };
}

/** An integer as a double: rounded beyond 2^53. */
export const asDouble = (form: Form): Form | null =>
  form.size && compare(form.size, EXACT) <= 0 ? form : rounded(form);

/** The values lie on a grid (integers: 1) where all terms do and nothing is rounded; 0: they may be any number. */
export function gridOf(form: Form, gridOfVariable: (variable: number) => Rational): Rational {
  if (!isZero(form.error)) return ZERO;
  let grid = form.constant;
  for (const [variable, by] of form.terms) {
    const step = gridOfVariable(variable);
    if (isZero(step)) return ZERO;
    grid = commonDivisor(grid, multiply(step, by));
  }
  return magnitude(grid);
}
