import { type Expr, subexpressions } from '../../3-plan/expr.ts';
import { isChecked, type LogicalPlan } from '../../3-plan/logical-plan.ts';
import { mapTables } from '../map.ts';
import type { Rule, RuleFiring } from '../rule.ts';

/** Hidden columns that nothing stored, checked or weighed reads are not made. Draws are keyed by name: no other cell changes. */
export const dropDeadColumns: Rule = {
  name: 'drop-dead-columns',
  doc: 'A hidden column that nothing reads is not made.',
  apply: (plan, tools) => {
    const live = liveColumns(plan);
    const firings: RuleFiring[] = [];
    const trimmed = mapTables(plan, (table) => {
      const dead = table.columns.filter((column) => !live.has(key(table.name, column.path)));
      if (dead.length === 0) return table;
      for (const column of dead) {
        firings.push({
          rule: 'drop-dead-columns',
          applied: true,
          table: table.name,
          target: column.path,
          before: tools.excerpt(column.expr.span),
          after: '—',
        });
      }
      return { ...table, columns: table.columns.filter((column) => !dead.includes(column)) };
    });
    return { plan: trimmed, firings, diagnostics: [] };
  },
};

const key = (table: string, path: string): string => JSON.stringify([table, path]);

function liveColumns(plan: LogicalPlan): ReadonlySet<string> {
  const live = new Set<string>();
  const tables = new Map(plan.tables.map((table) => [table.name, table]));
  const mark = (table: string, path: string): void => {
    if (live.has(key(table, path))) return;
    live.add(key(table, path));
    const column = tables.get(table)?.columns.find((candidate) => candidate.path === path);
    if (!column) return;
    for (const expr of [column.expr, column.missing?.expr, column.missingAs]) if (expr) reach(table, expr);
  };
  const reach = (table: string, root: Expr): void => {
    for (const expr of subexpressions(root)) {
      if (expr.op === 'column') mark(table, expr.path);
      if (expr.op === 'parent') mark(expr.table, expr.path);
      if (expr.op === 'draw' && expr.by) mark(expr.by.table, expr.by.path);
    }
  };
  for (const table of plan.tables) {
    for (const column of table.columns) if (!column.hidden) mark(table.name, column.path);
    // References are stored as keys.
    if (table.key) mark(table.name, table.key);
    for (const constraint of table.constraints)
      if (isChecked(constraint)) reach(table.name, constraint.predicate);
    if (table.weigh) reach(table.name, table.weigh.expr);
  }
  return live;
}
