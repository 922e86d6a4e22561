import { isKept } from './closure.ts';
import { FIRST, type Frame, type Machine, makeFrame, OPEN } from './frame.ts';
import type { TableProgram } from './program.ts';

/** Some of a frame's candidates (`at`: n places), as a frame of their own: what is known of them is taken over. */
export function survivorsOf(machine: Machine, frame: Frame, group: number, at: number, n: number): Frame {
  const { arena, kernels } = machine;
  const rows = arena.take(n * 8);
  kernels.gather(n, at, frame.rows, 8, rows);
  const survivors = makeFrame(frame.table, n, rows, { kind: 'survivors', frame, at, group });
  for (const [number, attempts] of frame.attempts.entries()) {
    survivors.attempts[number] = attempts;
    if (attempts === OPEN || attempts === FIRST) continue;
    survivors.attempts[number] = arena.take(n * 4);
    kernels.gather(n, at, attempts, 4, survivors.attempts[number]);
  }
  return survivors;
}

/** A step and what it needs that is neither known nor taken over, in order of evaluation. */
export function needsOfSurvivors(frame: Frame, step: number): readonly number[] {
  const { closure } = frame.table;
  const wanted = new Set([step]);
  // A set yields what is added while it is walked; steps come after their inputs, so their numbers are an order.
  for (const next of wanted) {
    if (frame.cells[next] !== undefined || isTaken(frame, next)) continue;
    for (const input of closure.inputs[next] ?? []) wanted.add(input);
  }
  return [...wanted].sort((a, b) => a - b);
}

/** Whether survivors take over a step's values: those known, and those that do not depend on the group. */
export function isTaken({ origin, table }: Frame, number: number): boolean {
  if (origin.kind !== 'survivors') return false;
  const step = table.steps[number];
  if (step === undefined || !isKept(step)) return false;
  return origin.frame.cells[number] !== undefined || isOfRow(table, number, origin.group);
}

/** A step whose values are the row's whatever its attempt of the group, and can be carried from frame to frame. */
export function isOfRow({ closure, steps }: TableProgram, number: number, group: number): boolean {
  const step = steps[number];
  return step !== undefined && isKept(step) && !(closure.groups[number]?.includes(group) ?? false);
}
