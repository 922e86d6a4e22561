import type { ScalarMath } from '../../stdlib/define.ts';
import type { Draw } from '../3-plan/expr.ts';
import type { LogicalTable } from '../3-plan/logical-plan.ts';
import { rankPower } from '../3-plan/reference-weight.ts';
import { BARS, figure, total } from './bars.ts';
import type { Picture } from './tree.ts';

/** Ranks 1 … n with weight k^−s: the likeliest, each by its number. */
export function ranksOf(m: ScalarMath, n: number, s: number, caption: string | null): Picture | null {
  const sum = powerSum(m, n, s);
  if (!(sum > 0 && sum < Infinity)) return null;
  const shown = Math.min(n, BARS);
  const likeliest = Array.from({ length: shown }, (_, i) => (s >= 0 ? 1 + i : n - i));
  const shares = likeliest.map((rank) => m.pow(rank, -s) / sum);
  return {
    kind: 'bars',
    caption,
    bars: likeliest.map((rank, i) => ({ label: String(rank), share: figure(shares[i]!) })),
    others: n > shown ? { count: n - shown, share: figure(Math.max(0, 1 - total(shares))) } : null,
  };
}

/** Terms that are summed one by one; the others by the formula of Euler and Maclaurin, whose error is far below six digits. */
const TERMS = 10_000;

/** Σ k^−s for k from 1 to n. */
function powerSum(m: ScalarMath, n: number, s: number): number {
  const f = (x: number): number => m.pow(x, -s);
  const first = Math.min(n, TERMS);
  let sum = 0;
  for (let k = 1; k < first; k++) sum += f(k);
  if (first === n) return sum + f(n);
  const integral =
    Math.abs(s - 1) < 1e-9 ? m.log(n / first) : (m.pow(n, 1 - s) - m.pow(first, 1 - s)) / (1 - s);
  return sum + integral + (f(first) + f(n)) / 2 + (s / 12) * (f(first) / first - f(n) / n);
}

/** Each rank is in one row. */
export const permuted = (rows: number): Picture => ({
  kind: 'density',
  of: 'numbers',
  bins: [{ from: 0.5, to: rows + 0.5, share: 1 }],
  tails: 0,
});

/** Parents by their row, each as likely; or by their rank, where a power of a permutation weighs them. */
export function parentsOf(
  { by, type }: Draw,
  { math, tables }: { readonly math: ScalarMath; readonly tables: readonly LogicalTable[] },
): Picture | null {
  const parent = type.kind === 'ref' ? tables.find(({ name }) => name === type.table) : undefined;
  if (!parent) return null;
  if (by === null)
    return {
      kind: 'density',
      of: 'numbers',
      bins: [{ from: -0.5, to: parent.rows - 0.5, share: 1 }],
      tails: 0,
    };
  const power = rankPower(tables, by.table, by.path);
  return power && ranksOf(math, parent.rows, power.exponent, `rows of ${parent.name} by their rank`);
}
