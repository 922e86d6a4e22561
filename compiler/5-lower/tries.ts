import type { ScalarMath } from '../../stdlib/define.ts';

/** Attempts are 20 bits of a random word's key (language.md, Draws). */
const MOST_TRIES = 2 ** 20;

/**
 * Tries after which a row may give up: with acceptance `a` a try, all rows of the table together run out with probability
 * below 10^-6 (language.md, Constraints). `a` is the lower end of its interval, for the least favourable row.
 */
export function defaultTries(m: ScalarMath, rows: number, acceptance: number): number {
  if (acceptance >= 1) return 1;
  if (acceptance <= 0) return MOST_TRIES;
  return Math.min(MOST_TRIES, Math.ceil(m.log(1e-6 / rows) / m.log1p(-acceptance)));
}
