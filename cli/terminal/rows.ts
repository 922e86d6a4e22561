import type { PhysicalPlan, PhysicalTable } from '../../compiler/5-lower/physical-plan.ts';
import type { Channel } from '../output.ts';
import { firstRows, readRows, type StoredRow } from '../rows.ts';
import { alignsRight, cellToCompactText, cellToText, headingOf, NULL_TEXT } from '../values/text.ts';
import { formatCount, plural } from './quantity.ts';
import type { Style } from './style.ts';
import { renderRecord, renderTable, type TableColumn } from './table.ts';

/** Rows of a table under its name; a row alone is shown whole, a line a column. */
export function renderRows(
  table: PhysicalTable,
  rows: readonly StoredRow[],
  options: { readonly width: number; readonly style: Style },
): string {
  const title = `${options.style.bold(options.style.cyan(table.name))}  ${options.style.dim(plural(table.rows, 'row'))}`;
  const alone = rows.length === 1;
  const columns: readonly TableColumn[] = [
    { name: 'row', align: 'right', cells: rows.map(({ row }) => formatCount(row)) },
    ...table.columns.map(
      (column, i): TableColumn => ({
        name: alone ? column.name : headingOf(column),
        align: alignsRight(column.type) ? 'right' : 'left',
        cells: rows.map(({ cells }) => (alone ? cellToText : cellToCompactText)(column, cells[i] ?? null)),
      }),
    ),
  ];
  const layout = { ...options, dim: NULL_TEXT };
  return `${title}\n\n${alone ? renderRecord(columns, layout) : renderTable(columns, layout)}\n`;
}

const FEW = 5;

/** The first rows of each table, computed anew: they are what the files hold. */
export async function showFirstRows(
  plan: PhysicalPlan,
  blobs: Uint8Array,
  tables: readonly PhysicalTable[],
  channel: Channel,
): Promise<void> {
  const { createEngine } = await import('../../runtime/engine/engine.ts');
  const engine = createEngine(plan, blobs, { batchRows: 64 });
  for (const table of tables) {
    const rows = [...readRows(engine, plan, blobs, table, firstRows(table, FEW), FEW)];
    channel.write(`\n${renderRows(table, rows, channel)}`);
  }
}
