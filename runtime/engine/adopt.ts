import { FIRST, type Frame, type Machine } from './frame.ts';
import { valueBytes } from './slots.ts';

/** Accepted candidates: row `from[i]` of the retry is row `to[i]` of the frame (u32 both). */
export type Accepted = { readonly n: number; readonly from: number; readonly to: number };

/**
 * Carries over what accepted candidates have computed: the values of steps that depend on the group, and of parents
 * reached through references that do. Values that cannot be carried (texts, lists, views of other slots) are forgotten:
 * they are computed again when somebody asks, from the attempts.
 */
export function adopt(machine: Machine, frame: Frame, retry: Frame, group: number, accepted: Accepted): void {
  const dependents = frame.table.closure.dependents[group] ?? [];
  for (const step of dependents) adoptCell(machine, frame, retry, step, accepted);
  for (const [ref, parents] of frame.parents) {
    if (!frame.table.closure.groups[ref]?.includes(group)) continue;
    const retried = retry.parents.get(ref);
    if (retried === undefined || !adoptFrame(machine, parents, retried, accepted)) frame.parents.delete(ref);
  }
}

/** Other parents: everything about them changes. False where the frame cannot follow. */
function adoptFrame(machine: Machine, frame: Frame, retry: Frame, accepted: Accepted): boolean {
  const { kernels } = machine;
  const { n, from, to } = accepted;
  for (const [group, attempts] of frame.attempts.entries()) {
    const retried = retry.attempts[group] ?? FIRST;
    if (attempts < FIRST) continue;
    if (retried < FIRST) return false;
    if (retried === FIRST) kernels.scatterValue32(n, to, 0, attempts);
    else kernels.scatter(n, from, to, retried, 4, attempts);
  }
  kernels.scatter(n, from, to, retry.rows, 8, frame.rows);
  for (const step of frame.table.steps.keys()) adoptCell(machine, frame, retry, step, accepted);
  for (const [ref, parents] of frame.parents) {
    const retried = retry.parents.get(ref);
    if (retried === undefined || !adoptFrame(machine, parents, retried, accepted)) frame.parents.delete(ref);
  }
  return true;
}

function adoptCell({ kernels }: Machine, frame: Frame, retry: Frame, step: number, accepted: Accepted): void {
  const cell = frame.cells[step];
  const program = frame.table.steps[step];
  if (cell === undefined || program === undefined) return;
  const { body, slot } = program;
  if (body.op === 'row-id' || body.op === 'constant') return;
  const retried = retry.cells[step];
  const bytes = valueBytes(slot.kind, slot.width);
  if (body.op !== 'kernel' || bytes === null || retried === undefined) {
    frame.cells[step] = undefined;
    return;
  }
  const { n, from, to } = accepted;
  kernels.scatter(n, from, to, retried.data, bytes, cell.data);
  if (cell.valid !== 0) kernels.scatter(n, from, to, retried.valid, 1, cell.valid);
}

/**
 * Before the first retry: the parents that {@link adopt} will write to get attempts of their own, here, because what is
 * taken during a retry is released after it.
 */
export function makeAdoptable(machine: Machine, frame: Frame, group: number): void {
  for (const [ref, parents] of frame.parents) {
    if (frame.table.closure.groups[ref]?.includes(group)) spellAttempts(machine, parents);
  }
}

function spellAttempts(machine: Machine, frame: Frame): void {
  const { arena, kernels } = machine;
  for (const [group, attempts] of frame.attempts.entries()) {
    if (attempts !== FIRST) continue;
    const zeros = arena.take(frame.n * 4);
    kernels.fill32(frame.n, 0, zeros);
    frame.attempts[group] = zeros;
  }
  for (const parents of frame.parents.values()) spellAttempts(machine, parents);
}
