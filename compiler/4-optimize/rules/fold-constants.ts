import type { Value } from '../../../stdlib/value.ts';
import type { Expr } from '../../3-plan/expr.ts';
import { foldAll } from '../constant.ts';
import { mapExprs, mapTables } from '../map.ts';
import type { Rule, RuleFiring } from '../rule.ts';

/** Calls, casts, choices and templates of constants become constants, by the kernels that would compute them a row. */
export const foldConstants: Rule = {
  name: 'fold-constants',
  doc: 'An expression of constants is computed once, at compile time.',
  apply: (plan, tools) => {
    const firings: RuleFiring[] = [];
    const folded = mapTables(plan, (table) =>
      mapExprs(table, (expr, target) => {
        const folds: Fold[] = [];
        const result = foldAll(expr, tools, (before, after) => folds.push({ before, after }));
        for (const { before, after } of outermost(folds)) {
          firings.push({
            rule: 'fold-constants',
            applied: true,
            table: table.name,
            target,
            before: tools.excerpt(before.span),
            after: String(after),
          });
        }
        return result;
      }),
    );
    return { plan: folded, firings, diagnostics: [] };
  },
};

type Fold = { readonly before: Expr; readonly after: Value };

/** What was folded on the way to a larger fold is no news. */
const outermost = (folds: readonly Fold[]): readonly Fold[] =>
  folds.filter(
    ({ before }, i) =>
      !folds
        .slice(i + 1)
        .some(({ before: { span } }) => span.start <= before.span.start && before.span.end <= span.end),
  );
