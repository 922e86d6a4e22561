import type { ColumnAst, ExprAst, TableAst } from '../1-parse/ast.ts';
import { childrenOf } from '../1-parse/children.ts';
import type { Span } from '../1-parse/source.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { TypedSpec } from './typed-spec.ts';

/**
 * The tables of which nothing is wrong, nor of what they read: later phases look for their own faults there, so that all are
 * told in one run. Null where a fault is in what tables share.
 */
export function soundPart(typed: TypedSpec, faults: readonly Diagnostic[]): TypedSpec | null {
  if (faults.length === 0) return typed;
  const { tables, quality, output, load } = typed.ast;
  const apart = [...quality, output, load].flatMap((node) => (node === null ? [] : [node.span]));
  const places = faults.map(({ primary }) => primary.span);
  const own = [...tables.map(({ span }) => span), ...apart];
  if (places.some((place) => !own.some((span) => isWithin(place, span)))) return null;
  const unsound = new Set(
    tables
      .filter((table) => places.some((place) => isWithin(place, table.span)) || hasError(table, typed))
      .map(({ name }) => name.text),
  );
  const reads = new Map(tables.map((table) => [table.name.text, tablesRead(table, typed)]));
  // A set yields what is added while it is walked.
  for (const name of unsound) for (const [reader, read] of reads) if (read.has(name)) unsound.add(reader);
  const sound = tables.filter(({ name }) => !unsound.has(name.text));
  if (sound.length === 0) return null;
  return {
    ...typed,
    ast: { ...typed.ast, tables: sound },
    tables: typed.tables.filter(({ name }) => !unsound.has(name)),
  };
}

const isWithin = (inner: Span, outer: Span): boolean => inner.start >= outer.start && inner.end <= outer.end;

const hasError = (table: TableAst, { types }: TypedSpec): boolean =>
  expressionsOf(table).some(({ id }) => types.get(id)?.kind === 'error');

function tablesRead(table: TableAst, { meanings }: TypedSpec): ReadonlySet<string> {
  return new Set(
    expressionsOf(table).flatMap(({ id }) => {
      const meaning = meanings.get(id);
      if (meaning?.kind === 'parent') return [meaning.table];
      return meaning?.kind === 'table' ? [meaning.name] : [];
    }),
  );
}

function expressionsOf({ columns, constraints, weigh }: TableAst): readonly ExprAst[] {
  const ofColumn = ({ body, attributes }: ColumnAst): readonly (ExprAst | null)[] => [
    ...(body.kind === 'value' ? [body.expr] : body.fields.flatMap(ofColumn)),
    attributes.missing,
    attributes.missingAs,
    attributes.length,
  ];
  const within = (expr: ExprAst): readonly ExprAst[] => [expr, ...childrenOf(expr).flatMap(within)];
  return [...columns.flatMap(ofColumn), ...constraints.flatMap(({ check, when }) => [check, when]), weigh]
    .filter((expr) => expr !== null)
    .flatMap(within);
}
