import type { PhysicalTable } from '../../compiler/5-lower/physical-plan.ts';
import { type Arguments, isOn, optionOf, wholeNumber } from '../arguments.ts';
import type { Command } from '../command.ts';
import { compileSpec, PLANNING, tableIn } from '../compilation.ts';
import { EXIT } from '../exit.ts';
import { usage } from '../failure.ts';
import type { Channel } from '../output.ts';
import { firstRows, readRows, type StoredRow } from '../rows.ts';
import { runFailure } from '../run-fault.ts';
import { formatCount } from '../terminal/quantity.ts';
import { renderRows } from '../terminal/rows.ts';
import { rowToJson } from '../values/json.ts';

export const sample: Command = {
  name: 'sample',
  summary: 'show rows at once: the first ones, or any by number',
  operands: 'SPEC [TABLE]',
  description:
    'Computes just the rows that are shown, whatever the size of the table: row 987654321 of a thousand million takes as long as ' +
    'row 0, and equals that row of a full run. Without TABLE: a few rows of each.\n' +
    '--json writes one object a row, a line each, and nothing else: columns by their stored names, integers and decimals with all ' +
    'their digits, dates and instants as ISO 8601 (UTC, microseconds), durations in microseconds, uuids as text, lists and structs nested.',
  options: {
    n: {
      short: 'n',
      value: 'N',
      summary: 'how many rows from the first (default 10; 5 where all tables are shown)',
    },
    row: { value: 'N', summary: 'this row, counted from 0; may be repeated' },
    json: { summary: 'one JSON object a row, on standard output' },
    ...PLANNING,
  },
  examples: [
    { line: 'tvdd sample config/media_dataset.yaml', does: 'a few rows of each table' },
    { line: 'tvdd sample config/media_dataset.yaml interactions --row 987_654_321', does: 'one row, whole' },
    { line: 'tvdd sample config/media_dataset.yaml media -n 1000 --json | jq .title', does: 'for programs' },
  ],
  execute: async (args, output) => {
    const [spec, name, extra] = args.positionals;
    if (!spec)
      throw usage(args.line, args.line.source.text.length, 'TVD7006', { command: 'sample', what: 'a spec' });
    if (extra) throw usage(args.line, extra.at, 'TVD7007', { command: 'sample' });
    const asJson = isOn(args, 'json');
    const { probe } = await import('../../runtime/probe/probe.ts');
    const { plan, blobs, sources } = await compileSpec(args, spec, output, { probe });
    const tables = name ? [tableIn(args, plan, name)] : plan.tables;
    refuseSeveral(args, tables, asJson);
    const count = countOf(args, tables.length);
    const { createEngine } = await import('../../runtime/engine/engine.ts');
    const batchRows = Math.min(8192, Math.max(64, count));
    const engine = createEngine(plan, blobs, { batchRows });
    try {
      for (const [i, table] of tables.entries()) {
        const wanted = rowsOf(args, table) ?? firstRows(table, count);
        const rows = readRows(engine, plan, blobs, table, wanted, batchRows);
        if (asJson) await writeJson(table, rows, output.out);
        else output.out.write(`${i > 0 ? '\n' : ''}${renderRows(table, [...rows], output.out)}`);
      }
    } catch (error) {
      throw runFailure(error, sources);
    }
    return EXIT.good;
  },
};

/** Lines written at once. */
const LINES = 1024;

async function writeJson(table: PhysicalTable, rows: Iterable<StoredRow>, out: Channel): Promise<void> {
  let lines: string[] = [];
  for (const { cells } of rows) {
    lines.push(`${rowToJson(table.columns, cells)}\n`);
    if (lines.length < LINES) continue;
    out.write(lines.join(''));
    lines = [];
    // A reader that has left is noticed only when we pause.
    await new Promise(setImmediate);
  }
  out.write(lines.join(''));
}

function countOf(args: Arguments, tables: number): number {
  const word = optionOf(args, 'n');
  return word ? wholeNumber(args, 'n', word, 1) : tables > 1 ? 5 : 10;
}

/** The rows asked for by number, or null. */
function rowsOf(args: Arguments, table: PhysicalTable): readonly number[] | null {
  const words = args.all('row');
  if (words.length === 0) return null;
  return words.map((word) => {
    const row = wholeNumber(args, 'row', word, 0);
    if (row < table.rows) return row;
    const label = `its last row is ${formatCount(table.rows - 1)}`;
    throw usage(args.line, word.at, 'TVD7012', { table: table.name, row: formatCount(row) }, { label });
  });
}

/** Objects of several tables, or one row number for all of them, would say nothing. */
function refuseSeveral(args: Arguments, tables: readonly PhysicalTable[], asJson: boolean): void {
  const word = args.all('row')[0];
  if (tables.length === 1 || (!asJson && !word)) return;
  const names = tables.map((table) => table.name).join(', ');
  throw usage(
    args.line,
    args.line.source.text.length,
    'TVD7006',
    { command: `sample ${asJson ? '--json' : '--row'}`, what: 'a table' },
    {
      help: `name one of ${names}`,
    },
  );
}
