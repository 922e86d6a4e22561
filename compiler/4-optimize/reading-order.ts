import { subexpressions } from '../3-plan/expr.ts';
import type { LogicalColumn } from '../3-plan/logical-plan.ts';

/** Each column after those that its value is computed from; else as they were. */
export function inOrder(columns: readonly LogicalColumn[]): readonly LogicalColumn[] {
  const byPath = new Map(columns.map((column) => [column.path, column]));
  const placed = new Set<LogicalColumn>();
  const place = (column: LogicalColumn): void => {
    if (placed.has(column)) return;
    for (const read of subexpressions(column.expr)) {
      const other = read.op === 'column' ? byPath.get(read.path) : undefined;
      if (other) place(other);
    }
    placed.add(column);
  };
  columns.forEach(place);
  return [...placed];
}
