import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { drawsIn } from './groups.ts';
import { isChecked, type LogicalPlan } from './logical-plan.ts';

/**
 * Constraints and weights that read only what is given (row numbers, permutations, unique texts): there is nothing to draw
 * again, so a row that fails one fails for good.
 */
export function givenOnly(plan: LogicalPlan): readonly Diagnostic[] {
  return plan.tables.flatMap((table) => {
    const draws = drawsIn(table);
    const conditions = table.constraints
      .filter(isChecked)
      .map(({ predicate, span }) => ({ expr: predicate, span }));
    const weights = table.weigh ? [{ expr: table.weigh.expr, span: table.weigh.expr.span }] : [];
    return [...conditions, ...weights]
      .filter(({ expr }) => draws(expr).size === 0)
      .map(({ span }) =>
        diagnose(
          'TVD4003',
          { table: table.name },
          { span, text: 'depends on no draw' },
          {
            help: [{ text: 'give the table the rows that satisfy it, or let it read a drawn column' }],
          },
        ),
      );
  });
}
