import type { PhysicalPlan } from '../../compiler/5-lower/physical-plan.ts';
import type { Engine } from '../engine/engine.ts';
import { Cancelled, type Hooks } from '../pool/cancelled.ts';
import type { ScanRange } from '../pool/messages.ts';
import { createGrouper } from './group-rows.ts';
import type { Scan } from './layout.ts';
import { writePlaces } from './scratch.ts';

/** Rows of a scan: places in it fit into 32 bits, and a run has some to share among its workers. */
export const SCAN_ROWS = 2 ** 20;

/** The first pass over a table that is partitioned: only the partition columns of a range's rows are computed. */
export function createScanner(
  plan: PhysicalPlan,
  engine: Engine,
  batchRows: number,
  { cancelled, progress }: Hooks,
): (out: string, range: ScanRange) => Scan {
  return (out, { table: name, start, end, file }) => {
    const table = plan.tables.find((candidate) => candidate.name === name);
    if (!table?.partition) throw new Error(`the plan has no partitioned table ${name}`);
    const { columns } = table.partition;
    const steps = [...new Set(columns.map(({ step }) => step))];
    const grouper = createGrouper(columns);
    for (let from = start; from < end; from += batchRows) {
      if (cancelled()) throw new Cancelled();
      const count = Math.min(batchRows, end - from);
      grouper.add(engine.evaluate(name, { start: from, count }, steps), from - start);
      progress(from + count - start);
    }
    return { file, start, found: writePlaces(out, file, grouper.groups()) };
  };
}
