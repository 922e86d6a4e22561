import type { DataType } from 'apache-arrow';
import { mismatch } from '../../slot-values.ts';
import type { Arrow } from '../library.ts';
import type { Values } from './column.ts';
import { NO_NULLS } from './column.ts';
import { arrayData } from './data.ts';
import type { Items } from './items.ts';

/** A column of values of fixed width. */
export const fixedValues = (values: Items): Values => ({
  append: (view, rows) => values.append(view.values, 0, rows),
  take: (nulls) => values.take(nulls),
});

/** FixedSizeList: `dims` elements a row, nulls included. */
export const vectorValues = (arrow: Arrow, type: DataType, dims: number, elements: Items): Values => ({
  append(view, rows) {
    if (view.width !== dims)
      throw new Error(`the plan's step gives ${view.width} components, the column has ${dims}`);
    elements.append(view.values, 0, rows * dims);
  },
  take(nulls) {
    const child = elements.take(NO_NULLS);
    return arrayData(arrow, type, child.length / dims, nulls, { children: [child] });
  },
});

/** List: offsets of our own, elements one after another. */
export function listValues(arrow: Arrow, type: DataType, unitRows: number, elements: Items): Values {
  const offsets = rowOffsets(unitRows);
  return {
    append(view, rows) {
      const { from, to } = offsets.append(view.offsets ?? mismatch('list'), rows);
      elements.append(view.values, from, to - from);
    },
    take(nulls) {
      const child = elements.take(NO_NULLS);
      const ends = offsets.take();
      return arrayData(arrow, type, ends.length - 1, nulls, { offsets: ends, children: [child] });
    },
  };
}

export function textValues(arrow: Arrow, type: DataType, unitRows: number): Values {
  const offsets = rowOffsets(unitRows);
  let bytes = new Uint8Array(unitRows * 16);
  let length = 0;
  return {
    append(view, rows) {
      const { values } = view;
      if (!(values instanceof Uint8Array)) return mismatch('str');
      const { from, to } = offsets.append(view.offsets ?? mismatch('str'), rows);
      if (length + to - from > bytes.length) {
        const larger = new Uint8Array(Math.max(length + to - from, bytes.length * 2));
        larger.set(bytes.subarray(0, length));
        bytes = larger;
      }
      bytes.set(values.subarray(from, to), length);
      length += to - from;
    },
    take(nulls) {
      const ends = offsets.take();
      const values = bytes.subarray(0, length);
      length = 0;
      return arrayData(arrow, type, ends.length - 1, nulls, { offsets: ends, values });
    },
  };
}

/** Bool: a bit a row. */
export function boolValues(arrow: Arrow, type: DataType, unitRows: number): Values {
  const bits = new Uint8Array((unitRows + 7) >>> 3);
  let length = 0;
  return {
    append(view, rows) {
      const { values } = view;
      if (!(values instanceof Uint8Array)) return mismatch('bool');
      if (length === 0) bits.fill(0);
      for (let i = 0; i < rows; i++) bits[(length + i) >>> 3]! |= (values[i]! & 1) << ((length + i) & 7);
      length += rows;
    },
    take(nulls) {
      const rows = length;
      length = 0;
      return arrayData(arrow, type, rows, nulls, { values: bits.subarray(0, (rows + 7) >>> 3) });
    },
  };
}

/** Offsets of the batches, carried on over the unit. */
function rowOffsets(unitRows: number) {
  const offsets = new Int32Array(unitRows + 1);
  let length = 0;
  return {
    /** The range of the batch's values that its rows take. */
    append(batch: Uint32Array, rows: number): { readonly from: number; readonly to: number } {
      const from = batch[0]!;
      const to = batch[rows]!;
      const shift = offsets[length]! - from;
      if (shift + to > 0x7fff_ffff)
        throw new Error('a row group holds more than 2^31 bytes or items of one column');
      for (let i = 1; i <= rows; i++) offsets[length + i] = batch[i]! + shift;
      length += rows;
      return { from, to };
    },
    take(): Int32Array {
      const taken = offsets.subarray(0, length + 1);
      length = 0;
      return taken;
    },
  };
}
