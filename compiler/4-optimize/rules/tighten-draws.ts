import { shapeOf } from '../../3-plan/expr.ts';
import type { LogicalColumn, LogicalTable } from '../../3-plan/logical-plan.ts';
import { type Ends, propagate } from '../linear/propagate.ts';
import { toDouble } from '../linear/rational.ts';
import { mapSame, mapTables } from '../map.ts';
import type { Rule, RuleFiring, RuleTools } from '../rule.ts';
import { type Bound, truncate } from './truncate-draws.ts';

/**
 * x < y, and y is below 5: then x is, and its law is truncated there. The bound follows from the constraints, so that
 * conditioning on it changes nothing; candidates beyond it are not drawn in vain.
 */
export const tightenDraws: Rule = {
  name: 'tighten-draws',
  doc: 'Bounds that follow from several linear comparisons truncate laws with constant parameters, too.',
  apply: (plan, tools) => {
    const firings: RuleFiring[] = [];
    const tightened = mapTables(plan, (table) => {
      const done = tighten(table, tools);
      firings.push(...done.firings);
      return done.table;
    });
    return { plan: tightened, firings, diagnostics: [] };
  },
};

function tighten(
  table: LogicalTable,
  tools: RuleTools,
): { readonly table: LogicalTable; readonly firings: readonly RuleFiring[] } {
  if (!table.constraints.some(({ lowering }) => lowering.kind === 'open')) return { table, firings: [] };
  const firings: RuleFiring[] = [];
  const { ends, settled } = propagate(table);
  const columns = mapSame(table.columns, (column): LogicalColumn => {
    const found = ends.get(column.path);
    const bound = found && boundOf(column.path, found);
    const done = bound && truncate(column, bound, tools);
    if (!done || typeof done === 'string' || done.empty || shapeOf(done.expr) === shapeOf(column.expr))
      return column;
    const by = [...new Set([found.lo, found.hi].flatMap((end) => [...(end?.by ?? [])]))];
    const names = by.sort((a, b) => a - b).map((index) => table.constraints[index]!.name);
    const rest = settled ? '' : '; bounds still moved after the last round';
    firings.push({
      rule: 'tighten-draws',
      applied: true,
      table: table.name,
      target: column.path,
      before: tools.excerpt(column.expr.span),
      after: `within ${done.shown}, by ${names.join(', ')}${rest}`,
    });
    return { ...column, expr: done.expr };
  });
  return { table: columns === table.columns ? table : { ...table, columns }, firings };
}

/** What constraints add to the domain; null where they add nothing. */
function boundOf(path: string, { lo, hi }: Ends): Bound | null {
  const [below, above] = [lo?.by.size ? lo : null, hi?.by.size ? hi : null];
  if (!below && !above) return null;
  return {
    path,
    lo: below ? toDouble(below.at, -1) : -Infinity,
    hi: above ? toDouble(above.at, 1) : Infinity,
    // Where the double is beyond the end it is out as well.
    loOpen: below?.open ?? false,
    hiOpen: above?.open ?? false,
  };
}
