import type { Type } from '../../stdlib/types.ts';
import type { ExprAst, Name } from '../1-parse/ast.ts';
import type { Span } from '../1-parse/source.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Help } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { columnKnown, isStruct } from './columns.ts';
import type { Column, Context, Scope } from './context.ts';
import { domainOfValues, intersect, interval, isEmpty, withNull } from './domains.ts';
import { mean } from './facts.ts';
import { bounded, constant, FAULTY, type Known } from './known.ts';
import { letKnown } from './lets.ts';

type NameAst = Extract<ExprAst, { kind: 'name' }>;

/** `row` and `rows` are the language's own; `index` is, inside blocks. */
export const RESERVED = ['row', 'rows'];

/** Looks a name up, from the inside out: struct, table, language, constants, data. */
export function checkName(context: Context, scope: Scope, expr: NameAst): Known {
  const { name } = expr;
  if (scope.data !== null) {
    const known = dataColumn(context, expr, scope.data, name);
    if (known) return known;
  }
  const column = findColumn(scope, name);
  if (column && context.hiding.has(column)) return FAULTY;
  if (column) return readColumn(context, scope, expr, column);
  return (
    languageName(context, scope, expr) ??
    constantName(context, expr) ??
    tableName(context, scope, expr) ??
    unknownName(context, scope, expr)
  );
}

/** The column that a name means: a sibling in the struct, in the structs around it, or a column of the table. */
export function findColumn(scope: Scope, name: string): Column | null {
  for (let struct = scope.struct; struct; struct = struct.parent) {
    const field = struct.fields.get(name);
    if (field) return field;
  }
  return scope.table?.columns.get(name) ?? null;
}

function readColumn(context: Context, scope: Scope, expr: NameAst, column: Column): Known {
  mean(context, expr, { kind: 'column', path: column.path });
  context.keys.set(expr.id, column.path);
  return narrowed(context, scope, expr, columnKnown(context, column, expr.span));
}

/** What guards say of the place on top of what its law says. */
export function narrowed(context: Context, scope: Scope, expr: ExprAst, known: Known): Known {
  const key = context.keys.get(expr.id);
  const guard = key === undefined ? undefined : scope.narrowed.get(key);
  if (!guard) return known;
  const domain = intersect(known.domain, guard);
  // Where nothing is left the branch is never taken: what stands there is checked as if it were.
  if (isEmpty(domain) && !domain.nullable) return known;
  const likely = intersect(known.likely, guard);
  return { ...known, domain, likely: isEmpty(likely) ? domain : likely };
}

function languageName(context: Context, scope: Scope, expr: NameAst): Known | null {
  const { table } = scope;
  if (!table) return null;
  const block = table.ast.block;
  if (expr.name === 'row') {
    mean(context, expr, { kind: 'row' });
    context.keys.set(expr.id, 'row');
    return narrowed(context, scope, expr, {
      ...bounded(INT, interval(0, table.rows - 1, { integer: true })),
      roots: new Map([['row', table.rows]]),
    });
  }
  if (expr.name === 'rows') {
    mean(context, expr, { kind: 'rows' });
    return constant(INT, BigInt(table.rows));
  }
  if (block && expr.name === 'index') {
    mean(context, expr, { kind: 'row' });
    return bounded(INT, interval(0, 2 ** 48, { integer: true }));
  }
  if (block && expr.name === block.alias.text) {
    if (!context.tables.has(block.parent.text)) return FAULTY;
    mean(context, expr, { kind: 'table', name: block.parent.text });
    const type: Type = { kind: 'ref', table: block.parent.text };
    return bounded(type, interval(0, Infinity, { integer: true }));
  }
  return null;
}

const INT: Type = { kind: 'int', bits: 64, signed: true };

function constantName(context: Context, expr: NameAst): Known | null {
  const entry = context.lets.get(expr.name);
  if (entry) {
    const known = letKnown(context, entry, expr.span);
    const { value } = entry.ast;
    if (known.value !== undefined || value.kind.startsWith('plain-'))
      mean(context, expr, { kind: 'constant' });
    else mean(context, expr, { kind: 'let', expr: value.id });
    return known;
  }
  const data = context.data.get(expr.name);
  if (!data) return null;
  if (!data.value) return FAULTY;
  if (data.value.kind === 'document') {
    mean(context, expr, { kind: 'constant' });
    return constant(data.value.type, data.value.value);
  }
  mean(context, expr, { kind: 'data', name: expr.name });
  const { table } = data.value;
  const row: Type = { kind: 'row', data: expr.name };
  return bounded(
    { kind: 'list', of: row },
    { kind: 'any', nullable: false },
    new Map([[`data ${table.name}`, table.rows]]),
  );
}

