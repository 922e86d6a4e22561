import type { LawShape, ScalarMath } from '../define.ts';
import { LawFault } from './fault.ts';

export type DiscreteLaw = Extract<LawShape, { kind: 'discrete' }>;

/** Weights of the integers from `first` on. */
export type Masses = { readonly first: number; readonly weights: readonly number[] };

const NEGLIGIBLE = 1 / 2 ** 70;
const MOST = 2 ** 20;

/**
 * The mass function of a unimodal law over lo … hi, cut where what is left out is below 2^-60 of the whole. Null where
 * that takes more than 2^20 integers.
 */
export function masses(
  m: ScalarMath,
  law: DiscreteLaw,
  p: readonly number[],
  bounds: { readonly lo: number; readonly hi: number },
): Masses | null {
  const { lo, hi } = bounds;
  if (!(lo <= hi)) throw new LawFault('no integer lies within these bounds');
  const spread = 40 * Math.sqrt(law.variance(m, p));
  if (Math.min(hi - lo, spread) > MOST) return null;
  const top = Math.min(Math.max(Math.floor(law.mean(m, p)), lo), hi);
  const at = (k: number) => law.pmf(m, k, p);
  const above = tail(at, top, 1, hi);
  const below = tail(at, top - 1, -1, lo);
  if (above === null || below === null) return null;
  const weights = [...below.reverse(), ...above];
  if (!weights.some((weight) => weight > 0)) throw new LawFault('the law has no mass within these bounds');
  return { first: top - below.length, weights };
}

/** Masses from `start` outwards until they no longer count. */
function tail(at: (k: number) => number, start: number, step: 1 | -1, end: number): number[] | null {
  const weights: number[] = [];
  let largest = 0;
  for (let k = start; step * k <= step * end; k += step) {
    const weight = at(k);
    largest = Math.max(largest, weight);
    if (weights.length > 1 && weight <= largest * NEGLIGIBLE) break;
    weights.push(weight);
    if (weights.length > MOST) return null;
  }
  return weights;
}
