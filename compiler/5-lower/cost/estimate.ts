import type { ScalarMath } from '../../../stdlib/define.ts';
import type { PhysicalPlan, PhysicalTable, Step } from '../physical-plan.ts';
import { columnCost } from './column-cost.ts';
import { type Costs, type Written, writtenAs } from './costs.ts';
import { frameCost, type Scene } from './frame-cost.ts';
import { memoryOf } from './memory.ts';
import { costOf, kernelCost, variableBytes } from './step-cost.ts';
import { BATCH, storedSteps, tableFacts } from './table-facts.ts';

/** The plan with what it is estimated to take on the machine that the costs are of. */
export function estimated(
  plan: Omit<PhysicalPlan, 'estimate'>,
  math: ScalarMath,
  costs: Costs,
): PhysicalPlan {
  const scene: Scene = {
    tables: new Map(plan.tables.map((table) => [table.name, tableFacts(table)])),
    costs,
    math,
  };
  return {
    ...plan,
    tables: plan.tables.map((table) => ({
      ...table,
      estimate: { ...table.estimate, nsPerRow: rowCost(scene, table, writtenAs(plan.output)) },
    })),
    estimate: { startNs: costs.startNs, ...memoryOf(plan, scene) },
  };
}

/** From nothing to a file on the disk, one thread. */
function rowCost(scene: Scene, table: PhysicalTable, written: Written): number {
  const { costs } = scene;
  const steps = [...new Set(table.columns.flatMap(storedSteps))];
  const n = Math.min(BATCH, table.rows);
  const rows = Math.min(table.rows, table.shardRows);
  return (
    frameCost(scene, scene.tables.get(table.name)!, steps, n) / n +
    steps.reduce((sum, step) => sum + poisonCost(table.steps[step]!, costs), 0) +
    table.columns.reduce((sum, column) => sum + columnCost(column, table.steps, written, costs), 0) +
    costOf({ ...costs.file, ns: costs.file.ns / rows }, table.estimate.bytesPerRow)
  );
}

/** What is stored is looked through for faults. */
function poisonCost({ slot }: Step, costs: Costs): number {
  if (slot.kind === 'vec') return slot.width * costOf(kernelCost(costs, 'engine_poison_f64'));
  return costOf(kernelCost(costs, `engine_poison_${slot.kind}`), variableBytes(slot));
}
