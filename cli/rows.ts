import type { PhysicalPlan, PhysicalTable } from '../compiler/5-lower/physical-plan.ts';
import type { Engine, Rows } from '../runtime/engine/engine.ts';
import type { Cell } from './values/cell.ts';
import { cellReader, storedSteps } from './values/cell.ts';

/** A row of a table as it is stored; `cells` in the order of the table's columns. */
export type StoredRow = { readonly row: number; readonly cells: readonly Cell[] };

/** The rows asked for, each computed alone: no other row is made. */
export function* readRows(
  engine: Engine,
  plan: PhysicalPlan,
  blobs: Uint8Array,
  table: PhysicalTable,
  rows: Rows,
  batchRows: number,
): Generator<StoredRow> {
  const steps = [...new Set(storedSteps(table.columns))];
  const readers = table.columns.map((column) => cellReader(plan, blobs, table, column));
  const total = 'count' in rows ? rows.count : rows.length;
  for (let done = 0; done < total; done += batchRows) {
    const n = Math.min(batchRows, total - done);
    const some = 'count' in rows ? { start: rows.start + done, count: n } : rows.slice(done, done + n);
    const batch = engine.evaluate(table.name, some, steps);
    for (let i = 0; i < n; i++) {
      const row = 'count' in some ? some.start + i : (some[i] ?? 0);
      yield { row, cells: readers.map((read) => read(batch, i)) };
    }
  }
}

/** `count` rows from the first, at most what the table has. */
export const firstRows = (table: PhysicalTable, count: number): Rows => ({
  start: 0,
  count: Math.min(count, table.rows),
});
