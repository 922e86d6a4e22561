import type { PhysicalPlan, PhysicalTable } from '../../compiler/5-lower/physical-plan.ts';
import { withPath } from '../output/io-error.ts';
import type { Manifest } from '../output/manifest.ts';
import { type Layouts, type Scope, type Shard, shardsOf, stretchesOf } from '../output/shards.ts';
import type { ScanRange } from '../pool/messages.ts';
import { type PoolTask, startPool } from '../pool/pool.ts';
import { cutSegments, layoutOf, type Scan, type Segment, segmentsOf } from './layout.ts';
import { SCAN_ROWS } from './scan.ts';

/** How far the tables' rows are sorted. */
export type Sorting = readonly { readonly table: string; readonly rows: number; readonly done: number }[];

export type FirstPass = {
  readonly layouts: Layouts;
  /** Where the rows of a partition's file stand; null for a file of a range of rows. */
  readonly segments: (shard: Shard) => readonly Segment[] | null;
  /** False where the run was stopped before. */
  readonly complete: boolean;
};

type Task = Pick<PoolTask, 'plan' | 'blobs' | 'out' | 'workers' | 'batchRows' | 'signal'> & {
  readonly scope: Scope;
  readonly manifest: Manifest;
  readonly onProgress: (sorting: Sorting) => void;
};

const PROGRESS_MS = 200;

/**
 * Partitions without moving rows: the partition columns of every row are computed, and the rows' numbers kept by partition;
 * the second pass makes each file of exactly its rows. Tables whose files are all there are not looked at again.
 */
export async function firstPass(task: Task): Promise<FirstPass> {
  const { plan, scope, manifest, out } = task;
  const tables = plan.tables.filter((table) => isPending(table, plan, scope, manifest));
  const scans = await scan(task, tables);
  const complete = tables.every(({ name, rows }) => rowsOf(scans.get(name) ?? []) === rows);
  const layouts = new Map(manifest.layouts);
  const segments = new Map<string, ReadonlyMap<string, readonly Segment[]>>();
  for (const { name } of complete ? tables : []) {
    const found = scans.get(name) ?? [];
    segments.set(name, segmentsOf(found));
    if (layouts.has(name)) continue;
    const layout = layoutOf(found);
    layouts.set(name, layout);
    withPath(out, () => manifest.appendLayout({ table: name, layout }));
  }
  return {
    layouts,
    complete,
    segments: ({ table, partition, start, end }) =>
      partition === null ? null : cutSegments(segments.get(table)?.get(partition) ?? [], start, end),
  };
}

/** Is it partitioned, asked for, and not all there? */
function isPending(table: PhysicalTable, plan: PhysicalPlan, scope: Scope, manifest: Manifest): boolean {
  if (!table.partition || !(scope.tables?.includes(table.name) ?? true)) return false;
  if (!manifest.layouts.has(table.name)) return true;
  const own = { ...scope, tables: [table.name] };
  return stretchesOf(plan, own, manifest.layouts)
    .flatMap(shardsOf)
    .some((shard) => !manifest.has(shard));
}

async function scan(
  { onProgress, ...task }: Task,
  tables: readonly PhysicalTable[],
): Promise<ReadonlyMap<string, readonly Scan[]>> {
  const scans = new Map(tables.map(({ name }): [string, Scan[]] => [name, []]));
  const jobs = tables.flatMap(rangesOf);
  if (jobs.length === 0) return scans;
  const pool = startPool({
    ...task,
    jobs,
    onMade: () => {},
    onScanned: (table, one) => scans.get(table)?.push(one),
  });
  const tell = (): void =>
    onProgress(
      tables.map(({ name, rows }) => {
        const underWay = pool.underWay().filter(({ table }) => table === name);
        const done = rowsOf(scans.get(name) ?? []) + underWay.reduce((sum, job) => sum + job.rows, 0);
        return { table: name, rows, done: Math.min(done, rows) };
      }),
    );
  const timer = setInterval(tell, PROGRESS_MS);
  await pool.finished.finally(() => clearInterval(timer));
  tell();
  return scans;
}

const rowsOf = (scans: readonly Scan[]): number =>
  scans.reduce((sum, { found }) => sum + found.reduce((rows, one) => rows + one.rows, 0), 0);

const rangesOf = ({ name, rows }: PhysicalTable): readonly ScanRange[] =>
  Array.from({ length: Math.ceil(rows / SCAN_ROWS) }, (_, i) => ({
    kind: 'scan',
    table: name,
    start: i * SCAN_ROWS,
    end: Math.min((i + 1) * SCAN_ROWS, rows),
    file: `${name}-${i}`,
  }));
