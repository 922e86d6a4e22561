import type { PhysicalTable } from '../../compiler/5-lower/physical-plan.ts';
import type { ScalarMath } from '../../stdlib/define.ts';
import type { Engine } from '../engine/engine.ts';
import { binomialShare, type Share } from './interval.ts';

/** Candidates of the first look, and of the second, which is taken afresh where the first accepted too few. */
const LOOKS = [2 ** 13, 2 ** 17] as const;
/** Accepted candidates that make a look good enough: the share is then known to about ±15 %. */
const ENOUGH = 512;
/** Rows among which the least favourable is sought, where acceptance may depend on what is given in the row. */
const GIVEN_ROWS = 2 ** 8;
/** Candidates that are judged at once. */
export const BATCH = 2 ** 12;

export type Acceptance = Share & {
  /** Shares of the candidates that each check alone rejects, in the group's order; the weight last. */
  readonly rejects: readonly number[];
  /** Where a check reads what is given in the row (its number, a permutation …): the least favourable row that was found. */
  readonly worst:
    | (Share & { readonly rejects: readonly number[]; readonly row: number; readonly among: number })
    | null;
};

/** Whose candidates are judged: a group, and where a check reads what is given in the row, rows that must be among them. */
export type Candidates = {
  readonly table: PhysicalTable;
  readonly group: number;
  readonly given: boolean;
  readonly wanted: readonly number[];
};

/** From a fixed number of candidates, about `most` a look or fewer. */
export function estimate(engine: Engine, math: ScalarMath, of: Candidates, most: number): Acceptance {
  const { table, given, wanted } = of;
  const looks = LOOKS.map((candidates) => Math.min(candidates, most));
  const [first = 0] = looks;
  const spread = evenly(table.rows, Math.min(first, given ? GIVEN_ROWS : BATCH));
  const rows = given ? [...new Set([...wanted, ...spread])] : spread;
  const all = look(engine, math, of, rows, 0, looks);
  const rejects = rejectShares(all);
  const { share, low, high, candidates } = all;
  if (!given) return { share, low, high, candidates, rejects, worst: null };
  const { row, next } = leastFavourable(engine, of, rows, all.next, first);
  // Fresh candidates: those that made it the least favourable would be biased.
  const alone = look(engine, math, of, [row], next, looks);
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
  of: Candidates,
  rows: readonly number[],
  from: number,
  candidates: number,
): { readonly row: number; readonly next: number } {
  let left = rows.map((row) => ({ row, accepted: 0 }));
  let next = from;
  while (left.length > 1) {
    const attempts = Math.ceil(candidates / left.length);
    const { byRow } = tally(
      engine,
      of,
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
  of: Candidates,
  rows: readonly number[],
  from: number,
  looks: readonly number[],
): Look {
  let start = from;
  for (const [i, most] of looks.entries()) {
    const attempts = Math.ceil(most / rows.length);
    const { accepted, rejects } = tally(engine, of, rows, start, attempts);
    start += attempts;
    if (accepted < ENOUGH && most < (looks[i + 1] ?? most)) continue;
    const share = binomialShare(math, accepted, rows.length * attempts);
    return { ...share, rejects, next: start };
  }
  throw new Error('there is no look');
}

function tally(
  engine: Engine,
  { table, group }: Candidates,
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
