import type { Data } from 'apache-arrow';
import type { Batch, ColumnView } from '../../../engine/column-view.ts';

/**
 * One stored column, gathered batch by batch until its encode unit is full. It owns its memory and uses it again for
 * the next unit.
 */
export type Column = {
  append(batch: Batch): void;
  /** The unit as Arrow data: views of the column's memory, to be copied before the next append. */
  take(): Data;
};

export type Nulls = { readonly count: number; readonly bitmap: Uint8Array | null };
export const NO_NULLS: Nulls = { count: 0, bitmap: null };

/** The values of a leaf column, whose nulls are counted apart. */
export type Values = {
  append(view: ColumnView, rows: number): void;
  take(nulls: Nulls): Data;
};

export function leafColumn(step: number, nullable: boolean, unitRows: number, values: Values): Column {
  const validity = nullable ? nullableRows(unitRows) : completeRows(step);
  return {
    append(batch) {
      const view = batch.column(step);
      validity.append(view.valid, batch.rows);
      values.append(view, batch.rows);
    },
    take: () => values.take(validity.take()),
  };
}

type Validity = { append(valid: Uint8Array | null, rows: number): void; take(): Nulls };

/** Arrow's bitmap: bit i % 8 of byte i / 8 is 1 where row i has a value. */
function nullableRows(unitRows: number): Validity {
  const bitmap = new Uint8Array((unitRows + 7) >>> 3);
  let length = 0;
  let count = 0;
  return {
    append(valid, rows) {
      if (length === 0) bitmap.fill(0);
      for (let i = 0; i < rows; i++) {
        if (valid === null || valid[i] === 1) bitmap[(length + i) >>> 3]! |= 1 << ((length + i) & 7);
        else count += 1;
      }
      length += rows;
    },
    take() {
      const nulls = { count, bitmap: count === 0 ? null : bitmap.subarray(0, (length + 7) >>> 3) };
      length = 0;
      count = 0;
      return nulls;
    },
  };
}

function completeRows(step: number): Validity {
  return {
    append(valid, rows) {
      if (valid?.subarray(0, rows).includes(0))
        throw new Error(`step ${step} gives null in a column without nulls`);
    },
    take: () => NO_NULLS,
  };
}
