import { callOf } from '../../3-plan/calls.ts';
import { type Expr, subexpressions } from '../../3-plan/expr.ts';
import type { LogicalConstraint } from '../../3-plan/logical-plan.ts';
import { conjuncts } from '../conjuncts.ts';
import { mapTables } from '../map.ts';
import type { Rule, RuleFiring, RuleTools } from '../rule.ts';

/**
 * `a and b` is not false where neither is: two constraints, each to be met in its own way. Conditions on the same columns
 * stay together, so that the two ends of an interval are one.
 */
export const splitConjunctions: Rule = {
  name: 'split-conjunctions',
  doc: 'A conjunction of conditions on different columns is as many constraints.',
  apply: (plan, tools) => {
    const firings: RuleFiring[] = [];
    const split = mapTables(plan, (table) => {
      const constraints = table.constraints.flatMap((constraint) => {
        const parts = constraint.lowering.kind === 'open' ? partsOf(constraint, tools) : [constraint];
        if (parts.length > 1) {
          firings.push({
            rule: 'split-conjunctions',
            applied: true,
            table: table.name,
            target: constraint.name,
            before: tools.excerpt(constraint.span),
            after: parts.map(({ span }) => tools.excerpt(span)).join('; '),
          });
        }
        return parts;
      });
      return constraints.length === table.constraints.length ? table : { ...table, constraints };
    });
    return { plan: split, firings, diagnostics: [] };
  },
};

/** Conjuncts by the columns that they read. */
function partsOf(constraint: LogicalConstraint, tools: RuleTools): readonly LogicalConstraint[] {
  const byColumns = new Map<string, Expr>();
  for (const conjunct of conjuncts(constraint.predicate)) {
    const columns = subexpressions(conjunct).flatMap((each) => (each.op === 'column' ? [each.path] : []));
    const key = JSON.stringify([...new Set(columns)].sort());
    const before = byColumns.get(key);
    byColumns.set(key, before ? both(before, conjunct) : conjunct);
  }
  if (byColumns.size === 1) return [constraint];
  const unnamed = constraint.name === tools.excerpt(constraint.span);
  return [...byColumns.values()].map((predicate) => ({
    ...constraint,
    name: unnamed ? tools.excerpt(predicate.span) : constraint.name,
    span: predicate.span,
    predicate,
  }));
}

const both = (a: Expr, b: Expr): Expr =>
  callOf('and', [a, b], {
    start: Math.min(a.span.start, b.span.start),
    end: Math.max(a.span.end, b.span.end),
  });
