import type { TableAst } from '../1-parse/ast.ts';
import type { Span } from '../1-parse/source.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { checkSentinel } from './attributes.ts';
import { columnKnown, columnTree, isStruct, leavesOf, missingChecked } from './columns.ts';
import { checkConstraints, unknownColumn } from './constraints.ts';
import { type Column, type Context, scopeOf, type Table } from './context.ts';
import { check } from './expression.ts';
import { isFaulty } from './known.ts';
import { RESERVED, suggestion } from './names.ts';
import { columnAt } from './nulls.ts';
import { readingOrder } from './reading-order.ts';
import { checkCorrelations } from './sections.ts';
import { checkUnique, isOneToOne } from './uniqueness.ts';

const MOST_ROWS = 2 ** 48;

export function loadTables(context: Context): void {
  for (const ast of context.ast.tables) {
    if (context.tables.has(ast.name.text)) continue;
    const table: { -readonly [K in keyof Table]: Table[K] } = {
      name: ast.name.text,
      ast,
      rows: ast.rows?.value ?? MOST_ROWS,
      columns: new Map(),
      order: [],
    };
    table.columns = columnTree(table, ast.columns, null);
    context.tables.set(table.name, table);
    shadowing(context, table, table.columns.values(), new Map());
  }
}

/** A name means one thing wherever it is seen: columns hide neither columns around them nor constants. */
function shadowing(
  context: Context,
  table: Table,
  columns: Iterable<Column>,
  around: ReadonlyMap<string, Span>,
): void {
  const all = [...columns];
  const seen = new Map(around);
  for (const column of all) {
    const { name } = column.ast;
    const hidden =
      around.get(name.text) ??
      context.lets.get(name.text)?.ast.name.span ??
      context.data.get(name.text)?.span;
    const what = around.has(name.text)
      ? 'a column'
      : context.lets.has(name.text)
        ? 'a constant of `let:`'
        : 'data';
    if (hidden) {
      context.hiding.add(column);
      context.report(
        diagnose(
          'TVD2007',
          { name: name.text, what },
          { span: name.span },
          { secondary: [{ span: hidden, text: 'the other one' }] },
        ),
      );
    } else if (RESERVED.includes(name.text)) {
      context.report(diagnose('TVD2008', { name: name.text }, { span: name.span }));
    }
    seen.set(name.text, name.span);
  }
  for (const column of all) if (isStruct(column)) shadowing(context, table, column.fields.values(), seen);
}

export function checkTable(context: Context, table: Table): void {
  checkShape(context, table);
  for (const leaf of readingOrder(table)) columnKnown(context, leaf, leaf.ast.name.span);
  const leaves = [...leavesOf(table.columns.values())];
  for (const column of everyColumn(table.columns.values())) {
    missingChecked(context, column, column.ast.name.span);
    checkSentinel(context, column);
    if (!isStruct(column)) checkUnique(context, column);
    else if (column.ast.attributes.missing) {
      context.report(
        diagnose('TVD2908', { what: '`missing` of a struct' }, { span: column.ast.attributes.missing.span }),
      );
    }
  }
  checkStreams(context, leaves);
  checkKey(context, table);
  checkConstraints(context, table);
  checkCorrelations(context, table);
}

/** Two columns of one stream would draw the same random words. A column's stream is its path, or `stream:`. */
function checkStreams(context: Context, leaves: readonly Column[]): void {
  const owners = new Map<string, Span>();
  for (const { path, ast } of leaves) if (!ast.attributes.stream) owners.set(path, ast.name.span);
  for (const { ast } of leaves) {
    const { stream } = ast.attributes;
    if (!stream) continue;
    const other = owners.get(stream.text);
    if (other) {
      const secondary = [{ span: other, text: 'draws from it as well' }];
      context.report(diagnose('TVD2319', { stream: stream.text }, { span: stream.span }, { secondary }));
    }
    owners.set(stream.text, stream.span);
  }
}

function* everyColumn(columns: Iterable<Column>): Generator<Column> {
  for (const column of columns) {
    yield column;
    yield* everyColumn(column.fields.values());
  }
}

function checkShape(context: Context, table: Table): void {
  const { ast } = table;
  if (ast.block) checkBlock(context, table, ast.block);
  if (ast.columns.length > 0 && ast.columns.every((column) => column.attributes.hidden?.value)) {
    context.report(diagnose('TVD2318', { table: table.name }, { span: ast.name.span }));
  }
}

function checkBlock(context: Context, table: Table, block: NonNullable<TableAst['block']>): void {
  if (!context.tables.has(block.parent.text)) {
    context.report(
      diagnose(
        'TVD2005',
        { name: block.parent.text },
        { span: block.parent.span },
        { help: suggestion(block.parent, context.tables.keys()) },
      ),
    );
    return;
  }
  for (const expr of [block.count, block.weight]) if (expr) check(context, scopeOf('block', table), expr);
  context.report(diagnose('TVD2905', {}, { span: block.span }));
}

/** The key exists and cannot repeat. */
function checkKey(context: Context, table: Table): void {
  const { key } = table.ast;
  if (!key) return;
  const column = columnAt(table.columns, key.text);
  if (!column) {
    unknownColumn(context, table, key);
    return;
  }
  if (column.ast.attributes.missing) {
    context.report(
      diagnose(
        'TVD2309',
        { column: key.text },
        { span: column.ast.attributes.missing.span },
        { secondary: [{ span: key.span, text: 'the key' }] },
      ),
    );
  }
  const { body, attributes } = column.ast;
  if (body.kind !== 'value' || !column.known || isFaulty(column.known) || table.ast.block) return;
  if (attributes.unique?.value || isOneToOne(context, column)) return;
  context.report(
    diagnose(
      'TVD2304',
      { column: key.text },
      { span: body.expr.span, text: 'two rows may have the same value' },
      {
        secondary: [{ span: key.span, text: 'the key' }],
        help: [{ text: 'build it from `row`, `uuid(row)` or `~permutation()`, or make it `unique: true`' }],
      },
    ),
  );
}
