import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { PhysicalPlan } from '../compiler/5-lower/physical-plan.ts';
import { BATCH_ROWS } from './engine/engine.ts';
import type { RunEvent, RunReport } from './events.ts';
import { expected } from './forecast.ts';
import { createFailpoint } from './output/failpoint.ts';
import { openFolder } from './output/folder.ts';
import { withPath } from './output/io-error.ts';
import type { ShardRecord } from './output/manifest.ts';
import type { Scope, Shard } from './output/shards.ts';
import { shardsOf, stretchesOf } from './output/shards.ts';
import { checkSpace } from './output/space.ts';
import { firstPass, type Sorting } from './partition/first-pass.ts';
import { SCRATCH } from './partition/scratch.ts';
import { startPool } from './pool/pool.ts';
import { createTally } from './tally.ts';

export type { Progress, RunEvent, RunReport, TableProgress, TableReport } from './events.ts';
export type { Scope } from './output/shards.ts';
export { RunError } from './run-error.ts';

export type RunOptions = Scope & {
  /** The output folder. */
  readonly out: string;
  /** Threads, at least 1. */
  readonly workers: number;
  /** Rows a batch. No byte depends on it. */
  readonly batch?: number | undefined;
  /** Deletes what another plan has left, exactly the files of its manifest. */
  readonly overwrite?: boolean | undefined;
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** Stops the run between two batches; what is whole is kept. */
  readonly signal?: AbortSignal | undefined;
};

const PROGRESS_MS = 200;

/**
 * Makes the plan's files, or those that are still missing. Throws RunError (TVD601x) where the folder, the disk or a
 * worker fails, RunFault where a row does. `blobs` is the plan's tables.bin.
 */
export async function run(plan: PhysicalPlan, blobs: Uint8Array, options: RunOptions): Promise<RunReport> {
  const start = performance.now();
  const cpu = process.cpuUsage();
  const out = resolve(options.out);
  const failpoint = createFailpoint();
  const emit = (event: RunEvent): void => options.onEvent?.(event);
  // A table that is not there is told before anything is touched.
  stretchesOf(plan, options);

  const folder = openFolder(plan, out, options.overwrite ?? false, failpoint);
  try {
    const { manifest } = folder;
    const work = {
      plan,
      blobs: shared(blobs),
      out,
      workers: options.workers,
      batchRows: options.batch ?? BATCH_ROWS,
      signal: options.signal,
    };
    const onProgress = (tables: Sorting): void => emit({ v: 1, event: 'sort', tables });
    const sorted = await firstPass({ ...work, scope: options, manifest, onProgress });
    const scope = stretchesOf(plan, options, sorted.layouts).flatMap(shardsOf);
    const missing = scope.filter((shard) => !manifest.has(shard));
    const kept = recordsOf(scope, missing, manifest.records);
    checkSpace(plan, out, missing);
    const tally = createTally(plan, options.workers, kept, missing, start);
    emit({
      v: 1,
      event: 'start',
      dataset: plan.dataset,
      format: plan.output.format,
      out,
      workers: options.workers,
      tables: startOf(scope, missing),
    });

    const pool = startPool({
      ...work,
      jobs: sorted.complete
        ? missing.map((shard) => ({ kind: 'make', shard, segments: sorted.segments(shard) }))
        : [],
      onScanned: () => {},
      onMade(made) {
        const { record } = made;
        withPath(out, () => manifest.append(record));
        tally.made(made, performance.now());
        emit({ v: 1, event: 'shard', ...record });
        const table = tally.finished(record.table);
        if (table !== null) emit({ v: 1, event: 'table', ...table });
      },
    });
    const timer = setInterval(() => {
      emit({ v: 1, event: 'progress', ...tally.progress(pool.underWay(), performance.now()) });
    }, PROGRESS_MS);
    await pool.finished.finally(() => clearInterval(timer));

    const interrupted = !sorted.complete || missing.some((shard) => !manifest.has(shard));
    if (!interrupted) withPath(out, () => manifest.sort());
    const report: RunReport = {
      out,
      format: plan.output.format,
      tables: tally.report(),
      seconds: (performance.now() - start) / 1000,
      cpuSeconds: cpuSeconds(cpu),
      estimate: expected(plan, missing, options.workers),
      upToDate: sorted.complete && missing.length === 0,
      interrupted,
      peakRss: process.resourceUsage().maxRSS * 1024,
    };
    emit({ v: 1, event: 'done', ...report });
    return report;
  } finally {
    rmSync(join(out, SCRATCH), { recursive: true, force: true });
    folder.release();
  }
}

function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

function recordsOf(
  scope: readonly Shard[],
  missing: readonly Shard[],
  records: readonly ShardRecord[],
): readonly ShardRecord[] {
  const whole = new Set(scope.map(({ file }) => file));
  for (const { file } of missing) whole.delete(file);
  return records.filter(({ file }) => whole.has(file));
}

function startOf(scope: readonly Shard[], missing: readonly Shard[]) {
  const files = (shards: readonly Shard[], name: string): readonly Shard[] =>
    shards.filter(({ table }) => table === name);
  return [...new Set(scope.map(({ table }) => table))].map((table) => {
    const all = files(scope, table);
    const rows = all.reduce((sum, { end, start }) => sum + end - start, 0);
    return { table, rows, files: all.length, kept: all.length - files(missing, table).length };
  });
}

/** One copy for all threads. */
function shared(bytes: Uint8Array): Uint8Array {
  if (bytes.buffer instanceof SharedArrayBuffer) return bytes;
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
