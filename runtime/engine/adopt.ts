import { isKept } from './closure.ts';
import type { Frame, Machine } from './frame.ts';
import type { Stage } from './judge.ts';
import { takeSlot, valueBytes } from './slots.ts';

/**
 * Accepted candidates of a retry, the i-th being row `to[i]` (u32) of the frame, and row `from[i]` of each of the frames
 * that they were judged in, one after the other.
 */
export type Accepted = { readonly n: number; readonly to: number; readonly stages: readonly Stage[] };

/**
 * Carries over what accepted candidates have computed of the steps that depend on the group. What cannot be carried (texts,
 * lists, views of other slots, parents as such) is forgotten: it is computed again when somebody asks, from the attempts.
 */
export function adopt(machine: Machine, frame: Frame, group: number, { n, to, stages }: Accepted): void {
  const { closure } = frame.table;
  for (const step of closure.dependents[group] ?? []) {
    if (frame.cells[step] === undefined) continue;
    const stage = stages.find((each) => each.frame.cells[step] !== undefined);
    if (stage === undefined || !isCarried(frame, step)) frame.cells[step] = undefined;
    else carry(machine, frame, step, { ...stage, n, to });
  }
  for (const ref of frame.parents.keys()) {
    if (closure.groups[ref]?.includes(group)) frame.parents.delete(ref);
  }
}

/**
 * Gives the frame what only survivors of its first candidates have computed. The places of the others are filled by
 * {@link adopt}: each row is accepted once.
 */
export function place(machine: Machine, frame: Frame, group: number, from: Carried): void {
  const { arena } = machine;
  for (const step of frame.table.closure.dependents[group] ?? []) {
    const cell = from.frame.cells[step];
    const slot = frame.table.steps[step]?.slot;
    if (frame.cells[step] !== undefined || cell === undefined || slot === undefined) continue;
    if (!isCarried(frame, step)) continue;
    const valid = cell.valid === 0 ? 0 : arena.take(frame.n);
    frame.cells[step] = { ...takeSlot(arena, slot, frame.n), valid };
    carry(machine, frame, step, from);
  }
}

type Carried = Stage & { readonly n: number; readonly to: number };

function carry({ kernels }: Machine, frame: Frame, step: number, carried: Carried): void {
  const cell = frame.cells[step];
  const source = carried.frame.cells[step];
  const slot = frame.table.steps[step]?.slot;
  const bytes = slot === undefined ? null : valueBytes(slot.kind, slot.width);
  if (cell === undefined || source === undefined || bytes === null) return;
  const { n, from, to } = carried;
  kernels.scatter(n, from, to, source.data, bytes, cell.data);
  if (cell.valid !== 0) kernels.scatter(n, from, to, source.valid, 1, cell.valid);
}

function isCarried(frame: Frame, step: number): boolean {
  const program = frame.table.steps[step];
  return program !== undefined && isKept(program);
}
