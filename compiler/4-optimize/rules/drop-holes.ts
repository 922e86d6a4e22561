import type { LogicalColumn } from '../../3-plan/logical-plan.ts';
import { mapSame, mapTables } from '../map.ts';
import type { Rule, RuleFiring } from '../rule.ts';

/** `missing: 0` and `missing: false` cut nothing. A sentinel stays: it is one of the column's values. */
export const dropHoles: Rule = {
  name: 'drop-holes',
  doc: 'A column that is never missing is stored without a place for holes.',
  apply: (plan, tools) => {
    const firings: RuleFiring[] = [];
    const dropped = mapTables(plan, (table) => {
      const columns = mapSame(table.columns, (column): LogicalColumn => {
        const { missing, missingAs } = column;
        if (missing?.expr.op !== 'constant' || missingAs !== null) return column;
        const { value, span } = missing.expr;
        if (value !== false && Number(value ?? 1) !== 0) return column;
        firings.push({
          rule: 'drop-holes',
          applied: true,
          table: table.name,
          target: column.path,
          before: `missing: ${tools.excerpt(span)}`,
          after: 'never missing',
        });
        return { ...column, missing: null };
      });
      return columns === table.columns ? table : { ...table, columns };
    });
    return { plan: dropped, firings, diagnostics: [] };
  },
};
