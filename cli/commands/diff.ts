import type { Source } from '../../compiler/1-parse/source.ts';
import type { Change, ColumnDifference, Compared, TableDifference } from '../../compiler/diff/diff.ts';
import { isOn, type Word } from '../arguments.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit.ts';
import { Failure, usage } from '../failure.ts';
import type { Channel } from '../output.ts';
import { hostOf, readSpec } from '../spec-file.ts';
import { formatCount, plural } from '../terminal/quantity.ts';
import { padEnd, wrap } from '../terminal/width.ts';
import { VERSION } from '../version.ts';

export const diff: Command = {
  name: 'diff',
  summary: 'which tables and columns change between two specs, and why',
  operands: 'SPEC_A SPEC_B',
  description:
    'Compares what the specs make, not how they are written: a column is the same where every row that both have gets the same value. ' +
    'Comments, the order of columns and names of rules do not matter; a reason is given for every change.',
  options: { json: { summary: 'the same as one JSON object' } },
  examples: [
    { line: 'tvdd diff old.yaml new.yaml', does: 'what would have to be made again' },
    { line: 'git show HEAD:shop.yaml | tvdd diff - shop.yaml', does: 'against the last commit' },
  ],
  execute: async (args, { out }) => {
    const [a, b, extra] = args.positionals;
    const end = args.line.source.text.length;
    if (!a || !b) throw usage(args.line, end, 'TVD7006', { command: 'diff', what: 'two specs' });
    if (extra) throw usage(args.line, extra.at, 'TVD7007', { command: 'diff' });
    const [before, after] = [await load(a), await load(b)];
    const { diff: compare } = await import('../../compiler/diff/diff.ts');
    const difference = compare(before, after);
    out.write(
      isOn(args, 'json')
        ? `${JSON.stringify(difference, null, 2)}\n`
        : difference.tables.map((table) => tableText(table, out)).join('\n'),
    );
    return EXIT.good;
  },
};

async function load(path: Word): Promise<Compared> {
  const source: Source = readSpec(path.text);
  const { comparable } = await import('../../compiler/diff/compare.ts');
  const { value, diagnostics } = comparable(source, { host: hostOf(path.text), version: VERSION });
  if (!value) throw new Failure(diagnostics, [source], EXIT.spec);
  return value;
}

function tableText(table: TableDifference, out: Channel): string {
  const { style } = out;
  const changes = table.columns.filter((column) => column.change !== 'same');
  const head = `${style.bold(table.table)}  ${rowsText(table)}${filesText(table)}`;
  if (table.change === 'same') return `${head}\n  ${style.dim('no column changes')}\n`;
  if (table.change !== 'changed') return `${head}\n  ${MARKS[table.change]} the whole table\n`;
  const margin = Math.max(...changes.map(({ column }) => column.length)) + 6;
  const rest = table.columns.length - changes.length;
  return [
    head,
    ...changes.map((column) => columnText(column, margin, out)),
    ...(rest > 0 ? [`  ${style.dim(`${plural(rest, 'column')} the same`)}`] : []),
    '',
  ].join('\n');
}

const MARKS: Readonly<Record<Change, string>> = { same: ' ', added: '+', removed: '-', changed: '~' };

function columnText(
  { column, change, hidden, why }: ColumnDifference,
  margin: number,
  { style, width }: Channel,
): string {
  const colour = change === 'added' ? style.green : change === 'removed' ? style.red : style.yellow;
  const told = [...why, ...(hidden ? ['hidden'] : [])].join('; ');
  const lines = wrap(told, Math.max(30, Math.min(width, 110) - margin));
  const name = padEnd(`  ${MARKS[change]} ${column}`, margin);
  return [colour(name) + (lines[0] ?? ''), ...lines.slice(1).map((line) => ' '.repeat(margin) + line)]
    .map((line) => line.trimEnd())
    .join('\n');
}

function rowsText({ rows: [before, after] }: TableDifference): string {
  if (before === null || after === null || before === after) return plural(before ?? after ?? 0, 'row');
  const kept = formatCount(Math.min(before, after));
  return `${formatCount(before)} → ${formatCount(after)} rows, the first ${kept} compared`;
}

const filesText = ({ files, change }: TableDifference): string =>
  files && change !== 'added' && change !== 'removed' ? ', cut into other files' : '';
