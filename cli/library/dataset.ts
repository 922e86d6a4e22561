import { availableParallelism } from 'node:os';
import { createEngine, type Engine } from '../../runtime/engine/engine.ts';
import { run as runPlan, type RunOptions as Work } from '../../runtime/run.ts';
import { folderNamed } from '../output-folder.ts';
import { type Planned, tableNamed } from '../plan-spec.ts';
import { firstRows, readRows } from '../rows.ts';
import { runFailure } from '../run-fault.ts';
import { formatCount } from '../terminal/quantity.ts';
import type { Dataset, RunOptions, SampleOptions } from './api.ts';
import { blame, publicDiagnostics, publicError } from './errors.ts';
import { wholeNumber } from './options.ts';
import { rowOf } from './values.ts';

/** Rows a batch: few are asked for at a time, and memory is taken for all of them. */
const BATCH = 1024;

/** A plan as what a caller holds; its engine is made for the first row and serves all others. */
export function datasetOf(planned: Planned): Dataset {
  const { plan, blobs, sources, diagnostics } = planned;
  const failed = (error: unknown): unknown => publicError(runFailure(error, sources));
  let kept: Engine | null = null;
  const engine = (): Engine => {
    kept ??= createEngine(plan, blobs, { batchRows: BATCH });
    return kept;
  };
  return {
    name: plan.dataset,
    tables: plan.tables.map(({ name, rows, columns }) => ({
      name,
      rows,
      columns: columns.map((column) => column.name),
    })),
    warnings: publicDiagnostics(diagnostics, sources),
    sample<R>(name: string, options: SampleOptions = {}): R[] {
      try {
        const table = tableNamed(plan, name, blame);
        const rows = rowsOf(options, table) ?? firstRows(table, wholeNumber('rows', options.rows ?? 10, 0));
        const found = readRows(engine(), plan, blobs, table, rows, BATCH);
        // What a row is known to be is the caller's word: its columns are known only now.
        return [...found].map((row) => rowOf(table.columns, row) as R);
      } catch (error) {
        throw failed(error);
      }
    },
    async run(options: RunOptions = {}) {
      try {
        return await runPlan(plan, blobs, workOf(options, planned));
      } catch (error) {
        throw failed(error);
      }
    },
  };
}

/** The rows asked for by number, or null. */
function rowsOf(
  { row }: SampleOptions,
  table: { readonly name: string; readonly rows: number },
): readonly number[] | null {
  if (row === undefined) return null;
  const rows = typeof row === 'number' ? [row] : row;
  for (const number of rows) {
    if (wholeNumber('row', number, 0) < table.rows) continue;
    const label = `its last row is ${formatCount(table.rows - 1)}`;
    throw blame('TVD7012', { table: table.name, row: formatCount(number) }, { label });
  }
  return rows;
}

function workOf(options: RunOptions, { plan, sources }: Planned): Work {
  const { out, workers = availableParallelism(), batch, tables, shard, overwrite, onEvent, signal } = options;
  wholeNumber('workers', workers, 1, 1024);
  if (batch !== undefined) wholeNumber('batch', batch, 1, 1_048_576);
  for (const table of tables ?? []) tableNamed(plan, table, blame);
  if (shard) wholeNumber('shard', shard.index, 1, wholeNumber('shard', shard.of, 1));
  return {
    out: out ?? folderNamed(plan, sources[0]?.name ?? ''),
    workers,
    batch,
    overwrite,
    onEvent,
    signal,
    ...(tables ? { tables } : {}),
    ...(shard ? { shard } : {}),
  };
}
