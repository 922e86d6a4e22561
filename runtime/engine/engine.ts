import type { PhysicalPlan, Slot } from '../../compiler/5-lower/physical-plan.ts';
import { type Kernels, loadKernels } from '../../stdlib/kernels/load.ts';
import { raise } from './blame.ts';
import { type Batch, columnView } from './column-view.ts';
import { type Judged, judgeCandidates, resolveGroup } from './conditioning.ts';
import { fillConstants, storeLiterals } from './constants.ts';
import { engineKernels } from './engine-kernels.ts';
import { evaluate } from './evaluate.ts';
import { cellOf, FIRST, type Frame, type Machine, makeFrame, OPEN } from './frame.ts';
import { type Arena, createArena } from './memory.ts';
import { firstPoison } from './poison.ts';
import { type TableProgram, tablePrograms } from './program.ts';

export type { Batch, ColumnView } from './column-view.ts';

/** Row numbers from `start` on, or any others in any order (repeats too). */
export type Rows = { readonly start: number; readonly count: number } | readonly number[];

export type Engine = {
  /**
   * Computes steps of a table for some of its rows, at most `batchRows` of them. The batch's views are good until the
   * next call. A row's values do not depend on which rows or steps are asked for beside it.
   *
   * @throws {RunFault} where a row has a fault. The engine can be used again.
   * @throws {RangeError} for rows that the table does not have, or too many.
   */
  evaluate(table: string, rows: Rows, steps: readonly number[]): Batch;
  /** Candidates that the last batch's rows took, by group of its table; 0 where the group was not conditioned. */
  candidates(): readonly number[];
  /** The attempt, from 0, at which each row's candidate of a group was accepted. Throws as `evaluate` does. */
  attempts(table: string, rows: Rows, group: number): readonly number[];
  /** Judges candidates of a group, candidate i being row `rows[i]` at attempt `attempts[i]`: to estimate its acceptance. */
  judge(table: string, rows: readonly number[], attempts: readonly number[], group: number): Judged;
};

export const BATCH_ROWS = 8192;

export type EngineOptions = {
  /** The most rows of a batch. */
  readonly batchRows?: number;
  /** An instance of its own: others by the same names may time or count the calls. */
  readonly kernels?: Kernels;
};

/** An engine with memory of its own: what it needs besides the plan's blobs and constants is that of one batch. */
export function createEngine(
  plan: PhysicalPlan,
  blobs: Uint8Array,
  { batchRows = BATCH_ROWS, kernels = loadKernels() }: EngineOptions = {},
): Engine {
  const { exports, memory, heapBase } = kernels;
  const arena = createArena(memory, heapBase);
  const pointers = plan.blobs.map(({ offset, bytes }) =>
    store(arena, blobs.subarray(offset, offset + bytes)),
  );
  const machine: Machine = {
    arena,
    kernels: engineKernels(exports),
    tables: tablePrograms(plan, exports, pointers),
    blobs: pointers,
    constants: fillConstants(plan, arena, batchRows),
    literals: storeLiterals(plan, arena),
  };
  const bottom = arena.mark();
  let last: Frame | null = null;

  function begin(name: string, rows: Rows): Frame {
    const table = machine.tables.get(name);
    if (table === undefined) throw new RangeError(`there is no table ${name}`);
    const n = 'count' in rows ? rows.count : rows.length;
    if (n > batchRows) throw new RangeError(`${n} rows asked for, a batch has ${batchRows}`);
    arena.release(bottom);
    return makeFrame(table, n, rowNumbers(machine, rows, table.rows), { kind: 'batch' });
  }

  return {
    evaluate(name, rows, steps) {
      const frame = begin(name, rows);
      const { n, table } = frame;
      last = frame;
      for (const step of steps) evaluate(machine, frame, step);
      for (const step of steps) {
        const first = firstPoison(machine, slotOf(table, step), cellOf(frame, step), n);
        if (first >= 0) raise(machine, frame, first, step);
      }
      return { rows: n, column: (step) => columnView(memory, slotOf(table, step), cellOf(frame, step), n) };
    },
    candidates: () =>
      (last?.attempts ?? []).map((attempts) => {
        const n = last?.n ?? 0;
        if (attempts === OPEN) return 0;
        if (attempts === FIRST) return n;
        return new Uint32Array(memory.buffer, attempts, n).reduce((sum, attempt) => sum + attempt, n);
      }),
    attempts(name, rows, group) {
      const frame = begin(name, rows);
      resolveGroup(machine, frame, group);
      const found = frame.attempts[group] ?? FIRST;
      if (found === FIRST) return new Array<number>(frame.n).fill(0);
      return Array.from(new Uint32Array(memory.buffer, found, frame.n));
    },
    judge(name, rows, attempts, group) {
      const frame = begin(name, rows);
      const pointer = arena.take(rows.length * 4);
      new Uint32Array(memory.buffer, pointer, rows.length).set(attempts);
      frame.attempts[group] = pointer;
      return judgeCandidates(machine, frame, group);
    },
  };
}

function slotOf(table: TableProgram, step: number): Slot {
  const program = table.steps[step];
  if (program === undefined) throw new RangeError(`${table.name} has no step ${step}`);
  return program.slot;
}

function store(arena: Arena, bytes: Uint8Array): number {
  const pointer = arena.take(bytes.length);
  new Uint8Array(arena.memory.buffer, pointer, bytes.length).set(bytes);
  return pointer;
}

function rowNumbers({ arena, kernels }: Machine, rows: Rows, limit: number): number {
  if ('count' in rows) {
    const { start, count } = rows;
    inTable(start, limit);
    if (count > 0) inTable(start + count - 1, limit);
    const pointer = arena.take(count * 8);
    kernels.rowRange(count, BigInt(start), pointer);
    return pointer;
  }
  const pointer = arena.take(rows.length * 8);
  const halves = new Uint32Array(arena.memory.buffer, pointer, rows.length * 2);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? -1;
    inTable(row, limit);
    halves[2 * i] = row % 2 ** 32;
    halves[2 * i + 1] = Math.floor(row / 2 ** 32);
  }
  return pointer;
}

function inTable(row: number, limit: number): void {
  if (!Number.isInteger(row) || row < 0 || row >= limit) throw new RangeError(`row ${row} of ${limit}`);
}
