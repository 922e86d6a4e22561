import type { LawShape, ScalarMath } from '../define.ts';
import { nextDouble } from './doubles.ts';
import { LawFault } from './fault.ts';

export type ContinuousLaw = Extract<LawShape, { kind: 'continuous' }>;
export type Within = { readonly lo: number; readonly hi: number; readonly halfOpen: boolean };

/** Bounds that hold less are taken for impossible: below it, doubles lose the law's shape. */
export const LEAST_MASS = 1e-300;

/** A continuous law conditioned on an interval; t is the probability from the nearer end: below x, or above it (`upper`). */
export type Truncated = {
  readonly lo: number;
  /** The greatest value possible: below the bound where the interval is half open. */
  readonly hi: number;
  readonly quantile: (t: number, upper: boolean) => number;
  /** How far the probability at x is from t. */
  readonly error: (x: number, t: number, upper: boolean) => number;
  /** What rounding alone may do to probabilities. */
  readonly noise: number;
};

/** Works in that tail of the untruncated law in which the value lies, so that bounds far out lose no accuracy. */
export function truncate(
  m: ScalarMath,
  law: ContinuousLaw,
  p: readonly number[],
  within: Within | null,
): Truncated {
  const lo = Math.max(law.quantile(m, 0, p), within?.lo ?? -Infinity);
  const end = Math.min(law.upper(m, 0, p), within?.hi ?? Infinity);
  const hi = within?.halfOpen && end === within.hi ? nextDouble(end, -1) : end;
  const { cdf, sf } = tailsOf(m, law, p);
  if (!(lo < end)) throw new LawFault('the law has no mass within these bounds');
  const below = cdf(lo);
  const above = sf(end);
  const mass = massBetween(m, law, p, lo, end);
  if (!(mass > LEAST_MASS)) throw new LawFault('the law has no mass within these bounds');

  /** The point as a probability of the untruncated law, from its nearer side. */
  const point = (t: number, upper: boolean): { readonly p: number; readonly upper: boolean } => {
    const fromBelow = below + (upper ? 1 - t : t) * mass;
    return fromBelow <= 0.5
      ? { p: fromBelow, upper: false }
      : { p: above + (upper ? t : 1 - t) * mass, upper: true };
  };
  return {
    lo,
    hi,
    noise: (8 * Number.EPSILON * Math.min(0.5, Math.max(below, above) + mass)) / mass,
    quantile: (t, upper) => {
      const at = point(t, upper);
      const x = at.upper ? law.upper(m, at.p, p) : law.quantile(m, at.p, p);
      return Math.min(Math.max(x, lo), hi);
    },
    error: (x, t, upper) => {
      const at = point(t, upper);
      return Math.abs((at.upper ? sf(x) : cdf(x)) - at.p) / mass;
    },
  };
}

/** P(lo ≤ x ≤ hi), from that tail in which the interval lies. */
export function massBetween(
  m: ScalarMath,
  law: ContinuousLaw,
  p: readonly number[],
  lo: number,
  hi: number,
): number {
  const { cdf, sf } = tailsOf(m, law, p);
  const below = cdf(lo);
  const above = sf(hi);
  return below > 0.5 ? sf(lo) - above : above > 0.5 ? cdf(hi) - below : 1 - below - above;
}

const tailsOf = (m: ScalarMath, law: ContinuousLaw, p: readonly number[]) => ({
  cdf: (x: number): number => (x === -Infinity ? 0 : x === Infinity ? 1 : law.cdf(m, x, p)),
  sf: (x: number): number => (x === -Infinity ? 1 : x === Infinity ? 0 : law.sf(m, x, p)),
});
