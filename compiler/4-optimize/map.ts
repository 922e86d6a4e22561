import type { Expr } from '../3-plan/expr.ts';
import type { LogicalColumn, LogicalPlan, LogicalTable } from '../3-plan/logical-plan.ts';

/** Maps a plan's tables; the same plan when none changed. */
export function mapTables(plan: LogicalPlan, map: (table: LogicalTable) => LogicalTable): LogicalPlan {
  const tables = mapSame(plan.tables, map);
  return tables === plan.tables ? plan : { ...plan, tables };
}

/** Maps every expression of a table, with the column's path or the constraint's name; the same table when none changed. */
export function mapExprs(table: LogicalTable, map: (expr: Expr, target: string) => Expr): LogicalTable {
  const columns = mapSame(table.columns, (column) => mapColumn(column, (expr) => map(expr, column.path)));
  const constraints = mapSame(table.constraints, (constraint) => {
    const predicate = map(constraint.predicate, constraint.name);
    return predicate === constraint.predicate ? constraint : { ...constraint, predicate };
  });
  const expr = table.weigh && map(table.weigh.expr, 'weigh');
  const weigh = table.weigh && expr && expr !== table.weigh.expr ? { ...table.weigh, expr } : table.weigh;
  const same = columns === table.columns && constraints === table.constraints && weigh === table.weigh;
  return same ? table : { ...table, columns, constraints, weigh };
}

function mapColumn(column: LogicalColumn, map: (expr: Expr) => Expr): LogicalColumn {
  const expr = map(column.expr);
  const missing = column.missing && map(column.missing.expr);
  const missingAs = column.missingAs && map(column.missingAs);
  const same =
    expr === column.expr && missing === (column.missing?.expr ?? null) && missingAs === column.missingAs;
  if (same) return column;
  return {
    ...column,
    expr,
    missing: column.missing && missing && { ...column.missing, expr: missing },
    missingAs,
  };
}

/** Array.map that returns the same array when no item changed. */
export function mapSame<T>(items: readonly T[], map: (item: T) => T): readonly T[] {
  const mapped = items.map(map);
  return mapped.every((item, i) => item === items[i]) ? items : mapped;
}
