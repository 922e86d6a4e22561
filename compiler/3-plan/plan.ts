import { streamKey } from '../../stdlib/kernels/streams.ts';
import type { Type } from '../../stdlib/types.ts';
import type { ColumnAst, TableAst } from '../1-parse/ast.ts';
import type { Source } from '../1-parse/source.ts';
import type { PartitionBy, TypedSpec, TypedTable } from '../2-check/typed-spec.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import { implies, isTrue } from './calls.ts';
import { elaborate, type Scope } from './elaborate.ts';
import { type Expr, subexpressions } from './expr.ts';
import type { Layout, LogicalColumn, LogicalConstraint, LogicalPlan, LogicalTable } from './logical-plan.ts';
import { indexNodes } from './nodes.ts';
import { rankPower } from './reference-weight.ts';
import { tellsItsRow, uniqueText } from './unique-text.ts';

/** Phase 3. Total on what the checker passed; its own errors are those of texts that cannot be made unique. */
export function planSpec(typed: TypedSpec, source: Source): Outcome<LogicalPlan> {
  const nodes = indexNodes(typed.ast);
  const diagnostics: Diagnostic[] = [];
  const tables = typed.ast.tables.map((ast) => {
    const table = typed.tables.find((candidate) => candidate.name === ast.name.text)!;
    return planTable(
      ast,
      table,
      (path, stream) => ({ typed, nodes, table: ast.name.text, path, stream, part: '' }),
      typed.partitions.get(ast.name.text) ?? [],
      source,
      diagnostics,
    );
  });
  diagnostics.push(...tables.flatMap((table) => unsupportedWeights(table, tables)));
  return {
    value: {
      dataset: typed.ast.dataset.text,
      seed: typed.ast.seed,
      tables,
      data: typed.data,
      output: typed.ast.output,
    },
    diagnostics,
  };
}

/** References by other than a power of a permutation. */
function unsupportedWeights(table: LogicalTable, tables: readonly LogicalTable[]): readonly Diagnostic[] {
  return table.columns.flatMap((column) => {
    const draws = subexpressions(column.expr).filter((expr) => expr.op === 'draw');
    return draws.flatMap(({ by, span }) =>
      by && !rankPower(tables, by.table, by.path)
        ? [diagnose('TVD2909', { column: `${by.table}.${by.path}` }, { span })]
        : [],
    );
  });
}

type ScopeOf = (path: string, stream: string) => Scope;

function planTable(
  ast: TableAst,
  table: TypedTable,
  scopeOf: ScopeOf,
  partition: readonly PartitionBy[],
  source: Source,
  diagnostics: Diagnostic[],
): LogicalTable {
  const leaves = leafColumns(ast.columns, '');
  const columns = table.columns.map((column): LogicalColumn => {
    const leaf = leaves.get(column.path)!;
    return planColumn(
      leaf,
      column,
      scopeOf(column.path, leaf.attributes.stream?.text ?? column.path),
      diagnostics,
    );
  });
  const constraints = ast.constraints.map((constraint): LogicalConstraint => {
    const scope = scopeOf('', '');
    const value = elaborate(constraint.check, scope);
    const asked = constraint.asked ?? false;
    const check = asked && value.domain.nullable ? isTrue(value) : value;
    return {
      name: constraint.name ?? excerpt(source, constraint.check.span),
      span: constraint.check.span,
      predicate: constraint.when ? implies(elaborate(constraint.when, scope), check) : check,
      tries: constraint.tries?.value ?? null,
      asked,
      lowering: { kind: 'open' },
    };
  });
  const scope = scopeOf('', '');
  const weigh = ast.weigh && {
    expr: elaborate(ast.weigh, scope),
    stream: streamKey(scope.typed.ast.seed, table.name, '', 'weigh'),
  };
  return {
    name: table.name,
    doc: ast.doc,
    rows: table.rows,
    key: table.key,
    columns,
    layout: layoutOf(ast.columns, ''),
    constraints,
    weigh,
    folded: [],
    partition: partition.length > 0 ? { by: partition, fewer: table.rows < (ast.rows?.stated ?? 0) } : null,
  };
}

function planColumn(
  ast: ColumnAst,
  column: TypedTable['columns'][number],
  scope: Scope,
  diagnostics: Diagnostic[],
): LogicalColumn {
  if (ast.body.kind === 'struct') throw new Error(`${column.path} is a struct, not a leaf`);
  const value = elaborate(ast.body.expr, scope);
  const { attributes } = ast;
  const unique =
    attributes.unique?.value && value.op === 'template' && !tellsItsRow(value)
      ? uniqueText(value, ast, scope)
      : null;
  diagnostics.push(...(unique?.diagnostics ?? []));
  const made = unique?.value ?? value;
  const expr: Expr =
    attributes.type === null || sameType(made.type, column.type)
      ? made
      : { op: 'cast', of: made, type: column.type, domain: column.domain, span: value.span };
  const { seed } = scope.typed.ast;
  return {
    path: column.path,
    span: ast.name.span,
    stream: scope.stream,
    type: column.type,
    domain: column.domain,
    hidden: column.hidden,
    expr,
    missing: attributes.missing && {
      expr: elaborate(attributes.missing, { ...scope, part: 'missing' }),
      stream: streamKey(seed, scope.table, scope.stream, 'missing'),
    },
    missingAs: attributes.missingAs && elaborate(attributes.missingAs, scope),
  };
}

const sameType = (a: Type, b: Type): boolean => JSON.stringify(a) === JSON.stringify(b);

function leafColumns(columns: readonly ColumnAst[], prefix: string): Map<string, ColumnAst> {
  const leaves = new Map<string, ColumnAst>();
  for (const column of columns) {
    const path = prefix + column.name.text;
    if (column.body.kind === 'value') leaves.set(path, column);
    else for (const [inner, leaf] of leafColumns(column.body.fields, `${path}.`)) leaves.set(inner, leaf);
  }
  return leaves;
}

function layoutOf(columns: readonly ColumnAst[], prefix: string): Layout[] {
  return columns.flatMap((column): Layout[] => {
    if (column.attributes.hidden?.value) return [];
    const path = prefix + column.name.text;
    const { doc } = column.attributes;
    if (column.body.kind === 'value')
      return [{ kind: 'leaf', name: column.name.text, path, doc, encoding: null }];
    return [
      { kind: 'struct', name: column.name.text, fields: layoutOf(column.body.fields, `${path}.`), doc },
    ];
  });
}

/** An expression as the user wrote it, on one line. */
export function excerpt(source: Source, span: { readonly start: number; readonly end: number }): string {
  return source.text.slice(span.start, span.end).replace(/\s+/g, ' ');
}
