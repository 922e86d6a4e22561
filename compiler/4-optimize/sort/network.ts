import { callOf } from '../../3-plan/calls.ts';
import type { ColumnRead, Expr } from '../../3-plan/expr.ts';
import type { LogicalColumn, LogicalTable } from '../../3-plan/logical-plan.ts';
import { inOrder } from '../reading-order.ts';

/**
 * The table with columns that hold their draws in order, the least first. The draws move to hidden columns, under their
 * own streams; neighbours are exchanged until all are in order (bubble sort, whose comparisons do not depend on values).
 */
export function sorted(table: LogicalTable, columns: readonly LogicalColumn[]): LogicalTable {
  const paths = new Set(table.columns.map(({ path }) => path));
  const carriers: LogicalColumn[] = [];
  const results = new Map<LogicalColumn, Expr>();
  const carry = (of: LogicalColumn, expr: Expr): ColumnRead => {
    let path = `${of.path}~`;
    while (paths.has(path)) path += '~';
    paths.add(path);
    carriers.push({ ...of, path, hidden: true, expr, missing: null, missingAs: null });
    return readOf(of, path);
  };
  const settle = (column: LogicalColumn, expr: Expr): ColumnRead => {
    results.set(column, expr);
    return readOf(column, column.path);
  };
  const wires = columns.map((column) => carry(column, column.expr));
  for (let last = columns.length - 1; last > 0; last--) {
    for (let i = 0; i < last; i++) {
      const [a, b] = [wires[i]!, wires[i + 1]!];
      const [low, high] = [columns[i]!, columns[i + 1]!];
      wires[i] = (last === 1 ? settle : carry)(low, lesser(a, b));
      wires[i + 1] = (i + 1 === last ? settle : carry)(high, greater(a, b));
    }
  }
  const rewritten = table.columns.map((column): LogicalColumn => {
    const expr = results.get(column);
    return expr ? { ...column, expr } : column;
  });
  return { ...table, columns: inOrder([...rewritten, ...carriers]) };
}

const readOf = ({ type, domain, expr }: LogicalColumn, path: string): ColumnRead => ({
  op: 'column',
  path,
  observed: false,
  type,
  domain,
  span: expr.span,
});

const lesser = (a: ColumnRead, b: ColumnRead): Expr => extreme('min', a, b);
const greater = (a: ColumnRead, b: ColumnRead): Expr => extreme('max', a, b);

/** Of equal types, so that the result has it too. */
function extreme(fn: 'min' | 'max', a: ColumnRead, b: ColumnRead): Expr {
  const { type, domain, span } = a;
  // Decimals have no `min` of their own type.
  if (type.kind !== 'decimal') return { ...callOf(fn, [a, b], span), type, domain };
  const [then, otherwise] = fn === 'min' ? [a, b] : [b, a];
  return { op: 'if', type, domain, span, condition: callOf('lt', [a, b], span), then, otherwise };
}
