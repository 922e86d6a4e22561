import { adopt, place } from './adopt.ts';
import { raiseExhausted } from './blame.ts';
import { evaluate } from './evaluate.ts';
import { FIRST, type Frame, type Machine, makeFrame, OPEN } from './frame.ts';
import { judge, prepare } from './judge.ts';

/**
 * Finds each row's attempt: the first for which no check of the group is false and the weight keeps the candidate. That
 * is a function of the row alone, so it does not matter how rows are batched.
 *
 * Attempt 0 is tried on the frame itself; the rows rejected are then tried again as frames of their own, ever smaller,
 * and what an accepted candidate has computed is carried over. The group's draws stay reproducible from the attempts.
 */
export function resolveGroup(machine: Machine, frame: Frame, number: number): void {
  const { arena, kernels } = machine;
  const { n, table, attempts } = frame;
  const group = table.groups[number];
  if (group === undefined) throw new Error(`plan: ${table.name} has no group ${number}`);
  const verdict = arena.take(n);
  const from = arena.take(n * 4);
  const to = arena.take(n * 4);
  let at = arena.take(n * 4);
  let next = arena.take(n * 4);
  attempts[number] = FIRST;
  prepare(machine, frame, number);
  const stages = judge(machine, frame, number, verdict);
  let left = Number(kernels.split(n, verdict, 0, from, to, at));
  for (const stage of stages) {
    place(machine, frame, number, { ...stage, n: n - left, to: from });
  }
  if (left === 0) return;

  const accepted = arena.take(n * 4);
  kernels.fill32(n, 0, accepted);
  attempts[number] = accepted;
  for (let attempt = 1; left > 0; attempt++) {
    const mark = arena.mark();
    if (attempt >= group.tries) {
      raiseExhausted(machine, retryFrame(machine, frame, number, attempt - 1, at, 1), number);
    }
    const retry = retryFrame(machine, frame, number, attempt, at, left);
    const stages = judge(machine, retry, number, verdict);
    const still = Number(kernels.split(left, verdict, at, from, to, next));
    if (still < left) {
      kernels.scatterValue32(left - still, to, attempt, accepted);
      adopt(machine, frame, number, { n: left - still, to, stages: [{ frame: retry, from }, ...stages] });
    }
    arena.release(mark);
    [at, next] = [next, at];
    left = still;
  }
}

/** Candidates that were accepted, and how many each check, taken alone, rejects: in the group's order, the weight last. */
export type Judged = { readonly accepted: Uint8Array; readonly rejects: readonly number[] };

/**
 * Judges candidates that stand on a frame with the group's attempts set, each check by itself. Unlike in a run, a fault is
 * not accepted and fails nothing: the run may never come to that candidate.
 */
export function judgeCandidates(machine: Machine, frame: Frame, number: number): Judged {
  const { arena, kernels } = machine;
  const { n, table, attempts } = frame;
  const group = table.groups[number];
  if (group === undefined) throw new Error(`plan: ${table.name} has no group ${number}`);
  const alone = arena.take(n);
  const accepted = new Uint8Array(n).fill(1);
  const count = (): number => {
    const verdicts = new Uint8Array(arena.memory.buffer, alone, n);
    let rejected = 0;
    for (const [i, verdict] of verdicts.entries()) {
      if (verdict === 0) rejected++;
      if (verdict !== 1) accepted[i] = 0;
    }
    return rejected;
  };
  const rejects = group.checks.map(({ step }) => {
    const cell = evaluate(machine, frame, step);
    kernels.fill8(n, 1, alone);
    kernels.check(n, cell.data, cell.valid, alone);
    return count();
  });
  if (group.weigh !== null) {
    const cell = evaluate(machine, frame, group.weigh.step);
    kernels.fill8(n, 1, alone);
    kernels.weigh(n, group.weighStream, frame.rows, attempts[number] ?? FIRST, cell.data, cell.valid, alone);
    rejects.push(count());
  }
  return { accepted, rejects };
}

/** Rows `at` (n places in `frame`) as candidates of one attempt of the group. */
function retryFrame(
  machine: Machine,
  frame: Frame,
  group: number,
  attempt: number,
  at: number,
  n: number,
): Frame {
  const { arena, kernels } = machine;
  const rows = arena.take(n * 8);
  kernels.gather(n, at, frame.rows, 8, rows);
  const retry = makeFrame(frame.table, n, rows, { kind: 'retry', frame, at, group });
  for (const [other, known] of frame.attempts.entries()) {
    if (other === group) {
      const same = arena.take(n * 4);
      kernels.fill32(n, attempt, same);
      retry.attempts[other] = same;
    } else if (known === OPEN || known === FIRST) {
      retry.attempts[other] = known;
    } else {
      const gathered = arena.take(n * 4);
      kernels.gather(n, at, known, 4, gathered);
      retry.attempts[other] = gathered;
    }
  }
  return retry;
}
