import type { Judgement } from '../../compiler/5-lower/physical-plan.ts';
import { raiseUnjudged } from './blame.ts';
import { evaluate } from './evaluate.ts';
import { FIRST, type Frame, type Machine } from './frame.ts';
import type { GroupProgram } from './program.ts';
import { isOfRow, survivorsOf } from './survivors.ts';

/**
 * A frame of survivors in which the rest of a group was judged. `from`: the places (u32) there of the candidates that were
 * accepted in the end. All of these have passed through every stage, so each stage lists the same ones, in the same order.
 */
export type Stage = { readonly frame: Frame; readonly from: number };

/**
 * Judges the frame's candidates. A row where a check is poison and nothing rejects it is a fault, in whatever order the
 * group is judged. Where enough candidates are rejected, the rest of the group is evaluated for the others only, in frames
 * of their own: those are the stages that come back.
 */
export function judge(machine: Machine, frame: Frame, number: number, verdict: number): readonly Stage[] {
  const { arena, kernels } = machine;
  const group = groupOf(frame, number);
  const stages: { readonly frame: Frame; readonly at: number; readonly verdict: number }[] = [];
  let current = { frame, at: 0, verdict };
  kernels.fill8(frame.n, 1, verdict);
  for (const { of, leaveOut } of group.judging) {
    if (leaveOut !== null && current.frame.n >= leaveOut) {
      const at = arena.take(current.frame.n * 4);
      const n = Number(kernels.survivors(current.frame.n, current.verdict, at));
      if (current.frame.n - n >= leaveOut) {
        const survivors = survivorsOf(machine, current.frame, number, at, n);
        const theirs = arena.take(n);
        kernels.gather(n, at, current.verdict, 1, theirs);
        current = { frame: survivors, at, verdict: theirs };
        stages.push(current);
      }
    }
    fold(machine, current.frame, number, group, of, current.verdict);
  }
  for (const [i, stage] of [...stages.entries()].reverse()) {
    kernels.merge(stage.frame.n, stage.at, stage.verdict, stages[i - 1]?.verdict ?? verdict);
  }
  const faulty = Number(kernels.firstFaulty(frame.n, verdict));
  if (faulty >= 0) raiseUnjudged(machine, frame, faulty, number);
  return stages.map((stage) => ({ frame: stage.frame, from: acceptedIn(machine, stage) }));
}

/** Folds a check or the weight into the verdicts. */
function fold(
  machine: Machine,
  frame: Frame,
  number: number,
  { checks, weigh, weighStream }: GroupProgram,
  of: Judgement['of'],
  verdict: number,
): void {
  const step = of === 'weigh' ? weigh?.step : checks[of]?.step;
  if (step === undefined) throw new Error(`plan: group ${number} of ${frame.table.name} has no check ${of}`);
  const { kernels } = machine;
  const { data, valid } = evaluate(machine, frame, step);
  if (of !== 'weigh') kernels.check(frame.n, data, valid, verdict);
  else kernels.weigh(frame.n, weighStream, frame.rows, frame.attempts[number] ?? FIRST, data, valid, verdict);
}

function acceptedIn(
  { arena, kernels }: Machine,
  stage: { readonly frame: Frame; readonly verdict: number },
): number {
  const { n } = stage.frame;
  const from = arena.take(n * 4);
  const mark = arena.mark();
  kernels.split(n, stage.verdict, 0, from, arena.take(n * 4), arena.take(n * 4));
  arena.release(mark);
  return from;
}

/**
 * What survivors and retries take over from the frame, which must be there before the first of them: other groups'
 * attempts, and values that do not depend on this group.
 */
export function prepare(machine: Machine, frame: Frame, number: number): void {
  const { checks, weigh, judging } = groupOf(frame, number);
  if (judging.every(({ leaveOut }) => leaveOut === null)) return;
  const { closure } = frame.table;
  for (const { step } of weigh === null ? checks : [...checks, weigh]) {
    for (const needed of closure.needsOfRetry(step, number)) {
      if (isOfRow(frame.table, needed, number)) evaluate(machine, frame, needed);
    }
  }
}

function groupOf(frame: Frame, number: number): GroupProgram {
  const group = frame.table.groups[number];
  if (group === undefined) throw new Error(`plan: ${frame.table.name} has no group ${number}`);
  return group;
}
