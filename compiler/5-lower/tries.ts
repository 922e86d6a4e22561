import type { ScalarMath } from '../../stdlib/define.ts';

/**
 * Tries after which a row may give up: with acceptance `a` a try, all rows of the table together run out with probability
 * below 10^-6 (language.md, Constraints).
 */
export function defaultTries(m: ScalarMath, rows: number, acceptance: number): number {
  if (acceptance >= 1) return 1;
  return Math.ceil(m.log(1e-6 / rows) / m.log1p(-acceptance));
}
