import type { ScalarMath } from '../../stdlib/define.ts';

/** A share of n candidates with its interval. */
export type Share = {
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly candidates: number;
};

/** An interval misses the true share with at most this probability, half of it at either end. */
export const ALPHA = 1e-3;

/** The exact interval of a binomial share (Clopper & Pearson, Biometrika 26, 1934). */
export function binomialShare(math: ScalarMath, accepted: number, candidates: number): Share {
  const rejected = candidates - accepted;
  return {
    share: accepted / candidates,
    low: accepted === 0 ? 0 : math.betaInverse(accepted, rejected + 1, ALPHA / 2),
    high: rejected === 0 ? 1 : math.betaInverseUpper(accepted + 1, rejected, ALPHA / 2),
    candidates,
  };
}
