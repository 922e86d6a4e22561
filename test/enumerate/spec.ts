import { type Cell, cellReader } from '../../cli/values/cell.ts';
import type { LogicalPlan } from '../../compiler/3-plan/logical-plan.ts';
import { analyse, type CompileOptions, compile } from '../../compiler/compile.ts';
import { createEngine } from '../../runtime/engine/engine.ts';
import { keyOf } from './reference.ts';

export type Spec = {
  readonly let?: Readonly<Record<string, unknown>>;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly columns: Readonly<Record<string, unknown>>;
  readonly constraints?: readonly unknown[];
  readonly weigh?: string;
};

const BATCH = 8192;
const options: CompileOptions = { host: { readFile: () => null }, version: 'test' };

/** One table `t` of so many rows. */
export function textOf({ columns, constraints, weigh, ...rest }: Spec, rows: number, seed = 1): string {
  const table = {
    rows,
    columns,
    ...(constraints?.length ? { constraints } : {}),
    ...(weigh ? { weigh } : {}),
  };
  const { let: lets, data } = rest;
  const sections = { ...(lets ? { let: lets } : {}), ...(data ? { data } : {}) };
  return JSON.stringify({ tvdd: 1, dataset: 'd', seed, ...sections, tables: { t: table } });
}

export const analysed = (text: string) => analyse({ name: 'spec.yaml', text }, options);

export const loweringsOf = (plan: LogicalPlan): readonly string[] =>
  plan.tables[0]!.constraints.map(({ lowering }) => lowering.kind);

/** How often each combination of the columns' stored cells occurs; null where the spec is refused. */
export function countsOf(
  text: string,
  columns: readonly string[],
  without: readonly string[] = [],
): ReadonlyMap<string, number> | null {
  const cells = cellsOf(text, columns, without);
  if (cells === null) return null;
  const counts = new Map<string, number>();
  for (const row of cells[0]!.keys()) {
    const key = keyOf(cells.map((column) => column[row]));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Stored cells, column by column; null where the spec is refused. */
export function cellsOf(
  text: string,
  columns: readonly string[],
  without: readonly string[] = [],
): readonly (readonly Cell[])[] | null {
  const { plan, blobs } = compile({ name: 'spec.yaml', text }, { ...options, without });
  if (!plan) return null;
  const engine = createEngine(plan, blobs, { batchRows: BATCH });
  const table = plan.tables[0]!;
  const readers = columns.map((path) => {
    const column = table.columns.find(({ name }) => name === path)!;
    if (column.body.kind !== 'leaf') throw new Error(`${path} is a struct`);
    return { step: column.body.step, read: cellReader(plan, blobs, table, column), cells: [] as Cell[] };
  });
  const steps = readers.map(({ step }) => step);
  for (let start = 0; start < table.rows; start += BATCH) {
    const batch = engine.evaluate('t', { start, count: Math.min(BATCH, table.rows - start) }, steps);
    for (const { read, cells } of readers)
      for (let row = 0; row < batch.rows; row++) cells.push(read(batch, row));
  }
  return readers.map(({ cells }) => cells);
}
