import type { PhysicalPlan, PhysicalTable, Slot } from '../../compiler/5-lower/physical-plan.ts';
import { type Kernel, type Kernels, loadKernels } from '../../stdlib/kernels/load.ts';
import { BATCH_ROWS, createEngine } from '../engine/engine.ts';
import { itemBytes, valueBytes } from '../engine/slots.ts';

/** One place where a kernel is called: nanoseconds a row, and bytes of texts, lists and vectors that a row is read or written. */
export type KernelTime = { readonly kernel: string; readonly bytes: number; readonly ns: number };

/** Rounds before any is counted: the first ones compile the code. */
const WARM = 3;
/** Batches of one row in a round. */
const BATCHES = 64;
/** A call on fewer rows says more of the call than of the row. */
const ENOUGH = BATCH_ROWS / 8;

/**
 * Every kernel call of a plan, its steps' and the engine's own, timed as a run makes it: a batch of each table in turn,
 * medians over the rounds. Tables need as many batches as there are rounds.
 */
export function timeKernels(plan: PhysicalPlan, blobs: Uint8Array, rounds: number): readonly KernelTime[] {
  const kernels = loadKernels();
  const taken = new Map<string, Calls>();
  const timed = (name: string, { kernel, work }: Callee): [string, Kernel] => {
    const call = kernels.exports[kernel];
    if (call === undefined) throw new Error(`kernels.wasm has no ${kernel}`);
    return [
      name,
      (...parameters) => {
        const start = process.hrtime.bigint();
        const result = call(...parameters);
        const ns = Number(process.hrtime.bigint() - start);
        const rows = Number(parameters[0]);
        if (rows < ENOUGH) return result;
        const { units, bytes } = work(parameters.map(Number), kernels.memory);
        // Calls of one name on rows of other sizes are other places.
        const place = `${name} ${(bytes / units).toPrecision(1)}`;
        const calls = taken.get(place) ?? { kernel, bytes: [], ns: [] };
        taken.set(place, calls);
        calls.bytes.push(bytes / units);
        calls.ns.push(ns / units);
        return result;
      },
    ];
  };
  const exports = Object.fromEntries(
    [...ownCallees(kernels), ...plan.tables.flatMap(stepCallees)].map(([name, callee]) =>
      timed(name, callee),
    ),
  );
  const engine = createEngine({ ...plan, tables: plan.tables.map(namedBySteps) }, blobs, {
    kernels: { ...kernels, exports },
  });
  for (let round = 0; round < WARM + rounds; round++) {
    if (round === WARM) taken.clear();
    for (const { name, paths } of plan.tables)
      engine.evaluate(name, { start: round * BATCH_ROWS, count: BATCH_ROWS }, Object.values(paths));
  }
  return [...taken.values()].map(({ kernel, bytes, ns }) => ({
    kernel,
    bytes: median(bytes),
    ns: median(ns),
  }));
}

/** Nanoseconds of processor time that a call of a kernel takes beside its rows: batches of one row, many a round, medians. */
export function timeCall(plan: PhysicalPlan, blobs: Uint8Array, rounds: number): number {
  const engine = createEngine(plan, blobs);
  const calls = plan.tables.reduce(
    (sum, { steps }) => sum + steps.filter(({ body }) => body.op === 'kernel').length,
    0,
  );
  const times: number[] = [];
  for (let round = 0; round < WARM + rounds; round++) {
    const since = process.cpuUsage();
    for (let row = 0; row < BATCHES; row++)
      for (const { name, paths } of plan.tables)
        engine.evaluate(name, { start: row, count: 1 }, Object.values(paths));
    const { user, system } = process.cpuUsage(since);
    if (round >= WARM) times.push(((user + system) * 1000) / calls / BATCHES);
  }
  return median(times);
}

type Calls = { readonly kernel: string; readonly bytes: number[]; readonly ns: number[] };

/** A kernel under a name of its own; `work` is what a call with these parameters did: rows (or what counts instead), bytes. */
type Callee = {
  readonly kernel: string;
  readonly work: (
    parameters: readonly number[],
    memory: WebAssembly.Memory,
  ) => { readonly units: number; readonly bytes: number };
};

const stepName = (table: string, step: number): string => `${table} ${step}`;

/** The table with a name for every step's kernel, so that each is timed by itself. */
const namedBySteps = (table: PhysicalTable): PhysicalTable => ({
  ...table,
  steps: table.steps.map((each, step) =>
    each.body.op === 'kernel'
      ? { ...each, body: { ...each.body, kernel: stepName(table.name, step) } }
      : each,
  ),
});

function stepCallees({ name, steps }: PhysicalTable): readonly (readonly [string, Callee])[] {
  return steps.flatMap(({ body, slot: out }, step) => {
    if (body.op !== 'kernel') return [];
    let at = 1;
    const read = new Map<number, { readonly at: number; readonly slot: Slot }>();
    for (const operand of body.operands) {
      const slot = 'slot' in operand ? steps[operand.slot]!.slot : null;
      if ('slot' in operand && slot) read.set(operand.slot, { at, slot });
      at += slot ? arraysOf(slot) : 'key' in operand ? 3 : 1;
    }
    const slots = [...read.values(), { at, slot: out }];
    const work: Callee['work'] = (parameters, memory) => {
      const units = parameters[0]!;
      const bytes = slots.map((each) => bytesAt(memory, each.slot, parameters[each.at]!, units));
      return { units, bytes: bytes.reduce((sum, some) => sum + some, 0) };
    };
    return [[stepName(name, step), { kernel: body.kernel, work }] as const];
  });
}

const arraysOf = ({ kind, width }: Slot): number => (valueBytes(kind, width) === null ? 2 : 1);

/** Of what has no fixed size, and of vectors. */
function bytesAt(memory: WebAssembly.Memory, { kind, width }: Slot, pointer: number, rows: number): number {
  if (kind === 'vec') return rows * width * 8;
  if (valueBytes(kind, width) !== null) return 0;
  return (new Uint32Array(memory.buffer, pointer, rows + 1)[rows] ?? 0) * itemBytes(kind);
}

/** The engine's own kernels, by the places of their parameters (stdlib/kernels/assembly/engine.ts, and `concat` of text.ts). */
function ownCallees({ exports }: Kernels): readonly (readonly [string, Callee])[] {
  const texts = (memory: WebAssembly.Memory, offsets: number, rows: number): number =>
    new Uint32Array(memory.buffer, offsets, rows + 1)[rows] ?? 0;
  const special: Readonly<Record<string, Callee['work']>> = {
    concat: ([rows = 0, pieces = 0, , offsets = 0], memory) => ({
      units: rows * pieces,
      bytes: texts(memory, offsets, rows),
    }),
    engine_gather: ([rows = 0, , , width = 0]) => ({ units: rows, bytes: rows * width }),
    engine_scatter: ([rows = 0, , , , width = 0]) => ({ units: rows, bytes: rows * width }),
    engine_gather_items: ([rows = 0, , , , width = 0, offsets = 0], memory) => ({
      units: rows,
      bytes: texts(memory, offsets, rows) * width,
    }),
    engine_poison_str: ([rows = 0, offsets = 0], memory) => ({
      units: rows,
      bytes: texts(memory, offsets, rows),
    }),
  };
  const plain: Callee['work'] = ([rows = 0]) => ({ units: rows, bytes: 0 });
  return Object.keys(exports)
    .filter((name) => name.startsWith('engine_') || name === 'concat')
    .map((kernel) => [kernel, { kernel, work: special[kernel] ?? plain }] as const);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}
