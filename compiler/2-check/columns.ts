import { ERROR, type Type } from '../../stdlib/types.ts';
import type { ColumnAst } from '../1-parse/ast.ts';
import type { Span } from '../1-parse/source.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { checkAttributes, checkMissing } from './attributes.ts';
import { type Active, type Column, type Context, scopeOf, type Table } from './context.ts';
import { domainOfType } from './domains.ts';
import { check } from './expression.ts';
import { note } from './facts.ts';
import { bounded, FAULTY, type Known } from './known.ts';

/** The columns of a mapping as a tree; the leaf columns are what is checked, stored and depended upon. */
export function columnTree(
  table: Table,
  asts: readonly ColumnAst[],
  parent: Column | null,
): ReadonlyMap<string, Column> {
  const columns = new Map<string, Column>();
  for (const ast of asts) {
    if (columns.has(ast.name.text)) continue;
    const fields = new Map<string, Column>();
    const column: Column = {
      path: parent ? `${parent.path}.${ast.name.text}` : ast.name.text,
      table,
      ast,
      fields,
      parent,
      known: null,
      missing: 'unchecked',
    };
    if (ast.body.kind === 'struct') {
      for (const [name, field] of columnTree(table, ast.body.fields, column)) fields.set(name, field);
    }
    columns.set(ast.name.text, column);
  }
  return columns;
}

export const isStruct = (column: Column): boolean => column.ast.body.kind === 'struct';

export function* leavesOf(columns: Iterable<Column>): Generator<Column> {
  for (const column of columns) {
    if (isStruct(column)) yield* leavesOf(column.fields.values());
    else yield column;
  }
}

const label = (context: Context, column: Column) =>
  context.tables.size > 1 ? `${column.table.name}.${column.path}` : column.path;
const keyOf = (column: Column) => `${column.table.name}/${column.path}`;

/**
 * What is known of a leaf column's complete values. The first call checks it, and all that it reads; `at` is where it is
 * read. A column that reads itself, however far around, is reported once with the whole way.
 */
export function columnKnown(context: Context, column: Column, at: Span): Known {
  if (column.known) return column.known;
  const { body } = column.ast;
  if (body.kind === 'struct') return structKnown(context, column, at);
  const known = guarded(
    context,
    { key: keyOf(column), label: label(context, column), span: column.ast.name.span, at },
    () => {
      const value = check(context, scopeOf('column', column.table, column.parent), body.expr);
      return checkAttributes(context, column, value);
    },
  );
  if (known === null) return FAULTY;
  column.known = known;
  column.table.order.push(column);
  note(context, column.ast, known);
  return known;
}

function structKnown(context: Context, column: Column, at: Span): Known {
  const fields = [...column.fields.values()].map((field) => ({
    name: field.ast.name.text,
    type: columnKnown(context, field, at).type,
  }));
  const type: Type = fields.some((field) => field.type.kind === 'error') ? ERROR : { kind: 'struct', fields };
  const known = bounded(type, domainOfType(type));
  column.known = known;
  note(context, column.ast, known);
  return known;
}

/** The condition of `missing:` is checked after the values: a hole may depend on any complete value, its own included. */
export function missingChecked(context: Context, column: Column, at: Span): void {
  if (column.missing === 'checked' || column.ast.attributes.missing === null) return;
  const active = {
    key: `${keyOf(column)}?`,
    label: `missing of ${label(context, column)}`,
    span: column.ast.attributes.missing.span,
    at,
  };
  guarded(context, active, () => checkMissing(context, column));
  column.missing = 'checked';
}

/** Runs `work` unless it is under way already: then there is a cycle, and null. */
export function guarded<T>(context: Context, item: Active, work: () => T): T | null {
  const from = context.active.findIndex((active) => active.key === item.key);
  if (from >= 0) {
    reportCycle(context, [...context.active.slice(from), item]);
    return null;
  }
  context.active.push(item);
  try {
    return work();
  } finally {
    context.active.pop();
  }
}

/** `way` ends with what it begins with. Told from the column that stands first in the spec. */
function reportCycle(context: Context, way: readonly Active[]): void {
  const edges = way.slice(1).map((to, i) => ({ from: way[i]!, to, at: to.at }));
  if (edges.every(({ from }) => context.circular.has(from.key))) return;
  for (const { from } of edges) context.circular.add(from.key);
  const first = edges.reduce(
    (least, edge, i) => (edge.from.span.start < edges[least]!.from.span.start ? i : least),
    0,
  );
  const cycle = [...edges.slice(first), ...edges.slice(0, first)];
  const labels = [...cycle.map(({ from }) => from.label), cycle[0]!.from.label];
  const path = labels.length > 12 ? [...labels.slice(0, 6), '…', ...labels.slice(-5)] : labels;
  const places = cycle.map(({ from, to, at }) => ({
    span: at,
    text: from.key === to.key ? `${from.label} reads itself here` : `${from.label} reads ${to.label} here`,
  }));
  context.report(
    diagnose('TVD2501', { path: path.join(' → ') }, places[0]!, { secondary: places.slice(1, 8) }),
  );
}