/** In `quality:` a table stands for its rows. */
function tableName(context: Context, scope: Scope, expr: NameAst): Known | null {
  if (scope.place !== 'quality' || !context.tables.has(expr.name)) return null;
  mean(context, expr, { kind: 'table', name: expr.name });
  context.keys.set(expr.id, expr.name);
  return bounded({ kind: 'ref', table: expr.name }, interval(0, Infinity, { integer: true }));
}

/** A column of a data table, by name: `weight` in `~pick(genres, weight=weight)`, or `genres.weight`. */
export function dataColumn(context: Context, expr: ExprAst, data: string, name: string): Known | null {
  const value = context.data.get(data)?.value;
  const column = value?.kind === 'table' ? value.table.columns.find((c) => c.name === name) : undefined;
  if (!column) return null;
  mean(context, expr, { kind: 'data-column', data, column: name });
  return constant(
    { kind: 'list', of: column.type },
    column.values,
    withNull(domainOfValues(column.values), false),
  );
}

/** Every name that is in scope, nearest first. */
function namesInScope(context: Context, scope: Scope): readonly string[] {
  const names: string[] = [];
  const data = scope.data === null ? null : context.data.get(scope.data)?.value;
  if (data?.kind === 'table') names.push(...data.table.columns.map((column) => column.name));
  for (let struct = scope.struct; struct; struct = struct.parent) names.push(...struct.fields.keys());
  if (scope.table) names.push(...scope.table.columns.keys(), ...RESERVED);
  names.push(...context.lets.keys(), ...context.data.keys());
  if (scope.place === 'quality') names.push(...context.tables.keys());
  return names;
}

function unknownName(context: Context, scope: Scope, expr: NameAst): Known {
  const help: Help[] = [];
  const near = closest(expr.name, namesInScope(context, scope));
  if (near !== null && !expr.quoted) help.push(didYouMean(near, expr.span));
  const notes: string[] = [];
  const nested = scope.table ? nestedPath(scope.table.columns.values(), expr.name) : null;
  if (nested !== null)
    help.push({
      text: `\`${expr.name}\` is a field of a struct: write \`${nested}\``,
      edit: { span: expr.span, text: nested },
    });
  for (const namespace of otherNamespaces(context, scope, expr.name)) notes.push(namespace);
  const whole = scope.place === 'column' && scope.depth === 1;
  if (expr.quoted || (whole && near === null && nested === null && notes.length === 0)) {
    help.push({ text: `if the text is meant, write \`text: ${expr.name}\` or \`"'${expr.name}'"\`` });
  }
  context.report(
    diagnose('TVD2001', { name: expr.name }, { span: expr.span, text: 'no such name here' }, { help, notes }),
  );
  return FAULTY;
}

function* otherNamespaces(context: Context, scope: Scope, name: string): Generator<string> {
  if (context.laws.has(name)) yield `\`${name}\` is a law: it is drawn with \`~${name}(…)\``;
  if (context.functions.has(name)) yield `\`${name}\` is a function: it is called with \`${name}(…)\``;
  if (context.models.has(name)) yield `\`${name}\` is a model: it is used in \`embed(${name}, …)\``;
  if (scope.place !== 'quality' && context.tables.has(name)) {
    yield `\`${name}\` is a table: its rows are reached through a column drawn with \`~ref(${name})\``;
  }
  for (const table of context.tables.values()) {
    if (table !== scope.table && table.columns.has(name))
      yield `table \`${table.name}\` has a column \`${name}\``;
  }
}

function nestedPath(columns: Iterable<Column>, name: string): string | null {
  for (const column of columns) {
    if (!isStruct(column)) continue;
    const field = column.fields.get(name);
    if (field) return field.path;
    const deeper = nestedPath(column.fields.values(), name);
    if (deeper !== null) return deeper;
  }
  return null;
}

export const didYouMean = (name: string, span: Span): Help => ({
  text: `did you mean \`${name}\`?`,
  edit: { span, text: name },
});

/** The name that was probably meant. Of one or two letters, only case tells. */
export function closest(name: string, candidates: Iterable<string>): string | null {
  if (name.length > 2) return nearest(name, candidates);
  return [...candidates].find((candidate) => candidate.toLowerCase() === name.toLowerCase()) ?? null;
}

/** Help for a name that is not among the known ones. */
export const suggestion = (name: Name, candidates: Iterable<string>): readonly Help[] => {
  const near = closest(name.text, candidates);
  return near === null ? [] : [didYouMean(near, name.span)];
};
