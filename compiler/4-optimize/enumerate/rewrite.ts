import { streamKey } from '../../../stdlib/kernels/streams.ts';
import type { Type } from '../../../stdlib/types.ts';
import {
  type ColumnRead,
  type Conditional,
  type Constant,
  type Expr,
  mapChildren,
} from '../../3-plan/expr.ts';
import type { LogicalColumn, LogicalTable } from '../../3-plan/logical-plan.ts';
import { mapSame } from '../map.ts';
import { inOrder } from '../reading-order.ts';
import type { ConditionalLaw } from './eliminate.ts';
import { classColumn, memberOf, needsClass, spread } from './member.ts';
import type { Problem } from './solve.ts';
import { isCode } from './tabulate.ts';
import type { Variable } from './variable.ts';

/** Where a draw's state stands: a column of codes; and its class, where that is drawn first, in another. */
type Carrier = {
  readonly variable: Variable;
  readonly column: LogicalColumn;
  readonly isNew: boolean;
  readonly first: LogicalColumn | null;
};

/**
 * The table with draws replaced by their conditional laws, each under its own stream. A draw that is a whole column of
 * codes stays there; any other gets a hidden column of states, which is looked up where the draw stood. Where states are
 * one for all that conditions them, their class may be drawn first, and others are drawn given it.
 */
export function rewrite(
  table: LogicalTable,
  problem: Problem,
  laws: readonly ConditionalLaw[],
  seed: bigint,
): LogicalTable {
  const paths = new Set(table.columns.map(({ path }) => path));
  const carriers = problem.variables.map((variable, number): Carrier => {
    const carrier = carrierOf(variable, table, paths);
    if (!needsClass(number, problem, laws)) return { ...carrier, first: null };
    const path = unused(`${variable.path}~class`, paths);
    return { ...carrier, first: classColumn(variable, problem.classes[number]!, path, carrier.column) };
  });
  const byStream = new Map(carriers.map((carrier) => [carrier.variable.stream, carrier]));
  const drawn = new Map(
    laws.flatMap((law) => {
      const { variable, column, first } = carriers[law.variable]!;
      const partition = problem.classes[law.variable]!;
      const weights = problem.tables[law.variable]!.values;
      const given = law.given.map((other) => givenBy(carriers[other]!, problem.sizes[other]!));
      const conditional = (of: LogicalColumn, stream: string, own: Float64Array): readonly [string, Expr] => [
        of.path,
        conditionalOf(variable, of, stream, given, own),
      ];
      if (first === null)
        return [conditional(column, variable.stream, spread(law.weights, partition, weights))];
      const stream = streamKey(seed, variable.stream, 'class');
      const of = readOf(first, variable);
      return [
        conditional(first, stream, law.weights),
        [column.path, memberOf(variable, partition, weights, column, of)] as const,
      ];
    }),
  );
  const replace = (expr: Expr): Expr => {
    const carrier = expr.op === 'draw' ? byStream.get(expr.stream) : undefined;
    return carrier ? lookedUp(carrier) : mapChildren(expr, replace);
  };
  const columns = mapSame(table.columns, (column): LogicalColumn => {
    const expr = drawn.get(column.path) ?? replace(column.expr);
    return expr === column.expr ? column : { ...column, expr };
  });
  const states = carriers
    .flatMap(({ first, isNew, column }) => [...(first ? [first] : []), ...(isNew ? [column] : [])])
    .map((column): LogicalColumn => ({ ...column, expr: drawn.get(column.path) ?? column.expr }));
  return { ...table, columns: inOrder([...columns, ...states]) };
}

function carrierOf(variable: Variable, table: LogicalTable, paths: Set<string>): Omit<Carrier, 'first'> {
  const { draw, path } = variable;
  const own = table.columns.find((column) => column.path === path)!;
  if (own.expr.op === 'draw' && own.expr.stream === draw.stream && isCode(draw))
    return { variable, column: own, isNew: false };
  const name = unused(`${path}~`, paths);
  const type: Type = isCode(draw) ? draw.type : { kind: 'enum', values: (variable.values ?? []).map(String) };
  const column: LogicalColumn = {
    path: name,
    stream: name,
    span: own.span,
    type,
    domain: isCode(draw) ? draw.domain : { kind: 'any', nullable: false },
    hidden: true,
    expr: draw,
    missing: null,
    missingAs: null,
  };
  return { variable, column, isNew: true };
}

function unused(path: string, paths: Set<string>): string {
  const name = paths.has(path) ? unused(`${path}~`, paths) : path;
  paths.add(name);
  return name;
}

function givenBy({ first, column, variable }: Carrier, size: number): Conditional['given'][number] {
  return { code: readOf(first ?? column, variable), size };
}

const readOf = (column: LogicalColumn, variable: Variable): ColumnRead => ({
  op: 'column',
  path: column.path,
  observed: false,
  type: column.type,
  domain: column.domain,
  span: variable.draw.span,
});

function conditionalOf(
  { draw }: Variable,
  { type, domain }: LogicalColumn,
  stream: string,
  given: Conditional['given'],
  weights: Float64Array,
): Conditional {
  const choices = given.reduce((product, { size }) => product * size, 1);
  const size = weights.length / choices;
  return {
    op: 'conditional',
    type,
    domain,
    span: draw.span,
    stream,
    given,
    size,
    weights: Array.from(weights),
  };
}

/** What stands in the draw's place. */
function lookedUp(carrier: Carrier): Expr {
  const { draw, values } = carrier.variable;
  const by = readOf(carrier.column, carrier.variable);
  if (isCode(draw) || values === null || by.type.kind !== 'enum') return by;
  const keys = by.type.values;
  const base = { type: draw.type, domain: draw.domain, span: draw.span };
  const of: Constant = {
    ...base,
    op: 'constant',
    type: { kind: 'map', keys, of: draw.type },
    value: { map: new Map(keys.map((key, state) => [key, values[state]!])) },
  };
  return { ...base, op: 'index', of, by };
}
