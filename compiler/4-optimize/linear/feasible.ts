import { add, compare, divide, isZero, multiply, negate, ONE, type Rational, ZERO } from './rational.ts';

/** Σ coefficients · variables, by variable; coefficients are not 0. */
export type Terms = ReadonlyMap<number, Rational>;

/** `terms` ≤ `most`, or < where it is strict. */
export type Inequality = { readonly terms: Terms; readonly most: Rational; readonly strict: boolean };

export type Verdict =
  | { readonly kind: 'feasible' }
  /** Inequalities (by index) that contradict each other; without any one of them the others do not. */
  | { readonly kind: 'infeasible'; readonly core: readonly number[] }
  /** More work than allowed. */
  | { readonly kind: 'unknown' };

/** Counts down with every coefficient that is changed. */
export type Budget = { left: number };

/** r + e·ε for an ε above 0 and below anything else: a strict bound is one that is off by ε. */
type Point = { readonly r: Rational; readonly e: Rational };

const isBelow = (a: Point, b: Point): boolean => {
  const order = compare(a.r, b.r);
  return order < 0 || (order === 0 && compare(a.e, b.e) < 0);
};
const plus = (a: Point, factor: Rational, b: Point): Point => ({
  r: add(a.r, multiply(factor, b.r)),
  e: add(a.e, multiply(factor, b.e)),
});

/**
 * Whether inequalities over the reals have a solution: exactly, by the simplex method for bounds on rows, with Bland's
 * rule, so that it ends (B. Dutertre & L. de Moura, A fast linear-arithmetic solver for DPLL(T), CAV 2006).
 */
export function feasible(inequalities: readonly Inequality[], budget: Budget): Verdict {
  const variables = [...new Set(inequalities.flatMap(({ terms }) => [...terms.keys()]))].sort(
    (a, b) => a - b,
  );
  const columns = new Map(variables.map((variable, i) => [variable, i]));
  // Columns first, then a row's own variable each: row = Σ coefficients · columns, at most `bounds`.
  const first = variables.length;
  const rows = new Map<number, Map<number, Rational>>();
  const bounds = new Map<number, Point>();
  const values: Point[] = [...variables, ...inequalities].map(() => ({ r: ZERO, e: ZERO }));
  inequalities.forEach(({ terms, most, strict }, i) => {
    rows.set(first + i, new Map([...terms].map(([variable, by]) => [columns.get(variable)!, by])));
    bounds.set(first + i, { r: most, e: strict ? negate(ONE) : ZERO });
  });
  for (;;) {
    const violated = [...rows.keys()]
      .sort((a, b) => a - b)
      .find((row) => bounds.has(row) && isBelow(bounds.get(row)!, values[row]!));
    if (violated === undefined) return { kind: 'feasible' };
    const row = rows.get(violated)!;
    // The row must fall: along a column that may move so. Only rows' variables are bounded, and from above only.
    const entering = [...row.keys()]
      .sort((a, b) => a - b)
      .find((column) => {
        const bound = bounds.get(column);
        return row.get(column)!.n > 0n || bound === undefined || isBelow(values[column]!, bound);
      });
    if (entering === undefined)
      return { kind: 'infeasible', core: [violated, ...row.keys()].map((each) => each - first) };
    const target = bounds.get(violated)!;
    const step = divide(ONE, row.get(entering)!);
    const change: Point = plus(target, negate(ONE), values[violated]!);
    values[violated] = target;
    const move = plus({ r: ZERO, e: ZERO }, step, change);
    values[entering] = plus(values[entering]!, ONE, move);
    for (const [other, coefficients] of rows) {
      const by = coefficients.get(entering);
      if (by && other !== violated) values[other] = plus(values[other]!, by, move);
    }
    pivot(rows, violated, entering, budget);
    if (budget.left <= 0) return { kind: 'unknown' };
  }
}

/** `column` becomes a row and `row` a column: the row solved for the column, put in everywhere. */
function pivot(rows: Map<number, Map<number, Rational>>, row: number, column: number, budget: Budget): void {
  const old = rows.get(row)!;
  const by = old.get(column)!;
  const solved = new Map<number, Rational>([[row, divide(ONE, by)]]);
  for (const [other, coefficient] of old)
    if (other !== column) solved.set(other, negate(divide(coefficient, by)));
  rows.delete(row);
  for (const coefficients of rows.values()) {
    const factor = coefficients.get(column);
    if (!factor) continue;
    coefficients.delete(column);
    budget.left -= solved.size;
    for (const [other, coefficient] of solved) {
      const sum = add(coefficients.get(other) ?? ZERO, multiply(factor, coefficient));
      if (isZero(sum)) coefficients.delete(other);
      else coefficients.set(other, sum);
    }
  }
  budget.left -= solved.size;
  rows.set(column, solved);
}
