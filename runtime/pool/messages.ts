import type { PhysicalPlan } from '../../compiler/5-lower/physical-plan.ts';
import type { FaultDetail } from '../engine/fault.ts';
import { RunFault } from '../engine/fault.ts';
import type { ShardRecord } from '../output/manifest.ts';
import type { Shard } from '../output/shards.ts';
import type { Scan, Segment } from '../partition/layout.ts';
import type { RunErrorDetail } from '../run-error.ts';
import { RunError } from '../run-error.ts';

/** What a worker gets once. Memory is shared, not copied: tables.bin may be large. */
export type WorkerData = {
  readonly plan: PhysicalPlan;
  readonly blobs: Uint8Array;
  readonly out: string;
  readonly batchRows: number;
  /** Int32: {@link CANCEL}, then the rows done of each worker's job. */
  readonly control: SharedArrayBuffer;
  /** Of this worker, from 0. */
  readonly index: number;
};

/** Not 0: stop between two batches. */
export const CANCEL = 0;
export const rowsOfWorker = (index: number): number => 1 + index;

/** A file to be made: of a range of rows, or of a partition's rows, which `segments` hold. */
export type Make = {
  readonly kind: 'make';
  readonly shard: Shard;
  readonly segments: readonly Segment[] | null;
};
/** A range of a table's rows to be sorted into partitions. */
export type ScanRange = {
  readonly kind: 'scan';
  readonly table: string;
  readonly start: number;
  readonly end: number;
  readonly file: string;
};
export type Job = Make | ScanRange;

export type ToWorker = Job | { readonly kind: 'end' };
export type FromWorker =
  /** `candidates` by group of the table: what its rows took. */
  | { readonly kind: 'made'; readonly record: ShardRecord; readonly candidates: readonly number[] }
  | { readonly kind: 'scanned'; readonly table: string; readonly scan: Scan }
  /** The job is given up and its temporary file removed. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'stopped' };

export type Failure =
  | { readonly kind: 'fault'; readonly detail: FaultDetail }
  | { readonly kind: 'error'; readonly detail: RunErrorDetail }
  /** One of our own bugs. */
  | { readonly kind: 'bug'; readonly message: string; readonly stack: string | undefined };

export function toError(failure: Failure): Error {
  switch (failure.kind) {
    case 'fault':
      return new RunFault(failure.detail);
    case 'error':
      return new RunError(failure.detail);
    case 'bug': {
      const error = new Error(failure.message);
      if (failure.stack !== undefined) error.stack = failure.stack;
      return error;
    }
  }
}
