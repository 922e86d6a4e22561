import type { Expr } from '../../3-plan/expr.ts';
import type { LogicalTable } from '../../3-plan/logical-plan.ts';
import { conjuncts } from '../conjuncts.ts';
import { type Budget, feasible } from './feasible.ts';
import { createLinearModel, type LinearModel, type Row } from './linear-model.ts';
import { type Literal, type Ways, waysOf } from './literals.ts';

/** What a constraint says for sure, as inequalities. */
export type Premise = { readonly constraint: number; readonly row: Row };

export type Refutation =
  /** It cannot be, because of these constraints and the domains. */
  | { readonly kind: 'refuted'; readonly by: ReadonlySet<number> }
  | { readonly kind: 'possible' }
  /** Too large a system to decide. */
  | { readonly kind: 'unknown'; readonly size: number };

export type Refuter = {
  readonly premisesOf: (predicate: Expr, constraint: number) => readonly Premise[];
  /** Whether comparisons can be true, none of them null, in one of the ways, in a row that the premises hold for. */
  readonly refute: (ways: Ways, premises: readonly Premise[]) => Refutation;
  /** Premises that share variables, directly or through what these are computed from. */
  readonly components: (premises: readonly Premise[]) => readonly (readonly Premise[])[];
  /** Whether the work allowed for a table is done: what is left is unknown. */
  readonly exhausted: () => boolean;
};

/** Inequalities that are solved together. */
const MOST_INEQUALITIES = 240;
/** Coefficients changed in all of a table's systems: some tenths of a second. */
const WORK = 400_000;

export function createRefuter(table: LogicalTable): Refuter {
  const model = createLinearModel(table);
  const budget: Budget = { left: WORK };
  const rowsOf = (literals: readonly Literal[]): readonly Row[] =>
    literals.flatMap((literal) => model.rowOf(literal) ?? []);

  const refuteWay = (literals: readonly Literal[], premises: readonly Premise[]): Refutation => {
    const rows = rowsOf(literals);
    if (literals.length > 0 && rows.length === 0) return { kind: 'possible' };
    // Where a comparison is true none of its operands is null.
    const present = new Set(rows.flatMap(({ variables }) => [...variables]));
    const usable = premises.filter(({ row }) =>
      [...row.variables].every((variable) => present.has(variable) || !model.isNullable(variable)),
    );
    const near = rows.length > 0 ? connected(rows, usable, model) : usable;
    const owners: (number | null)[] = [];
    const inequalities = [
      ...rows.map((row) => ({ row, constraint: null })),
      ...near,
      {
        row: model.known([...rows, ...near.map(({ row }) => row)].flatMap(({ variables }) => [...variables])),
        constraint: null,
      },
    ].flatMap(({ row, constraint }) => {
      owners.push(...row.inequalities.map(() => constraint));
      return row.inequalities;
    });
    if (inequalities.length > MOST_INEQUALITIES || budget.left <= 0)
      return { kind: 'unknown', size: inequalities.length };
    const verdict = feasible(inequalities, budget);
    if (verdict.kind === 'feasible') return { kind: 'possible' };
    if (verdict.kind === 'unknown') return { kind: 'unknown', size: inequalities.length };
    return { kind: 'refuted', by: new Set(verdict.core.flatMap((index) => owners[index] ?? [])) };
  };

  return {
    exhausted: () => budget.left <= 0,
    components: (premises) => {
      const found: (readonly Premise[])[] = [];
      for (const premise of premises)
        if (!found.some((component) => component.includes(premise)))
          found.push(connected([premise.row], premises, model));
      return found;
    },
    premisesOf: (predicate, constraint) => rowsOf(certain(predicate)).map((row) => ({ constraint, row })),
    refute: (ways, premises) => {
      const by = new Set<number>();
      for (const way of ways) {
        const refutation = refuteWay(way, premises);
        if (refutation.kind !== 'refuted') return refutation;
        for (const constraint of refutation.by) by.add(constraint);
      }
      return { kind: 'refuted', by };
    },
  };
}

/** Comparisons of which none is false where a constraint is not. */
export const certain = (predicate: Expr): readonly Literal[] =>
  conjuncts(predicate).flatMap((conjunct) => {
    // What is null is not false: of a comparison that is all it can be.
    if (conjunct.domain.nullable && !isComparison(conjunct)) return [];
    const [literals, ...others] = waysOf(conjunct, true);
    return literals === undefined || others.length > 0 ? [] : literals;
  });

const COMPARISONS: ReadonlySet<string> = new Set(['lt', 'le', 'gt', 'ge', 'eq', 'between', 'in']);

const isComparison = (expr: Expr): boolean =>
  expr.op === 'call' &&
  (COMPARISONS.has(expr.fn) ||
    (expr.fn === 'not' && expr.args.every((arg) => arg !== null && isComparison(arg))));

/** Premises that share variables with rows, or with what these are computed from; and with one another. */
function connected(
  rows: readonly Row[],
  premises: readonly Premise[],
  model: LinearModel,
): readonly Premise[] {
  const closures = premises.map(({ row }) => model.known(row.variables).variables);
  const reached = new Set(model.known(rows.flatMap(({ variables }) => [...variables])).variables);
  const found = new Set<Premise>();
  for (let before = -1; before < found.size; ) {
    before = found.size;
    premises.forEach((premise, i) => {
      if (found.has(premise) || ![...closures[i]!].some((variable) => reached.has(variable))) return;
      found.add(premise);
      for (const variable of closures[i]!) reached.add(variable);
    });
  }
  return premises.filter((premise) => found.has(premise));
}
