import type { ScalarMath, SlotRef } from '../../stdlib/define.ts';
import type { RuleFiring } from '../4-optimize/rule.ts';
import { percent } from '../explain/figures.ts';
import { COSTS } from './cost/costs.ts';
import { distinctParents } from './cost/distinct.ts';
import { costOf, fixedBytes, kernelCost, stepCost } from './cost/step-cost.ts';
import { BATCH } from './cost/table-facts.ts';
import type { Group, Judgement, Step } from './physical-plan.ts';
import { stepInputs } from './step-inputs.ts';

export const ORDER_CHECKS = {
  name: 'order-checks',
  doc: 'A group is judged by what costs least for what it rejects; then only the candidates left are judged on.',
} as const;

export type JudgingInput = {
  readonly steps: readonly Step[];
  /** Another table. */
  readonly parentOf: (table: string) => { readonly steps: readonly Step[]; readonly rows: number };
  readonly math: ScalarMath;
  readonly group: Pick<Group, 'checks' | 'weigh'>;
  /** The group's place in its table: what its draws name. */
  readonly number: number;
  /** Shares of candidates that each check alone rejects, the weight last. */
  readonly rejects: readonly number[];
};

/** What became of the order, in words; null where it is the spec's. */
export function orderFiring(
  judging: readonly Judgement[],
  group: Pick<Group, 'checks' | 'weigh'>,
  rejects: readonly number[],
): Pick<RuleFiring, 'target' | 'before' | 'after'> | null {
  const written = asWritten(group);
  if (judging.every(({ of, leaveOut }, i) => of === written[i]!.of && leaveOut === null)) return null;
  const name = ({ of }: Judgement): string => (of === 'weigh' ? 'weigh' : group.checks[of]!.text);
  let left = 1;
  const after = judging.map((judgement, i) => {
    const then = judgement.leaveOut === null ? '' : `then, of the ~${percent(left)} left, `;
    left *= 1 - (rejects[judgement.of === 'weigh' ? group.checks.length : judgement.of] ?? 0);
    return `${i > 0 && then === '' ? 'then ' : then}${name(judgement)}`;
  });
  return { target: name(judging[0]!), before: written.map(name).join('; '), after: after.join('; ') };
}

type Part = Judgement & { readonly step: SlotRef['step']; readonly rejects: number };

/** The spec's order, every candidate judged by all. */
export const asWritten = ({ checks, weigh }: Pick<Group, 'checks' | 'weigh'>): readonly Judgement[] =>
  [...checks.keys(), ...(weigh ? (['weigh'] as const) : [])].map((of) => ({ of, leaveOut: null }));

/**
 * The order of least expected cost, were the checks independent: by cost over share rejected (Hellerstein & Stonebraker,
 * SIGMOD 1993), greedily, because what one has computed costs the next nothing. Costs are those of the committed table: no
 * machine decides. Where every candidate is judged by all, no order is better than another.
 */
export function judgingOf(input: JudgingInput): readonly Judgement[] {
  const parts = asWritten(input.group).map((judgement, i): Part => {
    const step = judgement.of === 'weigh' ? input.group.weigh!.step : input.group.checks[judgement.of]!.step;
    return { ...judgement, step, rejects: input.rejects[i] ?? 0 };
  });
  const works = new Map(parts.map((part) => [part, workOf(part.step, input)]));
  const known = new Set<string>();
  const costOfPart = (part: Part): number =>
    [...works.get(part)!].reduce((sum, [step, ns]) => (known.has(step) ? sum : sum + ns), JUDGE);
  const ordered: Part[] = [];
  while (ordered.length < parts.length) {
    const left = parts.filter((part) => !ordered.includes(part));
    const next = left.reduce((best, part) => (rank(part, costOfPart) < rank(best, costOfPart) ? part : best));
    ordered.push(next);
    for (const step of works.get(next)!.keys()) known.add(step);
  }
  const judging = leavingOut(ordered, works, input);
  return judging.some(({ leaveOut }) => leaveOut !== null) ? judging : asWritten(input.group);
}

/** Nanoseconds a candidate that folding a verdict takes. */
const JUDGE = kernelCost(COSTS, 'engine_check').ns;

