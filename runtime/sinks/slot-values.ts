import type { ColumnView } from '../engine/column-view.ts';

/** Values of a slot, read as the kind that a column's type needs. */
export type Source = ColumnView['values'];

export const reals = (source: Source): Float64Array =>
  source instanceof Float64Array ? source : mismatch('f64');
export const longs = (source: Source): BigInt64Array =>
  source instanceof BigInt64Array ? source : mismatch('i64');
export const integers = (source: Source): Int32Array =>
  source instanceof Int32Array ? source : mismatch('code');
export const bytes = (source: Source): Uint8Array =>
  source instanceof Uint8Array ? source : mismatch('str');

/** Little endian, as WASM's memory is: two 32-bit words a value, so that no bigint is made. */
export function wordsOf(source: Source): Int32Array {
  const values = longs(source);
  return new Int32Array(values.buffer, values.byteOffset, values.length * 2);
}

export function mismatch(wanted: string): never {
  throw new Error(`the plan's step has no slot of kind ${wanted}, which its column's type needs`);
}
