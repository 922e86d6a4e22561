import { weightedItems } from '../../../stdlib/samplers/arguments.ts';
import { LawFault } from '../../../stdlib/samplers/fault.ts';
import type { Value } from '../../../stdlib/value.ts';
import { type ColumnRead, children, type Draw, type Expr, sameExpr } from '../../3-plan/expr.ts';
import type { LogicalPlan, LogicalTable } from '../../3-plan/logical-plan.ts';
import type { RuleTools } from '../rule.ts';
import { atomsOf } from './atoms.ts';
import { lineInputs, lineOf, valueIn } from './line-draw.ts';
import { NotFinite } from './not-finite.ts';
import { oneClass, type Partition, refine, singletons } from './partition.ts';
import { FAULT, type Result } from './run-steps.ts';
import type { Table } from './table.ts';
import { createTabulate } from './tabulate.ts';
import {
  chosen,
  type FiniteLaw,
  finiteLaw,
  isLaw,
  type Prior,
  type Variable,
  weightsOf,
} from './variable.ts';

/** Cells of the largest table that is made. */
export const MOST_CELLS = 1e6;
/** Tables of no more cells than this are made state by state: they stay in the processor's cache. */
export const FEW_CELLS = 2 ** 16;

/** A table's finite draws: their priors, and indicators of conditions on them. All throw {@link NotFinite}. */
export type FiniteModel = {
  /** What a column computes. */
  readonly columnOf: (read: ColumnRead) => Expr;
  /** What a draw's weights are computed from. */
  readonly inputsOf: (draw: Draw, path: string) => readonly Expr[];
  /** The draws that an expression's value is computed from; not what these were drawn from. */
  readonly scopeOf: (expr: Expr) => readonly Variable[];
  /** The draws, and all that they were drawn from. */
  readonly ancestors: (scope: readonly Variable[]) => readonly Variable[];
  /** Steps from what is drawn from constants. */
  readonly depthOf: (variable: Variable) => number;
  readonly prior: (variable: Variable) => Table;
  /** 1 where a condition holds or is null (SQL's CHECK), else 0. */
  readonly indicator: (condition: Expr) => Table;
  /** The values of an expression, not all of them different. */
  readonly results: (expr: Expr) => readonly Result[];
  /** The values of a number. */
  readonly numbers: (expr: Expr) => Table;
  /** Whether an expression depends on a finite draw at all. Never throws. */
  readonly touches: (expr: Expr) => boolean;
};

