import { streamKey } from '../../../stdlib/kernels/streams.ts';
import type { Type } from '../../../stdlib/types.ts';
import {
  type CodeOf,
  type ColumnRead,
  type Conditional,
  type Constant,
  type Draw,
  type Expr,
  mapChildren,
} from '../../3-plan/expr.ts';
import type { LogicalColumn, LogicalPlan, LogicalTable } from '../../3-plan/logical-plan.ts';
import { mapSame } from '../map.ts';
import { inOrder } from '../reading-order.ts';
import type { RuleTools } from '../rule.ts';
import type { LineLaw } from './line.ts';
import { caseOf, intervalStream, intervalType, truncatedDraw } from './line-columns.ts';
import { classColumn, memberOf, needsClass, spread } from './member.ts';
import type { Problem } from './solve.ts';
import { isCode } from './tabulate.ts';
import { type Conditioned, lawsByInterval, type Truncation } from './truncation.ts';
import type { Variable } from './variable.ts';

/** Where a draw's state stands: a column of codes; and its class, where that is drawn first, in another. */
type Carrier = {
  readonly variable: Variable;
  readonly column: LogicalColumn;
  readonly isNew: boolean;
  readonly first: LogicalColumn | null;
  /** Of a draw on the line. */
  readonly truncation: Truncation | null;
};

export type RewriteTools = Pick<LogicalPlan, 'seed'> & Pick<RuleTools, 'laws'>;

/**
 * The table with draws replaced by their conditional laws, each under its own stream. A draw that is a whole column of
 * codes stays there; any other gets a hidden column of states, which is looked up where the draw stood. Where states are
 * one for all that conditions them, their class may be drawn first, and others are drawn given it. A draw on the line
 * gets a column of its interval, and stays where it was, truncated to it.
 */
export function rewrite(
  table: LogicalTable,
  problem: Problem,
  { laws, truncations }: Conditioned,
  { seed, laws: library }: RewriteTools,
): LogicalTable {
  const paths = new Set(table.columns.map(({ path }) => path));
  const carriers = problem.variables.map((variable, number): Carrier => {
    const carrier = carrierOf(variable, truncations.get(number) ?? null, table, paths);
    if (!needsClass(number, problem, laws)) return { ...carrier, first: null };
    const path = unused(`${variable.path}~class`, paths);
    return { ...carrier, first: classColumn(variable, problem.classes[number]!, path, carrier.column) };
  });
  // What the carriers compute, by their paths: each draw's state (and class) given those that are drawn before it.
  const drawn = new Map(
    laws.flatMap((law) => {
      const { variable, column, first, truncation } = carriers[law.variable]!;
      const partition = problem.classes[law.variable]!;
      const weights = problem.tables[law.variable]!.values;
      const given = law.given.map((other) => givenBy(carriers[other]!, problem.sizes[other]!));
      const conditional = (of: LogicalColumn, stream: string, own: Float64Array): readonly [string, Expr] => [
        of.path,
        conditionalOf(variable, of, stream, given, own),
      ];
      if (truncation) return [[column.path, intervalOf(variable, truncation, column, given, seed)] as const];
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
  // What stands where a draw stood, by its stream: a read of its carrier, or on the line the draw itself, truncated.
  const cases: LogicalColumn[] = [];
  const replacements = new Map(
    carriers.map((carrier, number): readonly [string, Expr] => {
      const { variable, truncation, column } = carrier;
      if (truncation === null) return [variable.stream, lookedUp(carrier)];
      const names = library.get(variable.draw.law)?.params.map(({ name }) => name) ?? [];
      const drawn = (laws: readonly LineLaw[], by: LogicalColumn): Draw =>
        truncatedDraw(variable.draw, laws, readOf(by, variable), names);
      const { parents, intervals } = truncation;
      const byInterval = lawsByInterval(truncation);
      if (byInterval) return [variable.stream, drawn(byInterval, column)];
      const given = [number, ...parents].map((other): Conditional['given'][number] => ({
        code: readOf(carriers[other]!.column, variable),
        size: other === number ? intervals.length : problem.variables[other]!.size,
      }));
      const expr = caseOf(truncation, variable, given);
      const path = unused(`${column.path}~`, paths);
      const by = { ...column, path, stream: path, type: expr.type, expr };
      cases.push(by);
      return [variable.stream, drawn(truncation.cases, by)];
    }),
  );
  const replace = (expr: Expr): Expr => {
    const replaced = expr.op === 'draw' ? replacements.get(expr.stream) : undefined;
    return replaced ?? mapChildren(expr, replace);
  };
  const columns = mapSame(table.columns, (column): LogicalColumn => {
    const expr = drawn.get(column.path) ?? replace(column.expr);
    return expr === column.expr ? column : { ...column, expr };
  });
  const states = carriers
    .flatMap(({ first, isNew, column }) => [...(first ? [first] : []), ...(isNew ? [column] : [])])
    .map((column): LogicalColumn => ({ ...column, expr: drawn.get(column.path) ?? column.expr }));
  return { ...table, columns: inOrder([...columns, ...states, ...cases]) };
}

function carrierOf(
  variable: Variable,
  truncation: Truncation | null,
  table: LogicalTable,
  paths: Set<string>,
): Omit<Carrier, 'first'> {
  const { draw, path } = variable;
  const own = table.columns.find((column) => column.path === path)!;
  if (own.expr.op === 'draw' && own.expr.stream === draw.stream && isCode(draw))
    return { variable, column: own, isNew: false, truncation };
  const name = unused(`${path}~`, paths);
  const type = truncation ? intervalType(truncation.intervals) : stateType(variable);
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
  return { variable, column, isNew: true, truncation };
}

const stateType = ({ draw, values }: Variable): Type =>
  isCode(draw) ? draw.type : { kind: 'enum', values: (values ?? []).map(String) };

/** Which interval a draw on the line lies in: where what is given leaves only one, it is looked up. */
function intervalOf(
  variable: Variable,
  { law: { weights }, intervals }: Truncation,
  column: LogicalColumn,
  given: Conditional['given'],
  seed: bigint,
): Conditional | CodeOf {
  const { type, domain } = column;
  const codes = given.length > 0 ? certainCodes(weights, intervals.length) : null;
  if (codes) return { op: 'code-of', type, domain, span: variable.draw.span, given, codes };
  return conditionalOf(variable, column, intervalStream(seed, variable.draw), given, weights);
}

/** The one code that each choice of what is given leads to; null where some leads to several. */
function certainCodes(weights: Float64Array, size: number): readonly number[] | null {
  const codes = new Array<number>(weights.length / size).fill(-1);
  for (const [at, weight] of weights.entries()) {
    const cell = Math.floor(at / size);
    if (weight > 0 && codes[cell] !== -1) return null;
    if (weight > 0) codes[cell] = at % size;
  }
  return codes;
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
