import type { Expr } from '../../3-plan/expr.ts';
import type { LogicalConstraint } from '../../3-plan/logical-plan.ts';
import { diagnose } from '../../diagnostics/diagnose.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { mapSame, mapTables } from '../map.ts';
import type { Rule, RuleFiring } from '../rule.ts';

/** A constraint whose expression can only be true is removed; one that can only be false is an error. */
export const proveConstraints: Rule = {
  name: 'prove-constraints',
  doc: 'A constraint that the laws already guarantee costs nothing.',
  apply: (plan, tools) => {
    const firings: RuleFiring[] = [];
    const diagnostics: Diagnostic[] = [];
    const proved = mapTables(plan, (table) => {
      const constraints = mapSame(table.constraints, (constraint): LogicalConstraint => {
        if (constraint.lowering.kind !== 'open') return constraint;
        const verdict = verdictOf(constraint.predicate);
        if (verdict === 'never') {
          diagnostics.push(
            diagnose(
              'TVD4001',
              { constraint: constraint.name },
              { span: constraint.span, text: 'false for every row' },
            ),
          );
        }
        if (verdict !== 'always') return constraint;
        firings.push({
          rule: 'prove-constraints',
          applied: true,
          table: table.name,
          target: constraint.name,
          before: tools.excerpt(constraint.span),
          after: 'proved: always true',
        });
        return { ...constraint, lowering: { kind: 'proved' } };
      });
      return constraints === table.constraints ? table : { ...table, constraints };
    });
    return { plan: proved, firings, diagnostics };
  },
};

/** Null counts as true (SQL's CHECK). */
export function verdictOf(predicate: Expr): 'always' | 'never' | 'sometimes' {
  if (predicate.op === 'constant') return predicate.value === false ? 'never' : 'always';
  if (predicate.op === 'if') {
    const [then, otherwise] = [predicate.then, predicate.otherwise].map((branch) => verdictOf(branch));
    return then === otherwise ? then! : 'sometimes';
  }
  const { domain } = predicate;
  if (domain.kind !== 'set' || domain.values.length !== 1) return 'sometimes';
  if (domain.values[0] === true) return 'always';
  return domain.nullable ? 'sometimes' : 'never';
}
