import type { Group, PhysicalPlan, PhysicalTable, Step } from '../../compiler/5-lower/physical-plan.ts';
import type { ScalarMath } from '../../stdlib/define.ts';
import { loadKernels, scalarMath } from '../../stdlib/kernels/load.ts';
import { closureOf } from '../engine/closure.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { binomialShare, type Share } from './interval.ts';

/** Candidates of the first look, and of the second, which is taken afresh where the first accepted too few. */
const LOOKS = [2 ** 13, 2 ** 17] as const;
/** Accepted candidates that make a look good enough: the share is then known to about ±15 %. */
const ENOUGH = 512;
/** Rows among which the least favourable is sought, where acceptance may depend on what is given in the row. */
const GIVEN_ROWS = 256;
const BATCH = 2 ** 12;
/** A parent's group below this makes each row of a child cost too much to look at thousands. */
const RARE = 1e-2;

export type Acceptance = Share & {
  /** Shares of the candidates that each check alone rejects, in the group's order; the weight last. */
  readonly rejects: readonly number[];
  /** Where a check reads what is given in the row (its number, a permutation …): the least favourable row that was found. */
  readonly worst:
    | (Share & { readonly rejects: readonly number[]; readonly row: number; readonly among: number })
    | null;
};

/** By table and group; null where it was not estimated, a parent's rows being too dear. */
export type Measured = { readonly acceptance: Readonly<Record<string, readonly (Acceptance | null)[]>> };

/** Rows by table that must be among those looked at. */
export type Strata = Readonly<Record<string, readonly number[]>>;

/**
 * Judges a fixed number of candidates of every group: the same rows and attempts on every machine. However rarely a group
 * accepts, it costs no more than that.
 *
 * @throws {RunFault} where a parent's row that a check reads is at fault.
 */
export function probe(plan: PhysicalPlan, blobs: Uint8Array, strata: Strata = {}): Measured {
  const engine = createEngine(plan, blobs, { batchRows: BATCH });
  const math = scalarMath(loadKernels());
  const acceptance: Record<string, readonly (Acceptance | null)[]> = {};
  const isDear = (table: string): boolean =>
    acceptance[table]?.some((one) => one === null || (one.worst ?? one).share < RARE) ?? false;
  for (const table of parentsFirst(plan.tables)) {
    const { needs } = closureOf(table);
    acceptance[table.name] = table.groups.map((group, number) => {
      const steps = stepsOf(group, table, needs);
      if (ancestors(plan, steps).some(isDear)) return null;
      return estimate(engine, math, table, number, steps.some(readsGiven), strata[table.name] ?? []);
    });
  }
  return { acceptance };
}

function estimate(
  engine: Engine,
  math: ScalarMath,
  table: PhysicalTable,
  group: number,
  given: boolean,
  wanted: readonly number[],
): Acceptance {
  const spread = evenly(table.rows, given ? GIVEN_ROWS : BATCH);
  const rows = given ? [...new Set([...wanted, ...spread])] : spread;
  const all = look(engine, math, table, group, rows, 0);
  const rejects = rejectShares(all);
  const { share, low, high, candidates } = all;
  if (!given) return { share, low, high, candidates, rejects, worst: null };
  const { row, next } = leastFavourable(engine, table, group, rows, all.next);
  // Fresh candidates: those that made it the least favourable would be biased.
  const alone = look(engine, math, table, group, [row], next);
  const worst = {
    share: alone.share,
    low: alone.low,
    high: alone.high,
    candidates: alone.candidates,
    rejects: rejectShares(alone),
    row,
    among: rows.length,
  };
  return { share, low, high, candidates, rejects, worst };
}

/**
 * The row that accepts least, by sequential halving (Karnin, Koren & Somekh, ICML 2013): every round has as many candidates,
 * for half as many rows.
 */
function leastFavourable(
  engine: Engine,
  table: PhysicalTable,
  group: number,
  rows: readonly number[],
  from: number,
): { readonly row: number; readonly next: number } {
  let left = rows.map((row) => ({ row, accepted: 0 }));
  let next = from;
  while (left.length > 1) {
    const attempts = Math.ceil(LOOKS[0] / left.length);
    const { byRow } = tally(
      engine,
      table,
      group,
      left.map(({ row }) => row),
      next,
      attempts,
    );
    next += attempts;
    left = left
      .map(({ row, accepted }, i) => ({ row, accepted: accepted + (byRow[i] ?? 0) }))
      .sort((a, b) => a.accepted - b.accepted)
      .slice(0, Math.ceil(left.length / 2));
  }
  return { row: left[0]!.row, next };
}

