import type { Machine } from './frame.ts';

/** Valid where both are; pointers, 0 where nothing is null. */
export function validBoth({ arena, kernels }: Machine, n: number, a: number, b: number): number {
  if (a === 0 || a === b) return b;
  if (b === 0) return a;
  const out = arena.take(n);
  kernels.validAnd(n, a, b, out);
  return out;
}
