import type { OutputFormat, PhysicalPlan } from '../physical-plan.ts';
import committed from './costs.json' with { type: 'json' };

/** Nanoseconds a row, and a byte of the texts, lists and vectors that a row reads and writes. */
export type Cost = { readonly ns: number; readonly nsPerByte?: number };

/** How a column's values lie in a file: numbers of at most 32 bits are narrow. */
export type StoredLayout =
  | 'bool'
  | 'narrow'
  | 'wide'
  | 'decimal'
  | 'uuid'
  | 'enum'
  | 'text'
  | 'list'
  | 'vector';
/** What files are written as: Parquet by its codec, other formats by their names. */
export type Written = PhysicalPlan['output']['compression'] | Exclude<OutputFormat, 'parquet'>;
export const writtenAs = ({ format, compression }: PhysicalPlan['output']): Written =>
  format === 'parquet' ? compression : format;

/** What work costs on some machine, one thread. Such figures decide no value: forecasts, and among plans of the same bytes. */
export type Costs = {
  /** Goes up when a field changes its meaning or goes away. */
  readonly version: 1;
  /** Where they were measured. */
  readonly machine: string;
  /** By kernel, the engine's own too. `concat` is a piece of text, not a row. */
  readonly kernels: Readonly<Record<string, Cost>>;
  /** A kernel's call, before its first row. */
  readonly callNs: number;
  /** From batches to bytes of a file; `nulls` comes on top where a column may be null. */
  readonly columns: Readonly<Record<Written, Readonly<Record<StoredLayout | 'nulls', Cost>>>>;
  /** A file: hashed, written and synced. */
  readonly file: Cost;
  /** Before the first row: threads, modules, memory. */
  readonly startNs: number;
};

/** Measured by `tvdd bench kernels --out compiler/5-lower/cost/costs.json` on an idle machine. */
export const COSTS: Costs = { ...committed, version: 1 };
