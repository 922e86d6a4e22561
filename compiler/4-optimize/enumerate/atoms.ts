import { slotOf } from '../../../stdlib/types.ts';
import { type ColumnRead, children, type Expr } from '../../3-plan/expr.ts';
import type { Variable } from './variable.ts';

/**
 * The largest parts of an expression that read one draw alone, by draw: states for which they are equal are equal for the
 * expression. `columnOf` gives what a column computes.
 */
export function atomsOf(
  root: Expr,
  scopeOf: (expr: Expr) => readonly Variable[],
  columnOf: (read: ColumnRead) => Expr,
): ReadonlyMap<Variable, readonly Expr[]> {
  const atoms = new Map<Variable, Expr[]>();
  const columns = new Set<string>();
  const visit = (expr: Expr): void => {
    const [first, ...others] = scopeOf(expr);
    if (first === undefined) return;
    if (others.length === 0 && isScalar(expr)) {
      atoms.set(first, [...(atoms.get(first) ?? []), expr]);
    } else if (expr.op === 'column') {
      if (columns.has(expr.path)) return;
      columns.add(expr.path);
      visit(columnOf(expr));
    } else children(expr).forEach(visit);
  };
  visit(root);
  return atoms;
}

const isScalar = ({ type }: Expr): boolean => {
  const slot = slotOf(type);
  return slot !== null && ['f64', 'i64', 'bool', 'code', 'str'].includes(slot);
};
