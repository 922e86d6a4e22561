import type { ScalarMath } from '../../../stdlib/define.ts';
import type { Step } from '../physical-plan.ts';
import type { Costs } from './costs.ts';
import { distinctParents } from './distinct.ts';
import { costOf, fixedBytes, kernelCost, stepCost } from './step-cost.ts';
import { groupsBefore, hasItems, isCarried, judgedSteps, reached, type TableFacts } from './table-facts.ts';

export type Scene = {
  readonly tables: ReadonlyMap<string, TableFacts>;
  readonly costs: Costs;
  readonly math: ScalarMath;
};

/** Above this share of distinct rows a parent's columns are computed for every reference. */
export const WORTHWHILE = 0.75;
/** Calls of the engine's own kernels a retry makes. */
const OWN_CALLS = 8;

/** Nanoseconds for steps of a table in a frame of n rows (a batch, or the parents that a batch refers to), groups conditioned. */
export function frameCost(scene: Scene, facts: TableFacts, wanted: readonly number[], n: number): number {
  const groups = [...groupsBefore(facts, wanted)];
  const judged = groups.flatMap((group) => judgedSteps(facts.table.groups[group]!));
  const shares = groups.map((group) => lookedAt(scene, facts, group));
  const share = (step: number): number => Math.min(1, ...shares.map((of) => of.get(step) ?? 1));
  return (
    stepsCost(scene, facts, reached(facts, [...wanted, ...judged]), n, 1, share) +
    groups.reduce((sum, group) => sum + conditioningCost(scene, facts, group, wanted, n), 0)
  );
}

/** The steps once for each of n rows, in so many frames. */
function stepsCost(
  scene: Scene,
  facts: TableFacts,
  steps: ReadonlySet<number>,
  n: number,
  frames: number,
  share: (step: number) => number = () => 1,
): number {
  const { table } = facts;
  const read = new Map<number, number[]>();
  let ns = 0;
  for (const number of steps) {
    const step = table.steps[number]!;
    const { body } = step;
    if (body.op === 'parent') read.set(body.ref, [...(read.get(body.ref) ?? []), number]);
    else if (body.op !== 'row-id' && body.op !== 'constant')
      ns += share(number) * n * stepCost(step, table.steps, scene.costs) + frames * scene.costs.callNs;
  }
  for (const [ref, columns] of read) {
    const references = (n / frames) * Math.max(...columns.map(share));
    ns += frames * parentsCost(scene, facts, ref, columns, references);
  }
  return ns;
}

/** Columns of the parents that n references hold: found, computed where they are different, and spread. */
function parentsCost(
  scene: Scene,
  { table }: TableFacts,
  ref: number,
  columns: readonly number[],
  n: number,
): number {
  const { costs, math } = scene;
  const reads = columns.map((number) => table.steps[number]!);
  const targets = reads.flatMap(({ body }) => (body.op === 'parent' ? [body] : []));
  const parent = scene.tables.get(targets[0]!.table)!;
  const distinct = distinctParents(table.steps, ref, parent.table.rows, n, math);
  const spread = distinct <= WORTHWHILE * n;
  const rows = spread ? distinct : n;
  return (
    n * (ownCost(costs, 'engine_parent_rows') + ownCost(costs, 'engine_distinct')) +
    frameCost(
      scene,
      parent,
      targets.map(({ step }) => step),
      rows,
    ) +
    (spread ? n * reads.reduce((sum, step) => sum + stepCost(step, table.steps, costs), 0) : 0) +
    costs.callNs * (2 + reads.length)
  );
}

