import type { PhysicalPlan, PhysicalTable } from '../../compiler/5-lower/physical-plan.ts';
import type { Batch } from '../engine/column-view.ts';

/** Gives up to `count` rows from row `start` of the table; the batch is read before the next call. */
export type BatchSource = (start: number, count: number) => Batch;

/** The rows of one table as files. What it holds (buffers, an encode unit) serves one shard after another. */
export type TableEncoder = {
  /** One shard as a file, piece by piece, each good until the next is asked for; `rows` is a range of the table's rows. */
  encode(
    rows: { readonly start: number; readonly end: number },
    source: BatchSource,
  ): AsyncGenerator<Uint8Array>;
};

/** A file format: its bytes depend on the plan and the rows alone. */
export type Sink = (plan: PhysicalPlan, table: PhysicalTable) => TableEncoder;
