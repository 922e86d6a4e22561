import type { Group, PhysicalPlan, PhysicalTable, Slot, Step } from '../../compiler/5-lower/physical-plan.ts';
import type { Operand } from '../../stdlib/define.ts';
import type { Kernels } from '../../stdlib/kernels/load.ts';
import { type Closure, closureOf } from './closure.ts';
import { type Kernel, named } from './engine-kernels.ts';
import { valueBytes } from './slots.ts';

/** A table's steps, resolved against kernels and blobs: what the engine walks. */
export type TableProgram = {
  readonly name: string;
  readonly rows: number;
  readonly steps: readonly Step[];
  readonly groups: readonly GroupProgram[];
  readonly closure: Closure;
  /** By step; null for steps that call no kernel. */
  readonly calls: readonly (KernelCall | null)[];
};

export type GroupProgram = Group & { readonly weighStream: bigint };

/** A kernel call with its constant parameters in place; `holes` are filled before each call. */
export type KernelCall = {
  readonly kernel: Kernel;
  readonly parameters: (number | bigint)[];
  readonly holes: readonly Hole[];
  /** Where the pointers of the output begin. */
  readonly out: number;
  readonly nulls: 'strict' | 'never' | 'kernel';
  /** Slot operands, for strict nulls. */
  readonly operands: readonly number[];
};

export type Hole = { readonly at: number } & (
  | { readonly fill: 'slot'; readonly step: number; readonly arrays: 1 | 2 }
  | { readonly fill: 'valid'; readonly step: number }
  | { readonly fill: 'rows' }
  | { readonly fill: 'attempts'; readonly group: number }
  | { readonly fill: 'scratch'; readonly bytes: number }
);

export function tablePrograms(
  plan: PhysicalPlan,
  kernels: Kernels['exports'],
  blobs: readonly number[],
): ReadonlyMap<string, TableProgram> {
  return new Map(plan.tables.map((table) => [table.name, tableProgram(table, kernels, blobs)]));
}

function tableProgram(
  table: PhysicalTable,
  kernels: Kernels['exports'],
  blobs: readonly number[],
): TableProgram {
  const closure = closureOf(table);
  for (const [number, group] of table.groups.entries()) {
    for (const other of groupsRead(closure, group)) {
      const back = table.groups[other];
      if (other !== number && back !== undefined && groupsRead(closure, back).includes(number)) {
        throw new Error(`plan: groups ${number} and ${other} of ${table.name} read each other: they are one`);
      }
    }
  }
  return {
    name: table.name,
    rows: table.rows,
    steps: table.steps,
    groups: table.groups.map((group) => ({ ...group, weighStream: BigInt(group.weigh?.key ?? 0) })),
    closure,
    calls: table.steps.map((step) => {
      if (step.body.op !== 'kernel') return null;
      const kernel = named(kernels, step.body.kernel);
      return kernelCall(kernel, step.body.operands, step.body.nulls, step.slot, table.steps, blobs);
    }),
  };
}

const groupsRead = (closure: Closure, { checks, weigh }: Group): readonly number[] =>
  [...checks, ...(weigh === null ? [] : [weigh])].flatMap(({ step }) => closure.groups[step] ?? []);

function kernelCall(
  kernel: Kernel,
  operands: readonly Operand[],
  nulls: KernelCall['nulls'],
  slot: Slot,
  steps: readonly Step[],
  blobs: readonly number[],
): KernelCall {
  const parameters: (number | bigint)[] = [0];
  const holes: Hole[] = [];
  for (const operand of operands) {
    const at = parameters.length;
    if ('slot' in operand) {
      const arrays = arraysOf(steps[operand.slot]?.slot);
      holes.push({ at, fill: 'slot', step: operand.slot, arrays });
      for (let i = 0; i < arrays; i++) parameters.push(0);
    } else if ('valid' in operand) {
      holes.push({ at, fill: 'valid', step: operand.valid });
      parameters.push(0);
    } else if ('blob' in operand) {
      const pointer = blobs[operand.blob];
      if (pointer === undefined) throw new Error(`plan: there is no blob ${operand.blob}`);
      parameters.push(pointer);
    } else if ('i32' in operand) {
      parameters.push(operand.i32);
    } else if ('f64' in operand) {
      parameters.push(operand.f64);
    } else if ('i64' in operand) {
      parameters.push(BigInt(operand.i64));
    } else if ('key' in operand) {
      parameters.push(BigInt(operand.key), 0, 0);
      holes.push({ at: at + 1, fill: 'rows' });
      if (operand.group !== null) holes.push({ at: at + 2, fill: 'attempts', group: operand.group });
    } else {
      holes.push({ at, fill: 'scratch', bytes: operand.scratch });
      parameters.push(0);
    }
  }
  const out = parameters.length;
  for (let i = 0; i < arraysOf(slot) + (nulls === 'kernel' ? 1 : 0); i++) parameters.push(0);
  const read = operands.flatMap((operand) => ('slot' in operand ? [operand.slot] : []));
  return { kernel, parameters, holes, out, nulls, operands: [...new Set(read)] };
}

const arraysOf = (slot: Slot | undefined): 1 | 2 =>
  slot !== undefined && valueBytes(slot.kind, slot.width) === null ? 2 : 1;
