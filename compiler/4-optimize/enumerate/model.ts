import type { LawDefinition } from '../../../stdlib/define.ts';
import type { Expr } from '../../3-plan/expr.ts';
import type { LogicalPlan, LogicalTable } from '../../3-plan/logical-plan.ts';
import type { RuleTools } from '../rule.ts';
import { createFiniteModel, type FiniteModel } from './finite-model.ts';
import { cutAt } from './line.ts';
import { NotFinite } from './not-finite.ts';
import { type Threshold, thresholdsIn } from './thresholds.ts';

/**
 * A table's draws as a finite model of some conditions. A draw on the line that conditions only compare with what is
 * finite is a choice of intervals: it is cut wherever one of them may change.
 */
export function modelOf(
  conditions: readonly Expr[],
  table: LogicalTable,
  plan: LogicalPlan,
  tools: RuleTools,
): FiniteModel {
  const finite = createFiniteModel(table, plan, tools, new Map());
  const cuts = new Map<string, number[]>();
  for (const condition of conditions) {
    for (const { stream, at } of cutsIfFinite(condition, finite, tools.laws))
      cuts.set(stream, [...(cuts.get(stream) ?? []), ...at]);
  }
  const model = createFiniteModel(table, plan, tools, cuts);
  return {
    ...model,
    scopeOf: (expr) => {
      cutsOf(expr, finite, tools.laws);
      return model.scopeOf(expr);
    },
  };
}

type Cuts = { readonly stream: string; readonly at: readonly number[] };
type Laws = ReadonlyMap<string, LawDefinition>;

/** @throws {NotFinite} where a condition reads more than that. */
const cutsOf = (condition: Expr, finite: FiniteModel, laws: Laws): readonly Cuts[] =>
  thresholdsIn(condition, finite, laws).map((threshold) => ({
    stream: threshold.draw.stream,
    at: cutsAt(threshold, finite),
  }));

function cutsIfFinite(condition: Expr, finite: FiniteModel, laws: Laws): readonly Cuts[] {
  try {
    return cutsOf(condition, finite, laws);
  } catch (error) {
    if (error instanceof NotFinite) return [];
    throw error;
  }
}

/** Comparisons with null, and what fails, do not depend on the draw. */
function cutsAt({ at, below, above, rounded, draw }: Threshold, model: FiniteModel): readonly number[] {
  const kind = rounded ? 'rounded' : draw.type.kind === 'int' ? 'integer' : 'real';
  const values = model
    .results(at)
    .filter((value) => typeof value === 'number' || typeof value === 'bigint')
    .map(Number);
  return [...new Set(values)].flatMap((value) => [
    ...(below ? [cutAt(value, false, kind)] : []),
    ...(above ? [cutAt(value, true, kind)] : []),
  ]);
}
