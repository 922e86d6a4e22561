import { type Cell, cellReader } from '../../cli/values/cell.ts';
import { compile } from '../../compiler/compile.ts';
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';
import { createEngine } from '../../runtime/engine/engine.ts';
import { probe } from '../../runtime/probe/probe.ts';

const BATCH = 8192;

export type Spec = {
  readonly let?: Readonly<Record<string, unknown>>;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly tables: Readonly<Record<string, Table>>;
};
export type Table = {
  readonly rows: number;
  readonly columns: Readonly<Record<string, unknown>>;
  readonly constraints?: readonly unknown[];
  readonly weigh?: string;
};

export type Options = {
  readonly seed: number;
  /** Rules to leave out. */
  readonly without?: readonly string[];
};

/** Stored cells by column. */
export type Evaluated = ReadonlyMap<string, readonly Cell[]>;

/** A table's stored cells; where the spec has errors, those. Estimating acceptance may throw a RunFault. */
export function evaluate(
  spec: Spec,
  table: string,
  { seed, without = [] }: Options,
): Evaluated | { readonly errors: readonly Diagnostic[] } {
  const text = JSON.stringify({ tvdd: 1, dataset: 'exact', seed, ...spec });
  const { plan, blobs, diagnostics } = compile(
    { name: 'exact.yaml', text },
    { host: { readFile: () => null }, version: 'test', without, probe },
  );
  if (!plan) return { errors: diagnostics.filter(({ severity }) => severity === 'error') };
  const planned = plan.tables.find(({ name }) => name === table);
  if (!planned) throw new Error(`no table ${table}`);
  const engine = createEngine(plan, blobs, { batchRows: BATCH });
  const columns = planned.columns.map((column) => {
    if (column.body.kind !== 'leaf') throw new Error(`${column.name} is a struct`);
    const read = cellReader(plan, blobs, planned, column);
    return { name: column.name, step: column.body.step, read, cells: [] as Cell[] };
  });
  for (let start = 0; start < planned.rows; start += BATCH) {
    const count = Math.min(BATCH, planned.rows - start);
    const batch = engine.evaluate(
      table,
      { start, count },
      columns.map(({ step }) => step),
    );
    for (const { step, read, cells } of columns) {
      const view = batch.column(step);
      const once = { rows: count, column: () => view };
      for (let i = 0; i < count; i++) cells.push(read(once, i));
    }
  }
  return new Map(columns.map(({ name, cells }) => [name, cells]));
}
