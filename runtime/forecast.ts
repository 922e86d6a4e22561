import type {
  OutputFormat,
  Partition,
  PhysicalPlan,
  PhysicalTable,
} from '../compiler/5-lower/physical-plan.ts';
import {
  type Scope,
  type Shard,
  shardCount,
  shardPath,
  shardsOf,
  sizesOf,
  stretchesOf,
} from './output/shards.ts';
import { estimatedBytes } from './output/space.ts';

/** What a run is estimated to take, by the plan's figures. */
export type Expected = {
  readonly bytes: number;
  /** Of all workers together. */
  readonly seconds: number;
  /** Resident at most: workers × (batch + row group) + tables. */
  readonly memory: number;
};

export type Forecast = Expected & {
  readonly tables: readonly {
    readonly table: string;
    readonly files: number;
    readonly firstFile: string;
    readonly rows: number;
    readonly bytes: number;
    /** If no other table were made. */
    readonly seconds: number;
    /** Of one worker. */
    readonly rowsPerSecond: number;
  }[];
  readonly rows: number;
  readonly format: OutputFormat;
};

/** What a run would make from nothing. Writes and reads no file. */
export function dryRun(plan: PhysicalPlan, options: Scope & { readonly workers: number }): Forecast {
  const { workers } = options;
  const tables = stretchesOf(plan, options).map((stretch) => {
    const { count, first, format, table } = stretch;
    const total = (value: (rows: number) => number): number =>
      sizesOf(stretch).reduce((sum, { rows, shards }) => sum + shards * value(rows), 0);
    const load = { table, files: count, rows: Math.round(total((rows) => rows)) };
    const line = {
      table: table.name,
      files: count,
      firstFile: table.partition
        ? partitionFile(table.partition, table.name, format)
        : shardPath(table.name, first, shardCount(table), format),
      rows: load.rows,
      bytes: total((rows) => estimatedBytes(table, rows)),
      seconds: secondsFor([load], workers),
      rowsPerSecond: 1e9 / table.estimate.nsPerRow,
    };
    return { load, line };
  });
  const lines = tables.map(({ line }) => line);
  return {
    tables: lines,
    rows: lines.reduce((sum, { rows }) => sum + rows, 0),
    bytes: lines.reduce((sum, { bytes }) => sum + bytes, 0),
    seconds:
      plan.estimate.startNs / 1e9 +
      secondsFor(
        tables.map(({ load }) => load),
        workers,
      ),
    memory: memoryFor(plan, workers),
    format: plan.output.format,
  };
}

/** `media/release_year=…/part-000000.parquet`: its values are known when the rows are. */
const partitionFile = ({ columns }: Partition, table: string, format: OutputFormat): string =>
  [table, ...columns.map(({ name }) => `${name}=…`), `part-000000.${format}`].join('/');

/** What it takes to make these shards. */
export function expected(plan: PhysicalPlan, shards: readonly Shard[], workers: number): Expected {
  const loads = plan.tables.map((table) => {
    const own = shards.filter((shard) => shard.table === table.name);
    return { table, files: own.length, rows: own.reduce((sum, { start, end }) => sum + end - start, 0) };
  });
  return {
    bytes: loads.reduce((sum, { table, rows }) => sum + estimatedBytes(table, rows), 0),
    seconds: plan.estimate.startNs / 1e9 + secondsFor(loads, workers),
    memory: memoryFor(plan, Math.min(workers, shards.length)),
  };
}

type Load = { readonly table: PhysicalTable; readonly files: number; readonly rows: number };

/** A file is one worker's: with few files some have nothing to do. */
function secondsFor(loads: readonly Load[], workers: number): number {
  const files = loads.reduce((sum, load) => sum + load.files, 0);
  const busy = loads.reduce((sum, { table, rows }) => sum + rows * table.estimate.nsPerRow, 0);
  const largest = loads.map(({ table, files, rows }) =>
    files === 0 ? 0 : Math.min(table.shardRows, rows) * table.estimate.nsPerRow,
  );
  return Math.max(busy / Math.max(1, Math.min(workers, files)), ...largest) / 1e9;
}

const memoryFor = ({ estimate }: PhysicalPlan, workers: number): number =>
  estimate.bytes + workers * estimate.bytesPerWorker;

export type ForecastFile = Pick<Shard, 'table' | 'shard' | 'file'> & {
  readonly rows: number;
  readonly bytes: number;
};

/** The same, file by file; without the files of partitions, which are known when the rows are. */
export function dryRunFiles(plan: PhysicalPlan, scope: Scope): readonly ForecastFile[] {
  return stretchesOf(plan, scope).flatMap((stretch) =>
    shardsOf(stretch).map(({ end, file, shard, start, table }) => {
      const rows = end - start;
      return { table, shard, file, rows, bytes: estimatedBytes(stretch.table, rows) };
    }),
  );
}
