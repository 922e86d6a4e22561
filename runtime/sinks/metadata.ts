import type { PhysicalPlan, PhysicalTable } from '../../compiler/5-lower/physical-plan.ts';

/** What a file says of its making, where its format has a place for it. */
export function fileMetadata(
  plan: PhysicalPlan,
  table: PhysicalTable,
): readonly (readonly [key: string, value: string])[] {
  const comment: readonly (readonly [string, string])[] = table.doc === null ? [] : [['comment', table.doc]];
  return [
    ['tvdd.version', plan.tvdd],
    ['tvdd.spec_hash', plan.specHash],
    ['tvdd.plan_hash', plan.planHash],
    ['tvdd.seed', plan.seed],
    ...comment,
  ];
}