/** `cuts`: where draws on the line are cut into intervals, by stream; those without are not finite. */
export function createFiniteModel(
  table: LogicalTable,
  plan: LogicalPlan,
  tools: RuleTools,
  cuts: ReadonlyMap<string, readonly number[]>,
): FiniteModel {
  const tabulate = createTabulate(table, plan, tools);
  const variables = new Map<string, { readonly variable: Variable; readonly prior: Prior }>();
  const columns = new Map(table.columns.map((column) => [column.path, column]));
  const columnOf = ({ path, observed }: Pick<ColumnRead, 'path' | 'observed'>): Expr => {
    const column = columns.get(path);
    if (!column) throw new Error(`${table.name} has no column ${path}`);
    if (observed && column.missing) throw new NotFinite(`${path} may be missing`);
    return column.expr;
  };
  const known = (draw: Draw, path: string) => {
    const { stream } = draw;
    const found = variables.get(stream);
    if (found && !sameExpr(found.variable.draw, draw)) throw new NotFinite(`${path} shares its stream`);
    if (found) return found;
    if (tools.laws.get(draw.law)?.given) throw new NotFinite(`${path} is given by the row`);
    const { size, values, line, prior } = lawOf(draw, path);
    const made = { variable: { stream, path, draw, size, values, line }, prior };
    variables.set(stream, made);
    return made;
  };
  const lawOf = (draw: Draw, path: string): FiniteLaw => {
    const at = cuts.get(draw.stream);
    if (at === undefined) return finiteLaw(draw, path, plan.data);
    const inputs = lineInputs(draw);
    const parents = scopeOf(...inputs);
    const choices = classesOf(inputs, parents);
    bounded(parents, choices);
    const tabulated = (expr: Expr): readonly Result[] => tabulate(expr, parents, choices);
    const line = lineOf(draw, path, { cuts: at, choices, cells: cellsIn(choices), tabulated, tools });
    const size = line.intervals.length;
    bounded([...parents, { path }], [...choices, singletons(size)]);
    const values = line.intervals.map((interval) => valueIn(interval, draw));
    return { size, values, line, prior: { kind: 'shares', inputs, line } };
  };
  const collect = (expr: Expr, path: string, into: Map<string, Variable>): Map<string, Variable> => {
    switch (expr.op) {
      case 'column':
        return collect(columnOf(expr), expr.path, into);
      case 'draw':
        return into.set(expr.stream, known(expr, path).variable);
      case 'row':
        throw new NotFinite('it reads the row number, which is given');
      case 'parent':
        throw new NotFinite(`it reads ${expr.path} of a parent`);
      case 'unique-text':
      case 'conditional':
      case 'member':
      case 'table':
        throw new NotFinite(`${path} is given by the row`);
      default:
        for (const child of children(expr)) collect(child, path, into);
        return into;
    }
  };
  const scopeOf = (...exprs: readonly Expr[]): readonly Variable[] => {
    const scope = new Map<string, Variable>();
    for (const expr of exprs) collect(expr, 'it', scope);
    return [...scope.values()];
  };
  const parents = new Map<string, readonly Variable[]>();
  const parentsOf = ({ stream, path }: Variable): readonly Variable[] => {
    const found = parents.get(stream);
    if (found) return found;
    const scope = new Map<string, Variable>();
    for (const expr of inputsOf(variables.get(stream)!.prior)) collect(expr, path, scope);
    parents.set(stream, [...scope.values()]);
    return [...scope.values()];
  };
  const ancestors = (scope: readonly Variable[]): readonly Variable[] => {
    const all = new Set<Variable>();
    const add = (variable: Variable): void => {
      if (all.has(variable)) return;
      all.add(variable);
      parentsOf(variable).forEach(add);
    };
    scope.forEach(add);
    return [...all];
  };
  const depths = new Map<Variable, number>();
  const depthOf = (variable: Variable): number => {
    const depth =
      depths.get(variable) ?? Math.max(0, ...parentsOf(variable).map((each) => depthOf(each) + 1));
    depths.set(variable, depth);
    return depth;
  };
  /** States that expressions tell apart; all where there are few. */
  const classesOf = (exprs: readonly Expr[], scope: readonly Variable[]): readonly Partition[] => {
    const each = scope.map(({ size }) => singletons(size));
    if (cellsIn(each) <= FEW_CELLS) return each;
    const atoms = exprs.map((expr) => atomsOf(expr, scopeOf, columnOf));
    return scope.map((variable) =>
      atoms
        .flatMap((byVariable) => byVariable.get(variable) ?? [])
        .reduce((classes, atom) => {
          const told = tabulate(atom, [variable], [singletons(variable.size)]);
          return refine(classes, (state) => told[state]!);
        }, oneClass(variable.size)),
    );
  };
  const results = (expr: Expr): readonly Result[] => {
    const scope = scopeOf(expr);
    const classes = classesOf([expr], scope);
    bounded(scope, classes);
    return tabulate(expr, scope, classes);
  };
  const tableOf = (expr: Expr, measure: (value: Value) => number): Table => {
    const scope = scopeOf(expr);
    const classes = classesOf([expr], scope);
    bounded(scope, classes);
    const values = Float64Array.from(tabulate(expr, scope, classes), (value) => {
      if (value === FAULT) throw new NotFinite('it fails for some values');
      return measure(value);
    });
    return { scope, classes, values };
  };
  const priors = new Map<Variable, Table>();
  return {
    columnOf,
    inputsOf: (draw, path) => inputsOf(known(draw, path).prior),
    scopeOf,
    ancestors,
    depthOf,
    prior: (variable) => {
      const found = priors.get(variable);
      if (found) return found;
      const given = parentsOf(variable);
      const { prior } = variables.get(variable.stream)!;
      const scope = [...given, variable];
      const choices = variable.line?.choices ?? classesOf(inputsOf(prior), given);
      const classes = [...choices, singletons(variable.size)];
      bounded(scope, classes);
      const told = (expr: Expr): readonly Result[] => tabulate(expr, given, classes);
      const table = {
        scope,
        classes,
        values: priorTable(prior, variable, cellsIn(classes.slice(0, -1)), told),
      };
      priors.set(variable, table);
      return table;
    },
    results,
    indicator: (condition) => tableOf(condition, (held) => (held === false ? 0 : 1)),
    numbers: (expr) =>
      tableOf(expr, (value) => {
        if (value === null) throw new NotFinite('it is null for some values');
        return Number(value);
      }),
    touches: (expr) => touches(expr, columnOf, known),
  };
}

