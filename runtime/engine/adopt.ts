import type { Frame, Machine } from './frame.ts';
import { valueBytes } from './slots.ts';

/** Accepted candidates: row `from[i]` of the retry is row `to[i]` of the frame (u32 both). */
export type Accepted = { readonly n: number; readonly from: number; readonly to: number };

/**
 * Carries over what accepted candidates have computed of the steps that depend on the group. What cannot be carried (texts,
 * lists, views of other slots, parents as such) is forgotten: it is computed again when somebody asks, from the attempts.
 */
export function adopt(machine: Machine, frame: Frame, retry: Frame, group: number, accepted: Accepted): void {
  const { closure } = frame.table;
  for (const step of closure.dependents[group] ?? []) adoptCell(machine, frame, retry, step, accepted);
  for (const ref of frame.parents.keys()) {
    if (closure.groups[ref]?.includes(group)) frame.parents.delete(ref);
  }
}

function adoptCell({ kernels }: Machine, frame: Frame, retry: Frame, step: number, accepted: Accepted): void {
  const cell = frame.cells[step];
  const program = frame.table.steps[step];
  if (cell === undefined || program === undefined) return;
  const { body, slot } = program;
  const retried = retry.cells[step];
  const bytes = valueBytes(slot.kind, slot.width);
  if (!(body.op === 'kernel' || body.op === 'parent') || bytes === null || retried === undefined) {
    frame.cells[step] = undefined;
    return;
  }
  const { n, from, to } = accepted;
  kernels.scatter(n, from, to, retried.data, bytes, cell.data);
  if (cell.valid !== 0) kernels.scatter(n, from, to, retried.valid, 1, cell.valid);
}
