import type { Domain } from '../../stdlib/domain.ts';
import { showType, type Type } from '../../stdlib/types.ts';
import { isMap, type Value } from '../../stdlib/value.ts';
import type { ExprAst, NodeId } from '../1-parse/ast.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { casesOf } from './branches.ts';
import { columnKnown, isStruct } from './columns.ts';
import { enumOf, typeOfValue } from './constants.ts';
import type { Column, Context, Scope } from './context.ts';
import { domainOfValues, withNull } from './domains.ts';
import { check } from './expression.ts';
import { mean, note } from './facts.ts';
import { bounded, FAULTY, isFaulty, type Known } from './known.ts';
import { dataColumn, findColumn, narrowed, suggestion } from './names.ts';

type FieldAst = Extract<ExprAst, { kind: 'field' }>;

/** A path leads to a struct column (whose fields are not read by naming it) or to a value. */
type Place =
  | { readonly kind: 'struct'; readonly column: Column; readonly via: NodeId | null; readonly key: string }
  | { readonly kind: 'value'; readonly known: Known };

export function checkField(context: Context, scope: Scope, expr: FieldAst): Known {
  const place = resolveField(context, scope, expr);
  return place.kind === 'value' ? place.known : columnKnown(context, place.column, expr.span);
}

function resolve(context: Context, scope: Scope, expr: ExprAst): Place {
  if (expr.kind === 'name') {
    const column = findColumn(scope, expr.name);
    if (column && isStruct(column)) return structPlace(context, expr, column, null, column.path);
  }
  if (expr.kind === 'field') {
    const place = resolveField(context, scope, expr);
    if (place.kind === 'value') note(context, expr, place.known);
    return place;
  }
  return { kind: 'value', known: check(context, scope, expr) };
}

function structPlace(
  context: Context,
  expr: ExprAst,
  column: Column,
  via: NodeId | null,
  key: string,
): Place {
  mean(
    context,
    expr,
    via === null
      ? { kind: 'column', path: column.path }
      : { kind: 'parent', via, table: column.table.name, path: column.path },
  );
  context.structNames.push({ node: expr.id, column });
  return { kind: 'struct', column, via, key };
}

function resolveField(context: Context, scope: Scope, expr: FieldAst): Place {
  const base = resolve(context, scope, expr.of);
  if (base.kind === 'struct')
    return columnOf(
      context,
      scope,
      expr,
      base.column.fields,
      base.via,
      base.key,
      `struct \`${base.column.path}\``,
    );
  const { known } = base;
  const value = (result: Known): Place => ({ kind: 'value', known: result });
  switch (known.type.kind) {
    case 'error':
      return value(FAULTY);
    case 'ref': {
      const table = context.tables.get(known.type.table);
      if (!table) return value(FAULTY);
      const key = context.keys.get(expr.of.id) ?? `#${expr.of.id}`;
      return columnOf(context, scope, expr, table.columns, expr.of.id, key, `table \`${table.name}\``, known);
    }
    case 'row':
      return value(rowField(context, scope, expr, known.type.data, known));
    case 'list':
      if (known.type.of.kind === 'row') return value(columnOfData(context, expr, known.type.of.data));
      return value(noFields(context, expr, known.type));
    case 'map':
    case 'struct':
      return value(constantField(context, expr, known));
    default:
      return value(noFields(context, expr, known.type));
  }
}

/** A column of this table's struct, or of a parent (`via` a reference). */
function columnOf(
  context: Context,
  scope: Scope,
  expr: FieldAst,
  columns: ReadonlyMap<string, Column>,
  via: NodeId | null,
  key: string,
  where: string,
  reference?: Known,
): Place {
  const column = columns.get(expr.field.text);
  if (!column) {
    unknownField(context, expr, where, columns.keys());
    return { kind: 'value', known: FAULTY };
  }
  const path = `${key}.${expr.field.text}`;
  if (isStruct(column)) return structPlace(context, expr, column, via, path);
  mean(
    context,
    expr,
    via === null
      ? { kind: 'column', path: column.path }
      : { kind: 'parent', via, table: column.table.name, path: column.path },
  );
  context.keys.set(expr.id, via === null ? column.path : path);
  const known = columnKnown(context, column, expr.span);
  return {
    kind: 'value',
    known: narrowed(context, scope, expr, via === null ? known : ofParent(known, key, reference)),
  };
}

