import type { EngineKernels } from './engine-kernels.ts';
import type { Arena } from './memory.ts';
import type { TableProgram } from './program.ts';
import type { Cell } from './slots.ts';

/** What an engine is made of; its memory is the only thing in it that changes. */
export type Machine = {
  readonly arena: Arena;
  readonly kernels: EngineKernels;
  readonly tables: ReadonlyMap<string, TableProgram>;
  /** Pointers to the plan's blobs. */
  readonly blobs: readonly number[];
  /** By kind and value: filled to the most rows of a batch. */
  readonly constants: ReadonlyMap<string, Cell>;
  /** Literals of templates, as UTF-8. */
  readonly literals: ReadonlyMap<string, Literal>;
};

export type Literal = { readonly pointer: number; readonly bytes: number };

/**
 * Some rows of one table, and what of them is known so far. Batches, candidates of a group and the parents that a
 * batch refers to are all frames.
 */
export type Frame = {
  readonly table: TableProgram;
  readonly n: number;
  /** Row numbers (i64). */
  readonly rows: number;
  /** By group: attempts (u32), {@link FIRST} when all are 0, {@link OPEN} as long as nobody knows. */
  readonly attempts: number[];
  readonly cells: (Cell | undefined)[];
  /** By reference step: the parent rows that it holds. */
  readonly parents: Map<number, Parents>;
  readonly origin: Origin;
};

/** `at[i]` (u32) is the parent of row i among the frame's rows; i itself where `at` is 0. */
export type Parents = { readonly frame: Frame; readonly at: number };

export const OPEN = -1;
export const FIRST = 0;

export type Origin =
  | { readonly kind: 'batch' }
  /** Candidate i stands for row `at[i]` (u32) of `frame`, with another attempt of the group. */
  | { readonly kind: 'retry'; readonly frame: Frame; readonly at: number; readonly group: number }
  /** Candidate i is row `at[i]` (u32) of `frame`, the same attempts: those that are not rejected yet. */
  | { readonly kind: 'survivors'; readonly frame: Frame; readonly at: number; readonly group: number }
  /** Row i is the parent of row `child[i]` (u32) of `frame`, and perhaps of others; of row i where `child` is 0. */
  | { readonly kind: 'parent'; readonly frame: Frame; readonly child: number }
  /** One row of `frame`, looked at again to see what went wrong. */
  | { readonly kind: 'inspect'; readonly frame: Frame; readonly index: number };

export function makeFrame(table: TableProgram, n: number, rows: number, origin: Origin): Frame {
  return {
    table,
    n,
    rows,
    attempts: new Array<number>(table.groups.length).fill(OPEN),
    cells: new Array<Cell | undefined>(table.steps.length).fill(undefined),
    parents: new Map(),
    origin,
  };
}

export const rowAt = ({ arena }: Machine, frame: Frame, index: number): number =>
  Number(new BigInt64Array(arena.memory.buffer, frame.rows, frame.n)[index] ?? 0n);

const u32At = ({ arena }: Machine, pointer: number, index: number): number =>
  new Uint32Array(arena.memory.buffer, pointer, index + 1)[index] ?? 0;

/** The row of the batch that a frame's row was computed for. */
export function rootOf(
  machine: Machine,
  frame: Frame,
  index: number,
): { readonly table: string; readonly row: number } {
  let at = index;
  let current = frame;
  for (;;) {
    const { origin } = current;
    switch (origin.kind) {
      case 'batch':
        return { table: current.table.name, row: rowAt(machine, current, at) };
      case 'retry':
      case 'survivors':
        at = u32At(machine, origin.at, at);
        break;
      case 'inspect':
        at = origin.index;
        break;
      case 'parent':
        if (origin.child !== 0) at = u32At(machine, origin.child, at);
        break;
    }
    current = origin.frame;
  }
}

export function cellOf(frame: Frame, step: number): Cell {
  const cell = frame.cells[step];
  if (cell === undefined)
    throw new Error(`plan: step ${step} of ${frame.table.name} is read before it is computed`);
  return cell;
}
