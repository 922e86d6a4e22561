import type { Group, PhysicalPlan, PhysicalTable, Step } from '../../compiler/5-lower/physical-plan.ts';
import { loadKernels, scalarMath } from '../../stdlib/kernels/load.ts';
import { type Closure, closureOf } from '../engine/closure.ts';
import { createEngine } from '../engine/engine.ts';
import { type Acceptance, BATCH, estimate } from './estimate.ts';

/** A look draws about this many candidates in all, those of parents' rows that are replayed for it included. */
const WORK = 2 ** 20;
/** Fewer candidates than this tell too little to be worth their time. */
const LEAST = 2 ** 8;
/** Expected acceptances within a row's tries above which it does not run out of them (once in e^16, nine million). */
const SURE = 16;

/** By table and group; null where it was not estimated, a parent's rows being too dear. */
export type Measured = { readonly acceptance: Readonly<Record<string, readonly (Acceptance | null)[]>> };

/** Rows by table that must be among those looked at. */
export type Strata = Readonly<Record<string, readonly number[]>>;

/**
 * Judges a bounded number of candidates of every group: the same rows and attempts on every machine. However rarely a group
 * accepts, or the groups of the parents that it reads, it costs no more than that.
 *
 * @throws {RunFault} where a parent's row that a check reads is at fault.
 */
export function probe(plan: PhysicalPlan, blobs: Uint8Array, strata: Strata = {}): Measured {
  const engine = createEngine(plan, blobs, { batchRows: BATCH });
  const math = scalarMath(loadKernels());
  const tables = new Map(
    plan.tables.map((table): readonly [string, Looked] => [
      table.name,
      { table, closure: closureOf(table), groups: new Map(), costs: new Map() },
    ]),
  );
  const lookedAt = (name: string): Looked => {
    const found = tables.get(name);
    if (found === undefined) throw new Error(`plan: there is no table ${name}`);
    return found;
  };
  const parentsCost = ({ table }: Looked, steps: readonly number[]): number =>
    sum(
      steps.map((step) => {
        const { body } = table.steps[step]!;
        return body.op === 'parent' ? valueCost(lookedAt(body.table), body.step) : 0;
      }),
    );
  /** Candidates that are drawn for a step's value in one row: its groups', until one is accepted, and its parents'. */
  const valueCost = (looked: Looked, step: number): number => {
    const { table, closure, costs } = looked;
    const known = costs.get(step);
    if (known !== undefined) return known;
    const groups = (closure.groups[step] ?? []).map((number) => {
      const { acceptance, cost } = groupOf(looked, number);
      return cost * triesOf(acceptance, table.groups[number]!);
    });
    const cost = sum(groups) + parentsCost(looked, closure.needs(step));
    costs.set(step, cost);
    return cost;
  };
  const groupOf = (looked: Looked, number: number): GroupEstimate => {
    const { table, closure, groups } = looked;
    const known = groups.get(number);
    if (known !== undefined) return known;
    const steps = judgedBy(table.groups[number]!, closure);
    const cost = 1 + parentsCost(looked, steps);
    const most = Math.floor(WORK / cost);
    const given = steps.some((step) => readsGiven(table.steps[step]!));
    const rows = { table, group: number, given, wanted: strata[table.name] ?? [] };
    const found = { acceptance: most < LEAST ? null : estimate(engine, math, rows, most), cost };
    groups.set(number, found);
    return found;
  };
  return {
    acceptance: Object.fromEntries(
      plan.tables.map(({ name, groups }) => [
        name,
        groups.map((_, number) => groupOf(lookedAt(name), number).acceptance),
      ]),
    ),
  };
}

/** `cost`: candidates that are drawn for one of the group's, itself and those of the parents that it reads. */
type GroupEstimate = { readonly acceptance: Acceptance | null; readonly cost: number };

type Looked = {
  readonly table: PhysicalTable;
  readonly closure: Closure;
  readonly groups: Map<number, GroupEstimate>;
  readonly costs: Map<number, number>;
};

/**
 * Candidates until one is accepted, on average over rows: those of a common row, and of the least favourable as often as it
 * was found. Without end where it is not known, or where a row may run out of tries.
 */
function triesOf(acceptance: Acceptance | null, { tries }: Group): number {
  if (acceptance === null) return Infinity;
  const { share, low, worst } = acceptance;
  if (tries * Math.min(low, worst?.low ?? 1) < SURE) return Infinity;
  return 1 / share + (worst ? 1 / (worst.share * worst.among) : 0);
}

/** The steps that a group's checks and weight need. */
function judgedBy({ checks, weigh }: Group, { needs }: Closure): readonly number[] {
  return [...new Set([...checks, ...(weigh ? [weigh] : [])].flatMap(({ step }) => needs(step)))];
}

/** A step that stays what it is however often its row is drawn again. */
function readsGiven({ body }: Step): boolean {
  if (body.op === 'row-id') return true;
  return body.op === 'kernel' && body.operands.some((operand) => 'key' in operand && operand.group === null);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
