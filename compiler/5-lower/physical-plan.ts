import type { Operand } from '../../stdlib/define.ts';
import type { SlotKind, Type } from '../../stdlib/types.ts';
import type { Encoding } from '../storage/encoding.ts';

export type { Encoding };

/** All that the runtime sees of the compiler: plain data, plan.json, with the arrays of `blobs` in tables.bin. */
export type PhysicalPlan = {
  readonly version: 1;
  readonly tvdd: string;
  readonly kernels: string;
  readonly dataset: string;
  readonly seed: string;
  readonly specHash: string;
  readonly planHash: string;
  readonly tables: readonly PhysicalTable[];
  readonly blobs: readonly { readonly offset: number; readonly bytes: number }[];
  /** sha256 of tables.bin. */
  readonly blobsHash: string;
  readonly output: {
    readonly path: string;
    readonly format: OutputFormat;
    /** Of Parquet's pages; `none` in the other formats. */
    readonly compression: 'snappy' | 'none' | 'zstd' | 'lz4';
  };
  readonly estimate: PlanEstimate;
};

/** Also the extension of its files. */
export type OutputFormat = 'parquet' | 'csv' | 'jsonl' | 'arrow';

export type PhysicalTable = {
  readonly name: string;
  readonly doc: string | null;
  readonly rows: number;
  readonly key: string | null;
  /** In dependency order; a step's number is its index. */
  readonly steps: readonly Step[];
  readonly groups: readonly Group[];
  /** What is stored, in the spec's order. */
  readonly columns: readonly OutputColumn[];
  /** Leaf columns by path (hidden ones too) → step: for `sample --json`, tests and errors. */
  readonly paths: Readonly<Record<string, number>>;
  /** Rows a file; rows a row group (the encode unit). A file has whole units except the last. */
  readonly shardRows: number;
  readonly unitRows: number;
  readonly partition: Partition | null;
  /** Columns of `partition_by` that are left out, from the right: with so few rows their files would be tiny. */
  readonly leftOut: readonly string[];
  readonly estimate: Estimate;
};

/** Files by the values of columns, in Hive's layout: `release_year=1999/genre=Drama/part-000000.parquet`. */
export type Partition = {
  readonly columns: readonly PartitionColumn[];
  /** Estimated: how many there are is known when the rows are. */
  readonly files: number;
};
export type PartitionColumn = { readonly name: string; readonly step: number; readonly type: Type };

/** Of a row: bytes in a file, time of one thread from nothing to there. Forecasts: no part of the plan's identity. */
export type Estimate = { readonly bytesPerRow: number; readonly nsPerRow: number };
/** Of a run: time before the first row; memory, and what every worker adds to it. */
export type PlanEstimate = {
  readonly startNs: number;
  readonly bytes: number;
  readonly bytesPerWorker: number;
};

export type Slot = {
  readonly kind: SlotKind;
  readonly width: number;
  readonly nullable: boolean;
  readonly dictionary: number | null;
};

export type Step = {
  readonly slot: Slot;
  /** The column or expression that the step computes, for errors. */
  readonly source: SourcePlace | null;
  readonly body: StepBody;
};

/** Text as in the spec, and where it stands: there, or in a condition of the command line, counted from 1. */
export type SourcePlace = {
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly condition?: number;
};

export type StepBody =
  | { readonly op: 'row-id' }
  /** bigint as decimal digits; a real as number, ±Infinity and -0 as text; text; code as number. */
  | { readonly op: 'constant'; readonly value: string | number | boolean | null }
  | {
      readonly op: 'kernel';
      readonly kernel: string;
      readonly operands: readonly Operand[];
      readonly nulls: 'strict' | 'never' | 'kernel';
    }
  /** The parent's column at the rows that `ref` (i64) holds. Null where ref is null. */
  | {
      readonly op: 'parent';
      readonly ref: number;
      readonly table: string;
      readonly step: number;
      /** Whether rows of a batch often have one parent, so that it pays to compute each once. */
      readonly repeats: boolean;
    }
  /** The values of `of` (its memory, any slot kind), null where it is null or where `when` (bool) is true. */
  | { readonly op: 'masked'; readonly of: number; readonly when: number }
  /** Concatenation. `str` slots, `code` slots with their dictionary, i64 in decimal digits, literals. Null where any piece is. */
  | { readonly op: 'text'; readonly pieces: readonly TextPiece[] };

export type TextPiece = { readonly literal: string } | { readonly slot: number };

/** Steps conditioned as one: draws whose `key` operand names the group share its attempt. */
export type Group = {
  /** bool steps: accepted where none is false (null counts as true). In the order of the spec. */
  readonly checks: readonly GroupCheck[];
  /** A number in 0..1 by which a candidate is kept, with the stream of its uniform. */
  readonly weigh: { readonly step: number; readonly key: string } | null;
  /** The checks and the weight, each once, in order of evaluation. What is accepted does not depend on it. */
  readonly judging: readonly Judgement[];
  readonly tries: number;
  /** Estimated at compile time. */
  readonly acceptance: number;
};
/** Where so many candidates have been rejected before it, it is evaluated for the others only; null: for all. */
export type Judgement = { readonly of: number | 'weigh'; readonly leaveOut: number | null };
export type GroupCheck = SourcePlace & {
  readonly step: number;
  /** What it is computed from, inside out: shown with their values where a row fails it for good. */
  readonly parts: readonly CheckPart[];
};
export type CheckPart = SourcePlace & { readonly step: number; readonly type: Type };

export type OutputColumn = {
  readonly name: string;
  readonly doc: string | null;
  readonly type: Type;
  readonly nullable: boolean;
  readonly body:
    | {
        readonly kind: 'leaf';
        readonly step: number;
        readonly order: ColumnOrder | null;
        readonly encoding: Encoding;
      }
    | { readonly kind: 'struct'; readonly fields: readonly OutputColumn[] };
};

/** What is known of a column's values along the table's rows: never falling or never rising; `strict`: no two are equal. */
export type ColumnOrder = { readonly direction: 'ascending' | 'descending'; readonly strict: boolean };

/** `slot.dictionary` of a step indexes the plan's blobs: u32 count, u32 offsets[count + 1], UTF-8 bytes. */
