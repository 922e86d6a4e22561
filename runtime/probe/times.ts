import type { PhysicalPlan, PhysicalTable } from '../../compiler/5-lower/physical-plan.ts';
import { BATCH_ROWS, createEngine } from '../engine/engine.ts';
import { createShardEncoder } from '../pool/encoder.ts';

/** Rows of each table that are made and encoded, and thrown away. */
const SAMPLE = 2 * BATCH_ROWS;

/**
 * The plan with `nsPerRow` as this machine makes its tables: one thread, from nothing to Parquet in memory. For forecasts
 * only; such times decide nothing, and the plan's hash does not know them.
 */
export async function timed(plan: PhysicalPlan, blobs: Uint8Array): Promise<PhysicalPlan> {
  const hooks = { cancelled: () => false, progress: () => {} };
  const encoder = await createShardEncoder(plan, createEngine(plan, blobs), BATCH_ROWS, hooks);
  const make = async ({ name, rows }: PhysicalTable): Promise<number> => {
    const end = Math.min(rows, SAMPLE);
    const start = performance.now();
    for await (const _ of encoder.encode({ table: name, shard: 0, start: 0, end, file: '' }));
    return ((performance.now() - start) * 1e6) / end;
  };
  const tables: PhysicalTable[] = [];
  for (const table of plan.tables) {
    // The first time compiles the code.
    await make(table);
    tables.push({ ...table, estimate: { ...table.estimate, nsPerRow: await make(table) } });
  }
  return { ...plan, tables };
}
