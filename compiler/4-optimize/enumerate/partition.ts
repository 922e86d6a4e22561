import type { Result } from './run-steps.ts';

/** Classes of a draw's states: the class of each state, numbered in the order of their first states. */
export type Partition = { readonly classOf: Int32Array; readonly count: number };

/** All states in one class. */
export const oneClass = (size: number): Partition => ({
  classOf: new Int32Array(size),
  count: Math.min(size, 1),
});

/** Each state in a class of its own. */
export const singletons = (size: number): Partition => ({
  classOf: Int32Array.from({ length: size }, (_, state) => state),
  count: size,
});

/** Classes whose states `tell` alike, too. */
export function refine({ classOf, count }: Partition, tell: (state: number) => Result): Partition {
  if (count === classOf.length) return { classOf, count };
  const numbers = new Map<Result, number>();
  const found = new Map<number, number>();
  const refined = classOf.map((of, state) => {
    const told = tell(state);
    // A map would take the two zeros for one; no number is told by a symbol.
    const number = numbered(numbers, Object.is(told, -0) ? MINUS_ZERO : told);
    return numbered(found, number * count + of);
  });
  return { classOf: refined, count: found.size };
}

/** Keys are numbered as they come. */
function numbered<K>(numbers: Map<K, number>, key: K): number {
  const known = numbers.get(key) ?? numbers.size;
  numbers.set(key, known);
  return known;
}

const MINUS_ZERO: unique symbol = Symbol('-0');

/** The first state of each class. */
export function firsts({ classOf, count }: Partition): Int32Array {
  const states = new Int32Array(count);
  for (let state = classOf.length - 1; state >= 0; state--) states[classOf[state]!] = state;
  return states;
}

/** The sum of each class. */
export function sums({ classOf, count }: Partition, values: Float64Array): Float64Array {
  const out = new Float64Array(count);
  classOf.forEach((of, state) => {
    out[of] = out[of]! + values[state]!;
  });
  return out;
}
