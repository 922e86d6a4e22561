import type { PlainAst } from '../1-parse/ast.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { isStruct } from './columns.ts';
import { unknownColumn } from './constraints.ts';
import type { Column, Context, Table } from './context.ts';
import { count } from './domains.ts';
import { combinations, isFaulty } from './known.ts';
import { suggestion } from './names.ts';
import { columnAt } from './nulls.ts';
import type { PartitionBy } from './typed-spec.ts';

/** Above this, a layout is warned of. */
const MANY_FILES = 10_000;
/** About what one file holds: the rows of a shard. */
const FILE_ROWS = 1_000_000;

/** `partition_by:`: its columns exist, are stored, hold what a path can name, and make no flood of small files. */
export function checkPartitions(context: Context, partitions: PlainAst | null): void {
  if (partitions?.kind !== 'plain-map') return;
  for (const { key, value } of partitions.entries) {
    const table = context.tables.get(key.text);
    if (!table) {
      const help = suggestion(key, context.tables.keys());
      context.report(diagnose('TVD2005', { name: key.text }, { span: key.span }, { help }));
      continue;
    }
    const names = value.kind === 'plain-list' ? value.items : [value];
    const columns = names.flatMap((name) => partitionColumn(context, table, name) ?? []);
    if (columns.length < names.length || columns.length === 0) continue;
    const by = combinationsOf(columns);
    context.partitions.set(table.name, by);
    warnOfFiles(context, table, by.at(-1)?.combinations ?? 1, value);
  }
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
  if (isHidden(column)) {
    context.report(diagnose('TVD2323', { column: text }, { span: name.span }));
    return null;
  }
  return column;
}

const isHidden = (column: Column | null): boolean =>
  column !== null && ((column.ast.attributes.hidden?.value ?? false) || isHidden(column.parent));

/** Of the first columns together, at most so many combinations of values: a draw that two of them read counts once. */
function combinationsOf(columns: readonly Column[]): readonly PartitionBy[] {
  const roots = new Map<string, number>();
  let product = 1;
  return columns.map(({ path, known }) => {
    if (!known) throw new Error(`${path} has no type`);
    const fresh = new Map([...known.roots].filter(([root]) => !roots.has(root)));
    product *= Math.min(count(known.domain), combinations({ ...known, roots: fresh }));
    for (const [root, values] of fresh) roots.set(root, values);
    return { path, combinations: product };
  });
}

function warnOfFiles(context: Context, table: Table, product: number, value: PlainAst): void {
  const files = Math.min(product, table.rows) + Math.floor(table.rows / FILE_ROWS);
  if (files <= MANY_FILES || table.ast.rows?.stated !== undefined) return;
  const grouped = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',');
  const unbounded =
    product > table.rows ? ['the columns have more combinations than the table has rows'] : [];
  context.report(
    diagnose(
      'TVD2308',
      { table: table.name, files: grouped(files) },
      { span: value.span, text: `about ${grouped(table.rows / files)} rows a file` },
      { notes: unbounded, help: [{ text: 'partition by fewer or coarser columns' }] },
    ),
  );
}
