import type { OutputFormat, PhysicalPlan, PhysicalTable } from '../../compiler/5-lower/physical-plan.ts';
import { type Layout, partitionShards } from '../partition/layout.ts';
import { runError } from '../run-error.ts';

/** A contiguous range of rows of one table, or of one of its partitions: what one job makes and one file holds. */
export type Shard = {
  readonly table: string;
  /** From 0. */
  readonly shard: number;
  readonly start: number;
  readonly end: number;
  /** Relative to the output folder. */
  readonly file: string;
  /** The folders of its partition. */
  readonly partition: string | null;
};

/** `index` counts from 1: shard s of the plan's sequence is machine s mod `of` + 1's. */
export type Share = { readonly index: number; readonly of: number };

/** What partitions tables have, as far as their rows have been looked at. */
export type Layouts = ReadonlyMap<string, Layout>;
const NO_LAYOUTS: Layouts = new Map();

/** Of a table whose partitions are not known yet: about as many. */
export const shardCount = (
  { partition, rows, shardRows }: PhysicalTable,
  layout: Layout | null = null,
): number =>
  layout
    ? layout.reduce((sum, one) => sum + Math.ceil(one.rows / shardRows), 0)
    : (partition?.files ?? Math.ceil(rows / shardRows));

/** Six digits, or more where the table has more shards. */
export function shardPath(table: string, shard: number, shards: number, format: OutputFormat): string {
  const width = Math.max(6, String(shards - 1).length);
  return `${table}/part-${String(shard).padStart(width, '0')}.${format}`;
}

/** What a run is limited to: these tables, this machine's share of the files. */
export type Scope = {
  readonly tables?: readonly string[] | undefined;
  readonly shard?: Share | undefined;
};

/** Every `every`th shard of a table from `first` on, `count` of them. */
export type Stretch = {
  readonly table: PhysicalTable;
  readonly first: number;
  readonly every: number;
  readonly count: number;
  readonly format: OutputFormat;
  readonly layout: Layout | null;
};

/**
 * In the plan's order. A share is counted over all tables, so that it does not depend on the tables chosen. Throws TVD6018
 * where the plan has no such table.
 */
export function stretchesOf(
  plan: PhysicalPlan,
  { shard: share, tables }: Scope,
  layouts: Layouts = NO_LAYOUTS,
): readonly Stretch[] {
  const names = plan.tables.map(({ name }) => name);
  const unknown = tables?.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw runError('TVD6018', { table: unknown }, `its tables are ${names.join(', ')}`, 'name one of these');
  const { index, of: every } = share ?? { index: 1, of: 1 };
  let before = 0;
  return plan.tables.flatMap((table) => {
    const first = (((index - 1 - before) % every) + every) % every;
    // By the plan alone: a table that is not asked for is not looked at.
    before += shardCount(table);
    const layout = layouts.get(table.name) ?? null;
    const count = Math.ceil((shardCount(table, layout) - first) / every);
    return count > 0 && (tables === undefined || tables.includes(table.name))
      ? [{ table, first, every, count, format: plan.output.format, layout }]
      : [];
  });
}

/** None of a table whose partitions are not known yet. */
export function shardsOf({ table, first, every, count, format, layout }: Stretch): readonly Shard[] {
  const { name, partition, rows, shardRows } = table;
  if (layout)
    return partitionShards(table, layout, format).filter(({ shard }) => shard % every === first % every);
  if (partition) return [];
  const shards = shardCount(table);
  return Array.from({ length: count }, (_, i) => {
    const shard = first + i * every;
    return {
      table: name,
      shard,
      start: shard * shardRows,
      end: Math.min((shard + 1) * shardRows, rows),
      file: shardPath(name, shard, shards, format),
      partition: null,
    };
  });
}

/** Shards by their rows: all are of one size but a table's last; those of partitions on average. */
export function sizesOf({
  table,
  first,
  every,
  count,
}: Stretch): readonly { readonly rows: number; readonly shards: number }[] {
  const { partition, rows, shardRows } = table;
  if (partition) return [{ rows: rows / shardCount(table), shards: count }];
  const last = shardCount(table) - 1;
  const rest = rows - last * shardRows;
  if (first + (count - 1) * every < last) return [{ rows: shardRows, shards: count }];
  return [
    { rows: shardRows, shards: count - 1 },
    { rows: rest, shards: 1 },
  ];
}
