import type { PhysicalPlan } from '../../compiler/5-lower/physical-plan.ts';
import { createEngine } from '../engine/engine.ts';

/** Rows that are conditioned to estimate a group's acceptance: spread evenly over the table, the same everywhere. */
const SAMPLE = 2048;
/** Standard errors below the estimate: one group in a thousand accepts less than its lower end. */
const CONFIDENCE = 3.1;

export type Acceptance = { readonly share: number; readonly low: number };
/** By table and group: compile's `Estimates`. */
export type Measured = { readonly acceptance: Readonly<Record<string, readonly Acceptance[]>> };

/**
 * Runs every group of a plan on a fixed sample of rows. The tries that rows need are geometric, so n rows in t tries
 * estimate the acceptance by n / t with relative standard error √((1 − a) / n).
 *
 * @throws {RunFault} where a sampled row runs out of tries, or meets a fault.
 */
export function probe(plan: PhysicalPlan, blobs: Uint8Array): Measured {
  const engine = createEngine(plan, blobs, { batchRows: SAMPLE });
  const acceptance = Object.fromEntries(
    plan.tables.map((table) => {
      const n = Math.min(SAMPLE, table.rows);
      const rows = Array.from({ length: n }, (_, i) => Math.floor((i * table.rows) / n));
      const groups = table.groups.map((_, group) => {
        const tries = engine.attempts(table.name, rows, group).reduce((sum, attempt) => sum + attempt + 1, 0);
        const share = n / tries;
        return { share, low: share / (1 + CONFIDENCE * Math.sqrt((1 - share) / n)) };
      });
      return [table.name, groups] as const;
    }),
  );
  return { acceptance };
}