/** The parent's column as the child sees it: its draws are others than those of another parent. */
function ofParent(known: Known, key: string, reference: Known | undefined): Known {
  const nullable = known.domain.nullable || (reference?.domain.nullable ?? false);
  const roots = new Map([...known.roots].map(([root, count]) => [`${key} → ${root}`, count]));
  return {
    ...known,
    roots,
    domain: withNull(known.domain, nullable),
    likely: withNull(known.likely, nullable),
  };
}

function rowField(context: Context, scope: Scope, expr: FieldAst, data: string, row: Known): Known {
  const value = context.data.get(data)?.value;
  if (value?.kind !== 'table') return FAULTY;
  const column = value.table.columns.find((c) => c.name === expr.field.text);
  if (!column) {
    unknownField(
      context,
      expr,
      `data \`${data}\``,
      value.table.columns.map((c) => c.name),
    );
    return FAULTY;
  }
  mean(context, expr, { kind: 'data-field', of: expr.of.id, data, column: column.name });
  const key = context.keys.get(expr.of.id);
  if (key !== undefined) context.keys.set(expr.id, `${key}.${column.name}`);
  const domain = domainOfValues(column.values);
  const known = bounded(column.type, withNull(domain, domain.nullable || row.domain.nullable), row.roots);
  return narrowed(context, scope, expr, { ...known, cases: distinct(column.values) });
}

function columnOfData(context: Context, expr: FieldAst, data: string): Known {
  const known = dataColumn(context, expr, data, expr.field.text);
  if (known) return known;
  const value = context.data.get(data)?.value;
  unknownField(
    context,
    expr,
    `data \`${data}\``,
    value?.kind === 'table' ? value.table.columns.map((c) => c.name) : [],
  );
  return FAULTY;
}

const distinct = (values: readonly Value[]) => [...new Set(values)];

/** A key of a constant map, by name. */
function constantField(context: Context, expr: FieldAst, known: Known): Known {
  const maps = (casesOf(known) ?? []).filter((value) => value !== null && isMap(value));
  const chosen: Value[] = [];
  for (const map of maps) {
    const item = map.map.get(expr.field.text);
    if (item === undefined) {
      unknownField(context, expr, 'the map', map.map.keys());
      return FAULTY;
    }
    chosen.push(item);
  }
  return chosenOf(context, expr, known, chosen);
}

/** One of several constants, picked by what `by` is known of. `element` is the type of all that there are to pick from. */
export function chosenOf(
  context: Context,
  expr: ExprAst,
  by: Known,
  chosen: readonly Value[],
  nullable = false,
  element: Type | null = null,
): Known {
  const values = distinct(chosen);
  const only = values.length === 1 && by.roots.size === 0 ? values[0] : undefined;
  const type = element && NUMBERS.has(element.kind) ? element : typeOfCases(values, by.roots.size === 0);
  if (!type || isFaulty(by)) {
    if (!isFaulty(by)) context.report(diagnose('TVD2113', { what: 'the map' }, { span: expr.span }));
    return FAULTY;
  }
  if (only !== undefined) mean(context, expr, { kind: 'constant' });
  else mean(context, expr, { kind: 'index' });
  const domain: Domain = domainOfValues(values);
  const known = bounded(type, withNull(domain, domain.nullable || nullable), by.roots);
  const value = type.kind === 'float' && typeof only === 'bigint' ? Number(only) : only;
  return { ...known, value, cases: only === undefined ? values : undefined, attained: by.attained };
}

const NUMBERS: ReadonlySet<Type['kind']> = new Set(['int', 'float', 'bool']);

/** A text that the row chooses is of an enum, even where all choices are equal; a constant one is a text. */
function typeOfCases(values: readonly Value[], fixed: boolean): Type | null {
  const type = typeOfValue(values);
  if (type?.kind !== 'list') return null;
  if (type.of.kind === 'enum') return fixed && values.length === 1 ? { kind: 'text' } : enumOf(values);
  return type.of;
}

function noFields(context: Context, expr: FieldAst, type: Type): Known {
  context.report(
    diagnose(
      'TVD2110',
      { type: showType(type), field: expr.field.text },
      { span: expr.of.span, text: showType(type) },
    ),
  );
  return FAULTY;
}

function unknownField(context: Context, expr: FieldAst, where: string, names: Iterable<string>): void {
  const all = [...names];
  const listed = all.slice(0, 12).map((name) => `\`${name}\``);
  context.report(
    diagnose(
      'TVD2002',
      { where, name: expr.field.text },
      { span: expr.field.span, text: 'no such name here' },
      {
        help: suggestion(expr.field, all),
        notes:
          listed.length > 0
            ? [`it has ${listed.join(', ')}${all.length > 12 ? `, … ${all.length} in all` : ''}`]
            : [],
      },
    ),
  );
}
