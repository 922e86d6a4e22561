import type { Slot, StepBody } from '../../compiler/5-lower/physical-plan.ts';
import { raise } from './blame.ts';
import { evaluate } from './evaluate.ts';
import { cellOf, type Frame, type Machine, makeFrame, type Parents } from './frame.ts';
import { type Cell, itemBytes, takeSlot, valueBytes } from './slots.ts';
import { validBoth } from './valid.ts';

type Read = StepBody & { op: 'parent' };

/** A column of the parents that a reference holds. Null where the reference is. */
export function readParent(machine: Machine, frame: Frame, slot: Slot, body: Read): Cell {
  const parents =
    frame.parents.get(body.ref) ??
    parentsTaken(machine, frame, body.ref) ??
    makeParents(machine, frame, body);
  frame.parents.set(body.ref, parents);
  const found = evaluate(machine, parents.frame, body.step);
  const cell = parents.at === 0 ? found : spread(machine, slot, found, parents.at, frame.n);
  return { ...cell, valid: validBoth(machine, frame.n, cell.valid, cellOf(frame, body.ref).valid) };
}

/** Survivors' parents are among those of the candidates that they are some of. */
function parentsTaken({ arena, kernels }: Machine, { origin, n }: Frame, ref: number): Parents | null {
  const known = origin.kind === 'survivors' ? origin.frame.parents.get(ref) : undefined;
  if (origin.kind !== 'survivors' || known === undefined || known.at === 0) return null;
  const at = arena.take(n * 4);
  kernels.gather(n, origin.at, known.at, 4, at);
  return { frame: known.frame, at };
}

/**
 * The rows that a reference holds, as a frame of their table; a null reference holds row 0. Where rows repeat, as those of
 * popular parents do, each is there once.
 */
function makeParents(machine: Machine, frame: Frame, { ref, table, repeats }: Read): Parents {
  const { arena, kernels, tables } = machine;
  const { n } = frame;
  const program = tables.get(table);
  if (program === undefined) throw new Error(`plan: there is no table ${table}`);
  const { data, valid } = cellOf(frame, ref);
  const rows = arena.take(n * 8);
  const astray = Number(kernels.parentRows(n, data, valid, BigInt(program.rows), rows));
  if (astray >= 0) raise(machine, frame, astray, ref);

  const apart = (): Parents => ({
    frame: makeFrame(program, n, rows, { kind: 'parent', frame, child: 0 }),
    at: 0,
  });
  if (!repeats) return apart();
  const mark = arena.mark();
  const distinct = arena.take(n * 8);
  const child = arena.take(n * 4);
  const at = arena.take(n * 4);
  const kept = arena.mark();
  const capacity = 2 ** (32 - Math.clz32(2 * n));
  const found = Number(kernels.distinct(n, rows, arena.take(capacity * 4), capacity, distinct, child, at));
  if (found > n * WORTHWHILE) {
    arena.release(mark);
    return apart();
  }
  arena.release(kept);
  return { frame: makeFrame(program, found, distinct, { kind: 'parent', frame, child }), at };
}

/** Above this share of distinct rows, spreading columns would cost more than the repeated rows do. */
const WORTHWHILE = 0.75;

function spread({ arena, kernels }: Machine, slot: Slot, cell: Cell, at: number, n: number): Cell {
  const { data, items } = takeSlot(arena, slot, n);
  const bytes = valueBytes(slot.kind, slot.width);
  if (bytes === null) kernels.gatherItems(n, at, cell.data, cell.items, itemBytes(slot.kind), data, items);
  else kernels.gather(n, at, cell.data, bytes, data);
  if (cell.valid === 0) return { data, items, valid: 0 };
  const valid = arena.take(n);
  kernels.gather(n, at, cell.valid, 1, valid);
  return { data, items, valid };
}
