import type { Interval } from '../../2-check/domains.ts';
import type { Inequality } from './feasible.ts';
import { difference, type Form, opposite } from './form.ts';
import {
  add,
  isZero,
  larger,
  magnitude,
  negate,
  ONE,
  ofDouble,
  type Rational,
  subtract,
} from './rational.ts';

/** `form` is at most `most`. */
export const below = (form: Form, most: Rational, strict: boolean): Inequality => ({
  terms: new Map([...form.terms].filter(([, by]) => !isZero(by))),
  most: subtract(most, form.constant),
  strict,
});

/** What `a` computes is not above what `b` computes. */
export const atMost = (a: Form, b: Form): Inequality[] => {
  const off = difference(a, b);
  return [below(off, off.error, false)];
};

/** `value` less `of` is in least..most. */
export function between(
  of: Form,
  value: Form,
  least: Rational,
  most: Rational,
  open = false,
): readonly Inequality[] {
  const off = difference(value, of);
  return [below(off, add(most, off.error), false), below(opposite(off), add(negate(least), off.error), open)];
}

/** The most that a value of the domain may be in size; null where there is no telling. */
export function sizeOf(range: Interval | null): Rational | null {
  if (!range || !Number.isFinite(range.lo) || !Number.isFinite(range.hi)) return null;
  return larger(magnitude(ofDouble(range.lo)), magnitude(ofDouble(range.hi)));
}

/** A variable's domain. */
export function ends(variable: number, range: Interval | null): readonly Inequality[] {
  if (!range) return [];
  const bound = (end: number, sign: Rational, open: boolean): Inequality[] =>
    Number.isFinite(end)
      ? [{ terms: new Map([[variable, sign]]), most: scaledEnd(end, sign), strict: open }]
      : [];
  return [...bound(range.hi, ONE, range.hiOpen), ...bound(range.lo, negate(ONE), range.loOpen)];
}

const scaledEnd = (end: number, sign: Rational): Rational =>
  sign.n > 0n ? ofDouble(end) : negate(ofDouble(end));
