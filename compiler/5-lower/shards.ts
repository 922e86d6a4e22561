import { MOST_ROWS } from '../storage/costs.ts';

const UNIT_BYTES = 32 * 2 ** 20;
const SHARD_BYTES = 64 * 2 ** 20;

/** Above this, files are made larger: their number has six digits, and lists of them fit into memory. */
const MAX_SHARDS = 1_000_000;

/**
 * Rows of a row group and of a file: powers of two, from the size of a row, and of the table where it would have more than
 * a million files. A file is whole row groups.
 */
export function shardSizes(
  bytesPerRow: number,
  rows: number,
): { readonly shardRows: number; readonly unitRows: number } {
  // Rows of next to nothing, or of nothing at all, do not make files without end.
  const rowsIn = (bytes: number): number => powerOfTwoBelow(bytes / Math.max(bytesPerRow, 1));
  const unitRows = Math.min(MOST_ROWS, rowsIn(UNIT_BYTES));
  let shardRows = Math.max(unitRows, rowsIn(SHARD_BYTES));
  while (Math.ceil(rows / shardRows) > MAX_SHARDS) shardRows *= 2;
  return { unitRows, shardRows };
}

function powerOfTwoBelow(limit: number): number {
  let power = 1;
  while (power * 2 <= limit) power *= 2;
  return power;
}
