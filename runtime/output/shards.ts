import type { PhysicalPlan, PhysicalTable } from '../../compiler/5-lower/physical-plan.ts';

/** A contiguous range of rows of one table: what one job makes and one file holds. */
export type Shard = {
  readonly table: string;
  /** From 0. */
  readonly shard: number;
  readonly start: number;
  readonly end: number;
  /** Relative to the output folder. */
  readonly file: string;
};

/** `index` counts from 1: shard s of the plan's sequence is machine s mod `of` + 1's. */
export type Share = { readonly index: number; readonly of: number };

export const shardCount = ({ rows, shardRows }: PhysicalTable): number => Math.ceil(rows / shardRows);

export function shardsOf(table: PhysicalTable): readonly Shard[] {
  const { name, rows, shardRows } = table;
  return Array.from({ length: shardCount(table) }, (_, shard) => ({
    table: name,
    shard,
    start: shard * shardRows,
    end: Math.min((shard + 1) * shardRows, rows),
    file: shardPath(name, shard, shardCount(table)),
  }));
}

/** Six digits, or more where the table has more shards. */
export function shardPath(table: string, shard: number, shards: number): string {
  const width = Math.max(6, String(shards - 1).length);
  return `${table}/part-${String(shard).padStart(width, '0')}.parquet`;
}

/** In the plan's order. A share is counted over all tables, so that it does not depend on the tables chosen. */
export function shardsInScope(
  plan: PhysicalPlan,
  tables: readonly string[] | undefined,
  share: Share | undefined,
): readonly Shard[] {
  return plan.tables
    .flatMap(shardsOf)
    .filter((_, s) => share === undefined || s % share.of === share.index - 1)
    .filter(({ table }) => tables === undefined || tables.includes(table));
}
