import type { LogicalPlan } from '../3-plan/logical-plan.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { RuleFiring, RuleTools } from './rule.ts';
import { ESSENTIAL, rules } from './rules/index.ts';

export type Optimized = {
  readonly plan: LogicalPlan;
  readonly firings: readonly RuleFiring[];
  readonly diagnostics: readonly Diagnostic[];
};

/** Does a rule's work, and may look at a clock before and after it: phases have none. */
export type Around = <T>(rule: string, work: () => T) => T;

/** Phase 4: each rule once, in order. `without` switches rules off. */
export function optimize(
  plan: LogicalPlan,
  tools: RuleTools,
  without: readonly string[] = [],
  around: Around = (_, work) => work(),
): Optimized {
  return rules
    .filter((rule) => ESSENTIAL.has(rule.name) || !without.includes(rule.name))
    .reduce<Optimized>(
      (before, rule) => {
        const after = around(rule.name, () => rule.apply(before.plan, tools));
        const told = new Set(before.diagnostics.map(({ primary }) => primary.span.start));
        // What one rule finds impossible another may, too.
        const news = after.diagnostics.filter(({ primary }) => !told.has(primary.span.start));
        return {
          plan: after.plan,
          firings: [...before.firings, ...after.firings],
          diagnostics: [...before.diagnostics, ...news],
        };
      },
      { plan, firings: [], diagnostics: [] },
    );
}
