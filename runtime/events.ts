import type { OutputFormat } from '../compiler/5-lower/physical-plan.ts';
import type { Expected } from './forecast.ts';
import type { ShardRecord } from './output/manifest.ts';
import type { Sorting } from './partition/first-pass.ts';

/** What a run tells while it goes on: `run --json` writes these, a line each. Fields are added, never changed. */
export type RunEvent = { readonly v: 1 } & (
  | {
      readonly event: 'start';
      readonly dataset: string;
      readonly format: OutputFormat;
      readonly out: string;
      readonly workers: number;
      /** `kept` files are whole from an earlier run. */
      readonly tables: readonly {
        readonly table: string;
        readonly rows: number;
        readonly files: number;
        readonly kept: number;
      }[];
    }
  /** Before a start: the rows of partitioned tables are sorted into their partitions. */
  | { readonly event: 'sort'; readonly tables: Sorting }
  | ({ readonly event: 'progress' } & Progress)
  | ({ readonly event: 'shard' } & ShardRecord)
  | ({ readonly event: 'table' } & TableReport)
  | ({ readonly event: 'done' } & RunReport)
);

export type Progress = {
  readonly tables: readonly TableProgress[];
  readonly seconds: number;
  /** Over the last seconds. */
  readonly rowsPerSecond: number;
  /** Null until there is a rate. */
  readonly etaSeconds: number | null;
  /** Resident bytes of the process, all its threads together. */
  readonly rss: number;
};

/** How far a table has come; rows and files are those that this run has to make. */
export type TableProgress = {
  readonly table: string;
  readonly rows: number;
  readonly done: number;
  /** Of the files finished in this run. */
  readonly bytes: number;
};

export type TableReport = {
  readonly table: string;
  /** Of all whole files in the run's scope, those of earlier runs too. */
  readonly rows: number;
  readonly bytes: number;
  readonly files: number;
  /** Of the files that this run made. */
  readonly made: { readonly rows: number; readonly files: number; readonly bytes: number };
  /** From the begin of the table's first file to the end of its last. */
  readonly seconds: number;
  readonly rowsPerSecond: number;
  /** Of the candidates of each group that was conditioned for the rows made, beside what the plan has estimated. */
  readonly acceptance: readonly { readonly share: number; readonly estimate: number }[];
  /** Of the files that this run made. */
  readonly estimate: { readonly bytes: number; readonly rowsPerSecond: number };
};

export type RunReport = {
  readonly out: string;
  readonly format: OutputFormat;
  readonly tables: readonly TableReport[];
  readonly seconds: number;
  /** Of all threads. */
  readonly cpuSeconds: number;
  /** Of the files that were missing. */
  readonly estimate: Expected;
  /** Nothing was missing. */
  readonly upToDate: boolean;
  /** The signal came before all files were made; the same run goes on where this one stopped. */
  readonly interrupted: boolean;
  readonly peakRss: number;
};
