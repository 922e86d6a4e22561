import { LawFault } from './fault.ts';

/** What the kernels' cells can hold. */
export const MAX_CELLS = 2 ** 24 - 1;
const FULL = 2 ** 40;

/**
 * The alias table of a finite law: a cell a weight, 40 bits of threshold over 24 bits of alias (kernels/assembly/alias.ts).
 * Index i comes up with probability weights[i] / Σ weights, to 2^-41; one of weight 0 never. M. D. Vose, A linear
 * algorithm for generating random numbers with a given distribution (IEEE TSE 1991).
 */
export function aliasCells(weights: readonly number[]): BigUint64Array {
  const count = weights.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (count > MAX_CELLS) throw new LawFault(`${count} weights; at most ${MAX_CELLS} are possible`);
  if (!(total > 0 && total < Infinity) || weights.some((weight) => !(weight >= 0))) {
    throw new LawFault('weights must be non-negative numbers, not all of them zero');
  }
  const heaviest = weights.reduce((best, weight, i) => (weight > (weights[best] ?? 0) ? i : best), 0);
  const share = Float64Array.from(weights, (weight) => (weight / total) * count);
  const small: number[] = [];
  const large: number[] = [];
  for (let i = count - 1; i >= 0; i--) (share[i]! < 1 ? small : large).push(i);

  const cells = new BigUint64Array(count);
  const set = (i: number, threshold: number, alias: number) => {
    cells[i] = (BigInt(threshold) << 24n) | BigInt(alias);
  };
  while (small.length > 0 && large.length > 0) {
    const low = small.pop()!;
    const high = large.pop()!;
    set(low, Math.min(FULL - 1, Math.round(share[low]! * FULL)), high);
    share[high] = share[high]! - (1 - share[low]!);
    (share[high]! < 1 ? small : large).push(high);
  }
  // Full columns, and what rounding has left over.
  for (const i of [...small, ...large]) set(i, 0, weights[i]! > 0 ? i : heaviest);
  return cells;
}

/** Several alias tables in one array: `directory` holds { first cell, count } of each. */
export type Stacked = { readonly directory: Uint32Array; readonly cells: BigUint64Array };

export function stack(tables: readonly BigUint64Array[]): Stacked {
  const directory = new Uint32Array(tables.length * 2);
  const cells = new BigUint64Array(tables.reduce((sum, table) => sum + table.length, 0));
  let first = 0;
  for (const [i, table] of tables.entries()) {
    directory.set([first, table.length], i * 2);
    cells.set(table, first);
    first += table.length;
  }
  return { directory, cells };
}
