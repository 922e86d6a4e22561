import type { LogicalTable } from '../../3-plan/logical-plan.ts';
import type { Inequality } from './feasible.ts';
import { createLinearModel } from './linear-model.ts';
import { add, compare, divide, multiply, type Rational, subtract, ZERO } from './rational.ts';
import { certain } from './refute.ts';

/** An end of a variable's values, and the constraints that it follows from; none: its domain. */
export type End = { readonly at: Rational; readonly open: boolean; readonly by: ReadonlySet<number> };
export type Ends = { readonly lo: End | null; readonly hi: End | null };

export type Propagated = {
  /** By column, where there are any. */
  readonly ends: ReadonlyMap<string, Ends>;
  /** Whether the bounds came to rest; those of the last round hold as well. */
  readonly settled: boolean;
};

const MOST_ROUNDS = 16;
/** Above this the constraints of a table are not looked at. */
const MOST_INEQUALITIES = 2000;

/**
 * What linear comparisons make of the columns' domains: each bounds each of its variables by what the others are bounded
 * by, round after round. Between variables < is taken as <=, so that columns in order keep the same bounds.
 */
export function propagate({ constraints, ...table }: LogicalTable): Propagated {
  const model = createLinearModel({ ...table, constraints });
  const stated = constraints.flatMap(({ predicate }, constraint) =>
    certain(predicate).flatMap((literal) => {
      const row = model.rowOf(literal, true);
      const present = row && [...row.variables].every((variable) => !model.isNullable(variable));
      return row && present ? [{ row, by: new Set([constraint]) }] : [];
    }),
  );
  const known = model.known(stated.flatMap(({ row }) => [...row.variables]));
  const inequalities = [{ row: known, by: new Set<number>() }, ...stated].flatMap(({ row, by }) =>
    row.inequalities.map((inequality) => ({ inequality, by })),
  );
  const ends = new Map<number, Ends>();
  let moved = stated.length > 0 && inequalities.length <= MOST_INEQUALITIES;
  for (let round = 0; moved && round < MOST_ROUNDS; round++) {
    moved = false;
    for (const { inequality, by } of inequalities)
      for (const variable of inequality.terms.keys())
        if (tighten(ends, inequality, variable, by)) moved = true;
  }
  const columns = table.columns.flatMap(({ path }) => {
    const variable = model.variableOf(path);
    const found = variable === undefined ? undefined : ends.get(variable);
    return found ? [[path, found] as const] : [];
  });
  return { ends: new Map(columns), settled: !moved };
}

/** Σ terms ≤ most, solved for one variable with the others at their ends. */
function tighten(
  ends: Map<number, Ends>,
  { terms, most, strict }: Inequality,
  variable: number,
  stated: ReadonlySet<number>,
): boolean {
  const by = new Set(stated);
  let [rest, open]: [Rational, boolean] = [ZERO, strict];
  for (const [other, factor] of terms) {
    if (other === variable) continue;
    const end = ends.get(other)?.[factor.n > 0n ? 'lo' : 'hi'];
    if (!end) return false;
    rest = add(rest, multiply(factor, end.at));
    open ||= end.open;
    for (const constraint of end.by) by.add(constraint);
  }
  const factor = terms.get(variable)!;
  const side = factor.n > 0n ? 'hi' : 'lo';
  const found = { at: divide(subtract(most, rest), factor), open, by };
  const before = ends.get(variable) ?? { lo: null, hi: null };
  const old = before[side];
  const order = old ? compare(found.at, old.at) * (side === 'hi' ? 1 : -1) : -1;
  if (order > 0 || (order === 0 && (old!.open || !open))) return false;
  ends.set(variable, { ...before, [side]: found });
  return true;
}
