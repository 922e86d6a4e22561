import { createHash } from 'node:crypto';
import type { PhysicalPlan } from './physical-plan.ts';

/**
 * The identity of what a run makes: meaning, seed, rows, versions, rule set, data, format. Not: paths, where things stand in the
 * file, estimates. Two plans of one hash give the same bytes.
 */
export function planHash(
  plan: Omit<PhysicalPlan, 'planHash' | 'estimate'>,
  without: readonly string[],
): string {
  const meaning = {
    ...plan,
    output: [plan.output.format, plan.output.compression],
    tables: plan.tables.map(({ estimate: _, ...table }) => ({
      ...table,
      steps: table.steps.map(({ slot, body }) => ({ slot, body })),
      groups: table.groups.map(({ checks, weigh }) => ({ checks: checks.map(({ step }) => step), weigh })),
    })),
    without: [...without].sort(),
  };
  return createHash('sha256').update(JSON.stringify(meaning)).digest('hex');
}
