import type {
  OutputColumn,
  PhysicalPlan,
  PhysicalTable,
  PlanEstimate,
  Slot,
  Step,
} from '../physical-plan.ts';
import { distinctParents } from './distinct.ts';
import { type Scene, WORTHWHILE } from './frame-cost.ts';
import { fixedBytes, variableBytes } from './step-cost.ts';
import {
  BATCH,
  groupsBefore,
  hasItems,
  judgedSteps,
  reached,
  storedSteps,
  type TableFacts,
} from './table-facts.ts';

/** Node with the modules of a run, and what a worker thread adds to that before it has made a row. */
const PROCESS = 100e6;
const WORKER = 75e6;
/** A row group lies in the columns being gathered (texts with room to grow), in the Arrow stream, in the writer, and encoded. */
const COPIES = 8;

/** Resident bytes: workers × (batch + row group) + tables. They do not depend on the rows of any table. */
export function memoryOf(
  plan: Pick<PhysicalPlan, 'tables' | 'blobs'>,
  scene: Scene,
): Omit<PlanEstimate, 'startNs'> {
  const blobs = plan.blobs.reduce((sum, { bytes }) => sum + bytes, 0);
  const constants = plan.tables.flatMap(({ steps }) => steps.filter(({ body }) => body.op === 'constant'));
  const tables = plan.tables.map((table) => batchBytes(scene, table) + unitBytes(table));
  return {
    bytes: PROCESS + blobs,
    bytesPerWorker: WORKER + blobs + BATCH * roomOf(constants) + Math.max(0, ...tables),
  };
}

function batchBytes(scene: Scene, { name, columns }: PhysicalTable): number {
  return frameBytes(scene, scene.tables.get(name)!, columns.flatMap(storedSteps), BATCH);
}

/** What the engine holds at once while it computes steps for n rows: retries and parents are frames beside the batch. */
function frameBytes(scene: Scene, facts: TableFacts, wanted: readonly number[], n: number): number {
  const { table } = facts;
  const groups = [...groupsBefore(facts, wanted)].map((group) => table.groups[group]!);
  const retried = groups.map((group) => {
    const again = [...reached(facts, judgedSteps(group))].map((step) => table.steps[step]!);
    return n * (1 - group.acceptance) * roomOf(again);
  });
  const steps = [...reached(facts, [...wanted, ...groups.flatMap(judgedSteps)])];
  const reads = new Map<number, number[]>();
  for (const step of steps) {
    const { body } = table.steps[step]!;
    if (body.op === 'parent') reads.set(body.ref, [...(reads.get(body.ref) ?? []), step]);
  }
  const parents = [...reads].map(([ref, columns]) => {
    const bodies = columns.flatMap((step) => {
      const { body } = table.steps[step]!;
      return body.op === 'parent' ? [body] : [];
    });
    const parent = scene.tables.get(bodies[0]!.table)!;
    const distinct = distinctParents(table.steps, ref, parent.table.rows, n, scene.math);
    const rows = distinct <= WORTHWHILE * n ? distinct : n;
    return frameBytes(
      scene,
      parent,
      bodies.map(({ step }) => step),
      rows,
    );
  });
  const own = n * roomOf(steps.map((step) => table.steps[step]!));
  return [...parents, Math.max(0, ...retried)].reduce((sum, bytes) => sum + bytes, own);
}

/** Bytes a row that slots take: of texts and lists, the longest that they may be. */
const roomOf = (steps: readonly Step[]): number =>
  steps.reduce((sum, { slot }) => sum + (slot.nullable ? 1 : 0) + slotRoom(slot), 0);

function slotRoom(slot: Slot): number {
  if (!hasItems(slot)) return fixedBytes(slot);
  return 4 + slot.width * (slot.kind === 'str' ? 1 : slot.kind === 'codes' ? 4 : 8);
}

function unitBytes({ columns, steps, unitRows, rows }: PhysicalTable): number {
  return COPIES * Math.min(unitRows, rows) * rawBytes(columns, steps);
}

/** Of a row as Arrow has it. */
function rawBytes(columns: readonly OutputColumn[], steps: readonly Step[]): number {
  return columns.reduce((sum, { body, type }) => {
    if (body.kind === 'struct') return sum + rawBytes(body.fields, steps);
    const { slot } = steps[body.step]!;
    if (hasItems(slot)) return sum + 4 + variableBytes(slot);
    if (type.kind === 'int' || type.kind === 'float') return sum + type.bits / 8;
    return sum + (type.kind === 'decimal' ? 16 : type.kind === 'vector' ? 4 * type.dims : fixedBytes(slot));
  }, 0);
}