/** What a draw's weights are computed from. */
function inputsOf(prior: Prior): readonly Expr[] {
  switch (prior.kind) {
    case 'weights':
      return [];
    case 'chosen':
      return prior.keys;
    case 'probability':
      return [prior.p];
    case 'shares':
      return prior.inputs;
  }
}

const cellsIn = (classes: readonly Partition[]): number =>
  classes.reduce((product, { count }) => product * count, 1);

/** @throws {NotFinite} where a table over the scope would be too large. */
function bounded(scope: readonly Pick<Variable, 'path'>[], classes: readonly Partition[]): void {
  const cells = cellsIn(classes);
  if (cells > MOST_CELLS)
    throw new NotFinite(`a table over ${scope.map(({ path }) => path).join(', ')} has ${cells} cells`);
}

/** `told`: an expression's values for the `cells` choices of what the draw depends on. */
function priorTable(
  prior: Prior,
  { path, values }: Variable,
  cells: number,
  told: (expr: Expr) => readonly Result[],
): Float64Array {
  switch (prior.kind) {
    case 'weights':
      return Float64Array.from(prior.weights);
    case 'shares':
      return prior.line.shares;
    case 'probability':
      return Float64Array.from(
        told(prior.p).flatMap((p) => {
          const share = typeof p === 'bigint' ? Number(p) : p;
          if (typeof share !== 'number' || !(share >= 0 && share <= 1))
            throw new NotFinite(`the probability of ${path} fails for some values`);
          return [1 - share, share];
        }),
      );
    case 'chosen': {
      const keys = prior.keys.map(told);
      return Float64Array.from(
        Array.from({ length: cells }, (_, cell) =>
          choiceAt(prior.base, keys, cell, path, values ?? []),
        ).flat(),
      );
    }
  }
}

function choiceAt(
  base: Value,
  keys: readonly (readonly Result[])[],
  cell: number,
  path: string,
  values: readonly Value[],
): readonly number[] {
  const at = keys.map((key) => key[cell]!);
  const present = at.filter((key) => key !== FAULT);
  const of = present.length < at.length ? undefined : chosen(base, present);
  if (of === undefined || of === null)
    throw new NotFinite(`the weights of ${path} are not there for some values`);
  try {
    const weights = weightsOf(weightedItems(of, null), values);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (!isLaw(weights)) throw new NotFinite(`the weights of ${path} are zero for some values`);
    return weights.map((weight) => weight / total);
  } catch (fault) {
    if (fault instanceof LawFault) throw new NotFinite(fault.message);
    throw fault;
  }
}

function touches(
  root: Expr,
  columnOf: (read: Pick<ColumnRead, 'path' | 'observed'>) => Expr,
  known: (draw: Draw, path: string) => unknown,
): boolean {
  const seen = new Set<string>();
  const visit = (expr: Expr, path: string): boolean => {
    if (expr.op === 'column') {
      if (seen.has(expr.path)) return false;
      seen.add(expr.path);
      return visit(columnOf({ path: expr.path, observed: false }), expr.path);
    }
    if (expr.op === 'draw' && canBeKnown(() => known(expr, path))) return true;
    return children(expr).some((child) => visit(child, path));
  };
  return visit(root, '');
}

function canBeKnown(look: () => unknown): boolean {
  try {
    look();
    return true;
  } catch (error) {
    if (error instanceof NotFinite) return false;
    throw error;
  }
}