const rank = (part: Part, costOf: (part: Part) => number): number =>
  part.rejects > 0 ? costOf(part) / part.rejects : Number.POSITIVE_INFINITY;

/** Where going on with the candidates left saves more than taking over what is known of them costs. */
function leavingOut(
  ordered: readonly Part[],
  works: ReadonlyMap<Part, Work>,
  { steps }: JudgingInput,
): readonly Judgement[] {
  const known = new Set<string>();
  const whole = [...new Map(ordered.flatMap((part) => [...works.get(part)!])).values()].reduce(
    (a, b) => a + b,
    0,
  );
  let share = 1;
  return ordered.map(({ of }, i) => {
    const rest = new Map(ordered.slice(i).flatMap((part) => [...works.get(part)!]));
    for (const step of known) rest.delete(step);
    const profit = profitOf(rest, share, steps);
    const pays = i > 0 && profit.each * BATCH > profit.fixed && profit.each > whole * MARGIN;
    const leaveOut = pays ? Math.ceil(((1 - share) * profit.fixed) / profit.each) : null;
    if (leaveOut !== null) share = 1;
    share *= 1 - ordered[i]!.rejects;
    for (const step of works.get(ordered[i]!)!.keys()) known.add(step);
    return { of, leaveOut };
  });
}

/** Nanoseconds gained for each candidate that there was, and lost whatever their number. */
function profitOf(
  rest: Work,
  share: number,
  steps: readonly Step[],
): { readonly each: number; readonly fixed: number } {
  const ns = [...rest.values()].reduce((sum, cost) => sum + cost, 0);
  const own = [...rest.keys()].map(Number).filter(Number.isInteger);
  const read = new Set(own.flatMap((step) => stepInputs(steps[step]!.body)));
  const carried = [...read].filter((step) => !rest.has(String(step)) && isCarried(steps[step]!));
  const gathered = carried.reduce((sum, step) => sum + gatherCost(steps[step]!), 0);
  const scattered = own.length * kernelCost(COSTS, 'engine_scatter').ns;
  const found = kernelCost(COSTS, 'engine_split').ns;
  return {
    each: (1 - share) * ns - share * (gathered + scattered + found) - found,
    fixed: COSTS.callNs * (carried.length + own.length + CALLS),
  };
}

/** A gain below this share of all that judging costs is within the model's error. */
const MARGIN = 0.1;

/** Calls that a frame of survivors takes besides those for what it takes over and gives back. */
const CALLS = 8;

const isCarried = ({ body }: Step): boolean => body.op !== 'constant' && body.op !== 'row-id';
const gatherCost = ({ slot }: Step): number => costOf(kernelCost(COSTS, 'engine_gather'), fixedBytes(slot));

/** Nanoseconds a candidate by step: a number for the table's own, a path through references for those of parents. */
type Work = ReadonlyMap<string, number>;

/** The steps that a candidate's judgement takes, without those that do not change from attempt to attempt. */
function workOf(root: number, { steps, parentOf, number, math }: JudgingInput): Work {
  const work = new Map<string, number>();
  const drawn = drawnIn(steps, number);
  /** `often`: how many parents are computed for a candidate, those that repeat being computed once. */
  const visit = (step: number, of: readonly Step[], path: string, often: number): void => {
    const key = path + String(step);
    if (work.has(key) || (path === '' && !drawn[step])) return;
    const { body } = of[step]!;
    work.set(key, often * stepCost(of[step]!, of));
    for (const input of stepInputs(body)) visit(input, of, path, often);
    if (body.op !== 'parent') return;
    const parent = parentOf(body.table);
    const distinct = distinctParents(of, body.ref, parent.rows, BATCH, math) / BATCH;
    visit(body.step, parent.steps, `${path}${body.ref}>`, often * distinct);
  };
  visit(root, steps, '', 1);
  return work;
}

/** By step: whether it depends on the group's draws. */
function drawnIn(steps: readonly Step[], group: number): readonly boolean[] {
  const drawn: boolean[] = [];
  for (const { body } of steps) {
    const own = body.op === 'kernel' && body.operands.some((each) => 'key' in each && each.group === group);
    drawn.push(own || stepInputs(body).some((input) => drawn[input]));
  }
  return drawn;
}
