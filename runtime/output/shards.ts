import type { OutputFormat, PhysicalPlan, PhysicalTable } from '../../compiler/5-lower/physical-plan.ts';
import { runError } from '../run-error.ts';

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
};

/**
 * In the plan's order. A share is counted over all tables, so that it does not depend on the tables chosen. Throws TVD6018
 * where the plan has no such table.
 */
export function stretchesOf(plan: PhysicalPlan, { shard: share, tables }: Scope): readonly Stretch[] {
  const names = plan.tables.map(({ name }) => name);
  const unknown = tables?.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw runError('TVD6018', { table: unknown }, `its tables are ${names.join(', ')}`, 'name one of these');
  const { index, of: every } = share ?? { index: 1, of: 1 };
  let before = 0;
  return plan.tables.flatMap((table) => {
    const first = (((index - 1 - before) % every) + every) % every;
    const shards = shardCount(table);
    before += shards;
    const count = Math.ceil((shards - first) / every);
    return count > 0 && (tables === undefined || tables.includes(table.name))
      ? [{ table, first, every, count, format: plan.output.format }]
      : [];
  });
}

export function shardsOf({ table, first, every, count, format }: Stretch): readonly Shard[] {
  const { name, rows, shardRows } = table;
  const shards = shardCount(table);
  return Array.from({ length: count }, (_, i) => {
    const shard = first + i * every;
    return {
      table: name,
      shard,
      start: shard * shardRows,
      end: Math.min((shard + 1) * shardRows, rows),
      file: shardPath(name, shard, shards, format),
    };
  });
}

/** Shards by their rows: all are of one size but a table's last. */
export function sizesOf({
  table,
  first,
  every,
  count,
}: Stretch): readonly { readonly rows: number; readonly shards: number }[] {
  const { rows, shardRows } = table;
  const last = shardCount(table) - 1;
  const rest = rows - last * shardRows;
  if (first + (count - 1) * every < last) return [{ rows: shardRows, shards: count }];
  return [
    { rows: shardRows, shards: count - 1 },
    { rows: rest, shards: 1 },
  ];
}
