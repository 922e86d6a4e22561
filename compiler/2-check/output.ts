import type { PlainAst } from '../1-parse/ast.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { CODECS, FORMATS } from '../output-formats.ts';
import { isStruct } from './columns.ts';
import { unknownColumn } from './constraints.ts';
import type { Column, Context, Table } from './context.ts';
import { count } from './domains.ts';
import { combinations, isFaulty } from './known.ts';
import { suggestion } from './names.ts';
import { columnAt } from './nulls.ts';
import { entry } from './sections.ts';

/** Above this, a layout is warned of. */
const MANY_FILES = 10_000;
/** About what one file holds: the rows of a shard. */
const FILE_ROWS = 1_000_000;

/** `output:`: one format, known keys and values; partition columns exist, hold what a path can name, and make no flood of small files. */
export function checkOutput(context: Context): void {
  const { output } = context.ast;
  if (output) checkFormats(context, output);
  const parquet = entry(output, 'parquet');
  const compression = entry(parquet, 'compression');
  if (compression && !isOneOf(CODECS, compression)) {
    mistaken(context, compression, 'compression', `one of ${CODECS.join(', ')}`);
  }
  const partitions = entry(parquet, 'partition_by');
  if (partitions?.kind !== 'plain-map') return;
  for (const { key, value } of partitions.entries) {
    const table = context.tables.get(key.text);
    if (!table) {
      context.report(
        diagnose(
          'TVD2005',
          { name: key.text },
          { span: key.span },
          { help: suggestion(key, context.tables.keys()) },
        ),
      );
      continue;
    }
    const names = value.kind === 'plain-list' ? value.items : [value];
    const columns = names.flatMap((name) => partitionColumn(context, table, name) ?? []);
    if (columns.length === names.length && columns.length > 0) checkFiles(context, table, columns, value);
  }
}

/** `{ parquet: { path: ./out } }`, `{ csv: { path: ./out } }`, or `{ format: csv }` alone. */
function checkFormats(context: Context, output: PlainAst): void {
  checkKeys(context, output, '`output`', ['format', ...FORMATS]);
  const entries = output.kind === 'plain-map' ? output.entries : [];
  const formats = entries.filter(({ key }) => key.text === 'format' || isFormat(key.text));
  for (const { key } of formats.slice(1)) {
    context.report(
      diagnose('TVD2322', { first: formats[0]!.key.text, second: key.text }, { span: key.span }),
    );
  }
  for (const { key, value } of formats) {
    if (key.text === 'format') {
      if (!isOneOf(FORMATS, value)) mistaken(context, value, 'format', `one of ${FORMATS.join(', ')}`);
      continue;
    }
    const keys = key.text === 'parquet' ? ['path', 'compression', 'partition_by'] : ['path'];
    checkKeys(context, value, `\`${key.text}\``, keys);
    const path = entry(value, 'path');
    if (path && !isText(path)) mistaken(context, path, 'path', 'a text');
  }
}

const isFormat = (text: string): boolean => FORMATS.some((format) => format === text);
const isOneOf = (known: readonly string[], value: PlainAst): boolean =>
  isText(value) && known.includes(value.value);

const isText = (
  value: PlainAst,
): value is Extract<PlainAst, { kind: 'plain-scalar' }> & { readonly value: string } =>
  value.kind === 'plain-scalar' && typeof value.value === 'string';

const UNCOMPRESSED = [
  { text: 'only Parquet compresses here: leave it out, and compress the files once made' },
];

function checkKeys(context: Context, map: PlainAst, where: string, known: readonly string[]): void {
  if (map.kind !== 'plain-map') {
    mistaken(context, map, where.replaceAll('`', ''), 'a mapping');
    return;
  }
  for (const { key } of map.entries) {
    if (known.includes(key.text)) continue;
    context.report(
      diagnose(
        'TVD1101',
        { where, key: key.text },
        { span: key.span },
        { help: key.text === 'compression' ? UNCOMPRESSED : suggestion(key, known) },
      ),
    );
  }
}

function mistaken(context: Context, value: PlainAst, key: string, expected: string): void {
  const found =
    value.kind === 'plain-map' ? 'a mapping' : value.kind === 'plain-list' ? 'a list' : `\`${value.value}\``;
  context.report(diagnose('TVD1104', { key, expected, found }, { span: value.span }));
}

const PARTITION_TYPES = new Set(['enum', 'text', 'int', 'bool', 'date']);

function partitionColumn(context: Context, table: Table, name: PlainAst): Column | null {
  if (name.kind !== 'plain-scalar') return null;
  const text = String(name.value);
  const column = columnAt(table.columns, text);
  if (!column) {
    unknownColumn(context, table, { id: name.id, span: name.span, text });
    return null;
  }
  if (!column.known || isFaulty(column.known)) return null;
  if (isStruct(column) || !PARTITION_TYPES.has(column.known.type.kind)) {
    context.report(diagnose('TVD2307', { column: text, type: column.known.type.kind }, { span: name.span }));
    return null;
  }
  return column;
}

function checkFiles(context: Context, table: Table, columns: readonly Column[], value: PlainAst): void {
  const roots = new Map<string, number>();
  let product = 1;
  for (const column of columns) {
    if (!column.known) return;
    const fresh = new Map([...column.known.roots].filter(([root]) => !roots.has(root)));
    product *= Math.min(count(column.known.domain), combinations({ ...column.known, roots: fresh }));
    for (const [root, values] of fresh) roots.set(root, values);
  }
  const files = Math.min(product, table.rows) + Math.floor(table.rows / FILE_ROWS);
  if (files <= MANY_FILES) return;
  const grouped = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',');
  const unbounded =
    product > table.rows ? ['the columns have more combinations than the table has rows'] : [];
  context.report(
    diagnose(
      'TVD2308',
      { table: table.name, files: grouped(files) },
      { span: value.span, text: `about ${grouped(table.rows / files)} rows a file` },
      {
        notes: unbounded,
        help: [{ text: 'partition by fewer or coarser columns' }],
      },
    ),
  );
}