const rejectShares = ({ rejects, candidates }: Look): readonly number[] =>
  rejects.map((count) => count / candidates);

type Look = Share & {
  readonly rejects: readonly number[];
  /** The first attempt that nobody has looked at. */
  readonly next: number;
};

/** Candidates of some rows in turn, from an attempt on. */
function look(
  engine: Engine,
  math: ScalarMath,
  table: PhysicalTable,
  group: number,
  rows: readonly number[],
  from: number,
): Look {
  let start = from;
  for (const [i, most] of LOOKS.entries()) {
    const attempts = Math.ceil(most / rows.length);
    const { accepted, rejects } = tally(engine, table, group, rows, start, attempts);
    start += attempts;
    if (accepted < ENOUGH && i < LOOKS.length - 1) continue;
    const share = binomialShare(math, accepted, rows.length * attempts);
    return { ...share, rejects, next: start };
  }
  throw new Error('there is no look');
}

function tally(
  engine: Engine,
  table: PhysicalTable,
  group: number,
  rows: readonly number[],
  from: number,
  attempts: number,
): { readonly accepted: number; readonly rejects: readonly number[]; readonly byRow: readonly number[] } {
  const total = rows.length * attempts;
  const byRow = new Array<number>(rows.length).fill(0);
  let rejects: readonly number[] = [];
  for (let start = 0; start < total; start += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, total - start) }, (_, i) => start + i);
    const judged = engine.judge(
      table.name,
      batch.map((i) => rows[i % rows.length]!),
      batch.map((i) => from + Math.floor(i / rows.length)),
      group,
    );
    rejects = judged.rejects.map((count, i) => count + (rejects[i] ?? 0));
    for (const [i, accepted] of judged.accepted.entries()) byRow[(start + i) % rows.length]! += accepted;
  }
  return { accepted: byRow.reduce((sum, count) => sum + count, 0), rejects, byRow };
}

/** One row of each of n equal parts, not at equal distances, which a rule such as `row % 256` would fall in with. */
function evenly(rows: number, n: number): readonly number[] {
  if (rows <= n) return Array.from({ length: rows }, (_, row) => row);
  const golden = (Math.sqrt(5) - 1) / 2;
  return Array.from({ length: n }, (_, i) => Math.floor(((i + ((i * golden) % 1)) * rows) / n));
}

function stepsOf(
  { checks, weigh }: Group,
  table: PhysicalTable,
  needs: (step: number) => readonly number[],
): readonly Step[] {
  const judged = [...checks, ...(weigh ? [weigh] : [])].flatMap(({ step }) => needs(step));
  return [...new Set(judged)].map((step) => table.steps[step]!);
}

/** A step that stays what it is however often its row is drawn again. */
function readsGiven({ body }: Step): boolean {
  if (body.op === 'row-id') return true;
  return body.op === 'kernel' && body.operands.some((operand) => 'key' in operand && operand.group === null);
}

const parentsOf = (steps: readonly Step[]): readonly string[] =>
  steps.flatMap(({ body }) => (body.op === 'parent' ? [body.table] : []));

/** The tables that steps read, directly or through those. */
function ancestors(plan: PhysicalPlan, steps: readonly Step[]): readonly string[] {
  const found = new Set(parentsOf(steps));
  for (const name of found) {
    const table = plan.tables.find((candidate) => candidate.name === name);
    for (const parent of parentsOf(table?.steps ?? [])) found.add(parent);
  }
  return [...found];
}

/** Each table after those that it reads, as far as they do not read each other. */
function parentsFirst(tables: readonly PhysicalTable[]): readonly PhysicalTable[] {
  const done = new Set<PhysicalTable>();
  const visit = (table: PhysicalTable, path: readonly PhysicalTable[]): void => {
    if (done.has(table) || path.includes(table)) return;
    for (const parent of parentsOf(table.steps)) {
      const found = tables.find(({ name }) => name === parent);
      if (found) visit(found, [...path, table]);
    }
    done.add(table);
  };
  for (const table of tables) visit(table, []);
  return [...done];
}
