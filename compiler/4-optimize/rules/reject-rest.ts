import type { LogicalConstraint } from '../../3-plan/logical-plan.ts';
import { mapSame, mapTables } from '../map.ts';
import type { Rule } from '../rule.ts';

/** What no other rule took: the constraint's group is redrawn until it holds. */
export const rejectRest: Rule = {
  name: 'reject-rest',
  doc: 'A constraint that nothing cheaper enforces redraws its whole group until it holds.',
  apply: (plan) => {
    const decided = mapTables(plan, (table) => {
      const constraints = mapSame(
        table.constraints,
        (constraint): LogicalConstraint =>
          constraint.lowering.kind === 'open' ? { ...constraint, lowering: { kind: 'reject' } } : constraint,
      );
      return constraints === table.constraints ? table : { ...table, constraints };
    });
    return { plan: decided, firings: [], diagnostics: [] };
  },
};
