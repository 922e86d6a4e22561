import type { Data, DataType, Vector } from 'apache-arrow';
import type { Source } from '../../slot-values.ts';
import type { Arrow } from '../library.ts';
import type { Nulls } from './column.ts';
import { arrayData } from './data.ts';

export type Memory =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array;

/** How values of one type lie in memory, and how they come there from a slot. */
export type Layout<M extends Memory> = {
  readonly type: DataType;
  readonly allocate: (elements: number) => M;
  /** Array elements a value. */
  readonly width: number;
  /** Copies values `from`, … of the slot to element `at` of the memory. */
  readonly store: (memory: M, at: number, source: Source, from: number, count: number) => void;
  readonly dictionary?: Vector;
};

/** Values of fixed width in a row: of a column, or the elements of lists and vectors. */
export type Items = {
  append(source: Source, from: number, count: number): void;
  take(nulls: Nulls): Data;
};

/** Has room for `capacity` values at first, and doubles when lists need more. */
export function items<M extends Memory>(arrow: Arrow, layout: Layout<M>, capacity: number): Items {
  const { allocate, dictionary, store, type, width } = layout;
  let memory = allocate(capacity * width);
  let length = 0;
  return {
    append(source, from, count) {
      if ((length + count) * width > memory.length) {
        const larger = allocate(Math.max((length + count) * width, memory.length * 2));
        bytesOf(larger).set(bytesOf(memory));
        memory = larger;
      }
      store(memory, length * width, source, from, count);
      length += count;
    },
    take(nulls) {
      const values = memory.subarray(0, length * width);
      const rows = length;
      length = 0;
      return arrayData(arrow, type, rows, nulls, { values, dictionary });
    },
  };
}

const bytesOf = (array: Memory): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
