import { statfsSync } from 'node:fs';
import type { PhysicalPlan, PhysicalTable } from '../../compiler/5-lower/physical-plan.ts';
import { runError } from '../run-error.ts';
import type { Shard } from './shards.ts';

/** Bytes that a file of so many rows is estimated to take. */
export const estimatedBytes = ({ estimate }: PhysicalTable, rows: number): number =>
  Math.ceil(rows * estimate.bytesPerRow);

/** Throws TVD6015 where the shards would not fit. */
export function checkSpace(plan: PhysicalPlan, out: string, missing: readonly Shard[]): void {
  const tables = new Map(plan.tables.map((table) => [table.name, table]));
  const needed = missing.reduce(
    (sum, { table, start, end }) => sum + estimatedBytes(tables.get(table)!, end - start),
    0,
  );
  const { bavail, bsize } = statfsSync(out);
  const free = bavail * bsize;
  if (needed <= free) return;
  const reason = `${missing.length} files are still to be made`;
  const help = 'make room, choose a folder on another disk with --out, or make fewer rows with --scale';
  throw runError('TVD6015', { out, needed: inBytes(needed), free: inBytes(free) }, reason, help);
}

function inBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let unit = 0;
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
