import type { ScalarMath } from '../../stdlib/define.ts';

/**
 * How values come again along the rows: `values` equally likely ones (∞: none comes again), or a power of the rank, as
 * a reference's parents are drawn.
 */
export type Recurrence =
  | { readonly kind: 'even'; readonly values: number }
  | { readonly kind: 'power'; readonly values: number; readonly exponent: number };

export const NEVER: Recurrence = { kind: 'even', values: Number.POSITIVE_INFINITY };
export const even = (values: number): Recurrence => ({ kind: 'even', values });

/** Ranks that are taken one by one; beyond, by stretches that grow by an eighth. */
const SINGLE = 1024;

/** Distinct values to be expected among n drawn independently: Σ 1 − (1 − p)ⁿ, with (1 − p)ⁿ as exp(−np) where p is small. */
export function distinctAmong(recurrence: Recurrence, n: number, math: ScalarMath): number {
  const { values } = recurrence;
  if (values === Number.POSITIVE_INFINITY) return n;
  const seen = (p: number): number => (p >= 1 ? 1 : -math.expm1(n * math.log1p(-p)));
  if (recurrence.kind === 'even') return values * seen(1 / values);
  const parts: { readonly ranks: number; readonly weight: number }[] = [];
  for (let rank = 1; rank <= values; ) {
    const ranks = Math.min(rank < SINGLE ? 1 : Math.floor(rank / 8), values - rank + 1);
    parts.push({ ranks, weight: math.pow(rank + (ranks - 1) / 2, -recurrence.exponent) });
    rank += ranks;
  }
  const total = parts.reduce((sum, { ranks, weight }) => sum + ranks * weight, 0);
  return parts.reduce((sum, { ranks, weight }) => sum + ranks * seen(weight / total), 0);
}
