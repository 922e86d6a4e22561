import type { PhysicalPlan, PhysicalTable } from '../compiler/5-lower/physical-plan.ts';
import type { Engine } from '../runtime/engine/engine.ts';
import type { Cell } from './values/cell.ts';
import { cellReader, storedSteps } from './values/cell.ts';

/** A row of a table as it is stored; `cells` in the order of the table's columns. */
export type StoredRow = { readonly row: number; readonly cells: readonly Cell[] };

/** The rows by number, each computed alone: no other row is made. */
export function* readRows(
  engine: Engine,
  plan: PhysicalPlan,
  blobs: Uint8Array,
  table: PhysicalTable,
  rows: readonly number[],
  batchRows: number,
): Generator<StoredRow> {
  const steps = [...new Set(storedSteps(table.columns))];
  const readers = table.columns.map((column) => cellReader(plan, blobs, table, column));
  for (let start = 0; start < rows.length; start += batchRows) {
    const some = rows.slice(start, start + batchRows);
    const batch = engine.evaluate(table.name, some, steps);
    for (const [i, row] of some.entries()) yield { row, cells: readers.map((read) => read(batch, i)) };
  }
}

/** `count` rows from the first, at most what the table has. */
export const firstRows = (table: PhysicalTable, count: number): readonly number[] =>
  Array.from({ length: Math.min(count, table.rows) }, (_, row) => row);