/** What a group's rejected candidates cost beyond the first look at each row, and judging all of them. */
function conditioningCost(
  scene: Scene,
  facts: TableFacts,
  number: number,
  wanted: readonly number[],
  n: number,
): number {
  const { costs, math } = scene;
  const { table, groups } = facts;
  const group = table.groups[number]!;
  const own = (kernel: string, bytes = 0): number => ownCost(costs, kernel, bytes);
  const looking =
    own('engine_fill8') +
    group.checks.length * own('engine_check') +
    (group.weigh ? own('engine_weigh') : 0) +
    own('engine_first_faulty') +
    own('engine_split');
  const first = n * looking + costs.callNs * OWN_CALLS;
  const acceptance = Math.max(group.acceptance, 1 / group.tries);
  if (acceptance >= 1) return first;

  const judged = judgedSteps(group);
  const isOf = (step: number): boolean => groups[step]!.has(number);
  const isKept = (step: number): boolean => isCarried(table.steps[step]!) && !isOf(step);
  const visited = [...reached(facts, judged, (step) => !isKept(step))];
  const again = new Set(visited.filter((step) => !isKept(step)));
  const kept = visited.filter(isKept);
  const carried = visited.filter((step) => isOf(step) && isCarried(table.steps[step]!));
  const bytes = (step: number): number => fixedBytes(table.steps[step]!.slot);
  const shares = lookedAt(scene, facts, number);
  const retried = n * (1 / acceptance - 1);
  const frames = retryFrames(math, n, acceptance);
  const perCandidate =
    looking +
    own('engine_gather', 8) +
    own('engine_fill32') +
    kept.reduce((sum, step) => sum + own('engine_gather', bytes(step)), 0);
  const perAccepted =
    own('engine_scatter_value32') +
    carried.reduce((sum, step) => sum + own('engine_scatter', bytes(step)), 0);
  return (
    first +
    retried * perCandidate +
    stepsCost(scene, facts, again, retried, frames, (step) => shares.get(step) ?? 1) +
    n * (1 - acceptance) * perAccepted +
    frames * costs.callNs * (OWN_CALLS + kept.length + carried.length) +
    Math.min(1, retried) * stepsCost(scene, facts, forgotten(facts, number, again, wanted), n, 1)
  );
}

/**
 * Shares of a group's candidates for which what its later checks alone read is computed: of those that earlier ones have
 * left, where the plan goes on with these. Checks are taken to reject alike, as of each the plan does not tell.
 */
function lookedAt({ math }: Scene, facts: TableFacts, number: number): ReadonlyMap<number, number> {
  const { acceptance, checks, judging, weigh } = facts.table.groups[number]!;
  const shares = new Map<number, number>();
  let share = 1;
  for (const [i, { of, leaveOut }] of judging.entries()) {
    if (leaveOut !== null && acceptance > 0) share = math.pow(acceptance, i / judging.length);
    const judged = of === 'weigh' ? weigh : checks[of];
    for (const step of judged ? reached(facts, [judged.step]) : [])
      if (!shares.has(step)) shares.set(step, facts.groups[step]!.has(number) ? share : 1);
  }
  return shares;
}

/** Steps that the checks have computed and that cannot be carried over: computed once more where they are wanted. */
function forgotten(
  facts: TableFacts,
  group: number,
  judged: ReadonlySet<number>,
  wanted: readonly number[],
): ReadonlySet<number> {
  const { table, groups } = facts;
  const isLost = (step: Step): boolean =>
    hasItems(step.slot) || step.body.op === 'text' || step.body.op === 'masked';
  const needed = reached(facts, wanted);
  return new Set(
    [...judged].filter((step) => needed.has(step) && groups[step]!.has(group) && isLost(table.steps[step]!)),
  );
}

/** Until the last of n rows is accepted, in expectation: the greatest of n geometric numbers. */
function retryFrames(m: ScalarMath, n: number, acceptance: number): number {
  const euler = 0.5772;
  const expected = (m.log(Math.max(n, 1)) + euler) / -m.log1p(-acceptance) - 0.5;
  return Math.max(Math.min(1, n * (1 - acceptance)), expected);
}

const ownCost = (costs: Costs, kernel: string, bytes = 0): number => costOf(kernelCost(costs, kernel), bytes);
