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
import type { Problem } from './solve.ts';
import { isCode } from './tabulate.ts';
import type { Variable } from './variable.ts';

/** Where a draw's state stands: a column of codes. */
type Carrier = { readonly variable: Variable; readonly column: LogicalColumn; readonly isNew: boolean };

/**
 * The table with draws replaced by their conditional laws, each under its own stream. A draw that is a whole column of
 * codes stays there; any other gets a hidden column of states, which is looked up where the draw stood.
 */
export function rewrite(
  table: LogicalTable,
  problem: Problem,
  laws: readonly ConditionalLaw[],
): LogicalTable {
  const paths = new Set(table.columns.map(({ path }) => path));
  const carriers = problem.variables.map((variable) => carrierOf(variable, table, paths));
  const byStream = new Map(carriers.map((carrier) => [carrier.variable.stream, carrier]));
  const conditionals = new Map(
    laws.map((law) => {
      const { variable, column } = carriers[law.variable]!;
      const expr: Conditional = {
        op: 'conditional',
        type: column.type,
        domain: column.domain,
        span: variable.draw.span,
        stream: variable.stream,
        given: law.given.map((other) => ({ code: readOf(carriers[other]!), size: problem.sizes[other]! })),
        size: variable.size,
        weights: Array.from(law.weights),
      };
      return [column.path, expr];
    }),
  );
  const replace = (expr: Expr): Expr => {
    const carrier = expr.op === 'draw' ? byStream.get(expr.stream) : undefined;
    return carrier ? lookedUp(carrier) : mapChildren(expr, replace);
  };
  const columns = mapSame(table.columns, (column): LogicalColumn => {
    const expr = conditionals.get(column.path) ?? replace(column.expr);
    return expr === column.expr ? column : { ...column, expr };
  });
  const states = carriers
    .filter(({ isNew }) => isNew)
    .map(({ column }): LogicalColumn => ({ ...column, expr: conditionals.get(column.path) ?? column.expr }));
  return { ...table, columns: inOrder([...columns, ...states]) };
}

function carrierOf(variable: Variable, table: LogicalTable, paths: Set<string>): Carrier {
  const { draw, path } = variable;
  const own = table.columns.find((column) => column.path === path)!;
  if (own.expr.op === 'draw' && own.expr.stream === draw.stream && isCode(draw))
    return { variable, column: own, isNew: false };
  let name = `${path}~`;
  while (paths.has(name)) name += '~';
  paths.add(name);
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

const readOf = ({ column, variable }: Carrier): ColumnRead => ({
  op: 'column',
  path: column.path,
  observed: false,
  type: column.type,
  domain: column.domain,
  span: variable.draw.span,
});

/** What stands in the draw's place. */
function lookedUp(carrier: Carrier): Expr {
  const { draw, values } = carrier.variable;
  const by = readOf(carrier);
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
