import type { PhysicalPlan, PhysicalTable } from '../compiler/5-lower/physical-plan.ts';
import type { Batch } from '../runtime/engine/column-view.ts';
import type { Engine, Rows } from '../runtime/engine/engine.ts';
import { createOut } from '../runtime/sinks/text/out.ts';
import { rowWriter, type TextTable } from '../runtime/sinks/text/rows.ts';
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
  const readers = table.columns.map((column) => cellReader(plan, blobs, table, column));
  for (const { batch, numbers } of batchesOf(engine, table, rows, batchRows)) {
    for (const [i, row] of numbers.entries()) yield { row, cells: readers.map((read) => read(batch, i)) };
  }
}

/** The same as the files of a text format have them, some rows at a time; head and all. */
export function* writeRows(
  engine: Engine,
  table: PhysicalTable,
  { head, row }: TextTable,
  rows: Rows,
  batchRows: number,
): Generator<string> {
  const write = rowWriter(row);
  const out = createOut(1 << 16);
  yield head;
  for (const { batch } of batchesOf(engine, table, rows, batchRows)) {
    out.at = 0;
    write(out, batch);
    yield new TextDecoder('utf-8', { ignoreBOM: true }).decode(out.bytes.subarray(0, out.at));
  }
}

function* batchesOf(
  engine: Engine,
  table: PhysicalTable,
  rows: Rows,
  batchRows: number,
): Generator<{ readonly batch: Batch; readonly numbers: readonly number[] }> {
  const steps = [...new Set(storedSteps(table.columns))];
  const total = 'count' in rows ? rows.count : rows.length;
  for (let done = 0; done < total; done += batchRows) {
    const count = Math.min(batchRows, total - done);
    const some = 'count' in rows ? { start: rows.start + done, count } : rows.slice(done, done + count);
    const numbers = 'count' in some ? Array.from({ length: count }, (_, i) => some.start + i) : some;
    yield { batch: engine.evaluate(table.name, some, steps), numbers };
  }
}

/** `count` rows from the first, at most what the table has. */
export const firstRows = (table: PhysicalTable, count: number): Rows => ({
  start: 0,
  count: Math.min(count, table.rows),
});
