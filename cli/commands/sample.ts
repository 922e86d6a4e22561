import type { PhysicalTable } from '../../compiler/5-lower/physical-plan.ts';
import type { TextTable } from '../../runtime/sinks/text/rows.ts';
import { type Arguments, badValue, isOn, optionOf, wholeNumber } from '../arguments.ts';
import type { Command } from '../command.ts';
import { blaming, compileSpec, PLANNING } from '../compilation.ts';
import { EXIT } from '../exit.ts';
import { usage } from '../failure.ts';
import type { Channel } from '../output.ts';
import { firstRows, readRows, writeRows } from '../rows.ts';
import { runFailure } from '../run-fault.ts';
import { formatCount } from '../terminal/quantity.ts';
import { renderRows } from '../terminal/rows.ts';

const FORMATS = ['csv', 'jsonl', 'sql'] as const;
type Format = (typeof FORMATS)[number];
const NAMES = 'csv, jsonl or sql';

/** Loaded when they are asked for. */
const TEXTS: Readonly<Record<Format, () => Promise<(table: PhysicalTable) => TextTable>>> = {
  csv: async () => (await import('../../runtime/sinks/csv/encode.ts')).csvText,
  jsonl: async () => (await import('../../runtime/sinks/jsonl/encode.ts')).jsonlText,
  sql: async () => (await import('../../runtime/sinks/sql/encode.ts')).sqlText,
};

export const sample: Command = {
  name: 'sample',
  summary: 'show rows at once: the first ones, or any by number',
  operands: 'SPEC [TABLE]',
  description:
    'Computes just the rows that are shown, whatever the size of the table: row 987654321 of a thousand million takes as long as ' +
    'row 0, and equals that row of a full run. Without TABLE: a few rows of each.\n' +
    '--json writes one object a row, a line each, and nothing else: columns by their stored names, integers and decimals with all ' +
    'their digits, dates and instants as ISO 8601 (UTC, microseconds), durations in microseconds, uuids as text, lists and structs nested. ' +
    '--format csv writes what `run --format csv` does; --format sql a CREATE TABLE and an INSERT a row, for PostgreSQL.',
  options: {
    n: {
      short: 'n',
      value: 'N',
      summary: 'how many rows from the first (default 10; 5 where all tables are shown)',
    },
    row: { value: 'N', summary: 'this row, counted from 0; may be repeated' },
    table: { value: 'TABLE', summary: 'this table, as TABLE above; may be repeated' },
    format: { value: 'FORMAT', summary: `for programs: ${NAMES}` },
    json: { summary: 'short for --format jsonl: one JSON object a row' },
    ...PLANNING,
  },
  examples: [
    { line: 'tvdd sample config/media_dataset.yaml', does: 'a few rows of each table' },
    { line: 'tvdd sample config/media_dataset.yaml interactions --row 987_654_321', does: 'one row, whole' },
    { line: 'tvdd sample config/media_dataset.yaml media -n 1000 --json | jq .title', does: 'for programs' },
    {
      line: 'tvdd sample shop.yaml --format sql | psql test',
      does: 'fixtures: every table, with a few rows',
    },
  ],
  execute: async (args, output) => {
    const [spec, name, extra] = args.positionals;
    if (!spec)
      throw usage(args.line, args.line.source.text.length, 'TVD7006', { command: 'sample', what: 'a spec' });
    if (extra) throw usage(args.line, extra.at, 'TVD7007', { command: 'sample' });
    const format = formatOf(args);
    const { probe } = await import('../../runtime/probe/probe.ts');
    const { plan, blobs, sources } = await compileSpec(args, spec, output, { probe });
    const { tableNamed } = await import('../plan-spec.ts');
    const names = [...(name ? [name] : []), ...args.all('table')];
    const tables =
      names.length > 0
        ? [...new Set(names.map((word) => tableNamed(plan, word.text, blaming(args, word))))]
        : plan.tables;
    refuseSeveral(args, tables, format);
    const count = countOf(args, tables.length);
    const { createEngine } = await import('../../runtime/engine/engine.ts');
    const batchRows = Math.min(8192, Math.max(64, count));
    const engine = createEngine(plan, blobs, { batchRows });
    try {
      for (const [i, table] of tables.entries()) {
        const wanted = rowsOf(args, table) ?? firstRows(table, count);
        const between = i > 0 ? '\n' : '';
        if (format) {
          const text = (await TEXTS[format]())(table);
          await writeText(between, writeRows(engine, table, text, wanted, batchRows), output.out);
        } else {
          const rows = readRows(engine, plan, blobs, table, wanted, batchRows);
          output.out.write(`${between}${renderRows(table, [...rows], output.out)}`);
        }
      }
    } catch (error) {
      throw runFailure(error, sources);
    }
    return EXIT.good;
  },
};

async function writeText(before: string, pieces: Iterable<string>, out: Channel): Promise<void> {
  out.write(before);
  for (const piece of pieces) {
    out.write(piece);
    // A reader that has left is noticed only when we pause.
    await new Promise(setImmediate);
  }
}

function formatOf(args: Arguments): Format | null {
  const word = optionOf(args, 'format');
  const json = args.all('json')[0];
  if (!word) return json ? 'jsonl' : null;
  const format = FORMATS.find((one) => one === word.text);
  if (!format) throw badValue(args, 'format', word, `one of ${FORMATS.join(', ')}`);
  if (json && format !== 'jsonl')
    throw usage(args.line, json.at, 'TVD7015', { option: '--json', because: `with --format ${format}` });
  return format;
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

/** Rows of several tables in one text, or one row number for all of them, would say nothing; SQL names its tables. */
function refuseSeveral(args: Arguments, tables: readonly PhysicalTable[], format: Format | null): void {
  const row = isOn(args, 'row');
  const alone = format !== null && format !== 'sql';
  if (tables.length === 1 || (!alone && !row)) return;
  const names = tables.map((table) => table.name).join(', ');
  const option = !alone ? '--row' : isOn(args, 'json') ? '--json' : `--format ${format}`;
  throw usage(
    args.line,
    args.line.source.text.length,
    'TVD7006',
    { command: `sample ${option}`, what: 'a table' },
    { help: `name one of ${names}` },
  );
}
