import type { Type } from '../../stdlib/types.ts';
import type { OutputColumn, Step } from './physical-plan.ts';

const UNIT_BYTES = 32 * 2 ** 20;
const SHARD_BYTES = 64 * 2 ** 20;
const MAX_UNIT_ROWS = 2 ** 17;

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
  const rowsIn = (bytes: number): number => powerOfTwoBelow(bytes / bytesPerRow);
  const unitRows = Math.min(MAX_UNIT_ROWS, rowsIn(UNIT_BYTES));
  let shardRows = Math.max(unitRows, rowsIn(SHARD_BYTES));
  while (Math.ceil(rows / shardRows) > MAX_SHARDS) shardRows *= 2;
  return { unitRows, shardRows };
}

function powerOfTwoBelow(limit: number): number {
  let power = 1;
  while (power * 2 <= limit) power *= 2;
  return power;
}

/** Bytes a row takes in a file, compressed, as far as types and dictionaries tell. */
export function estimateBytes(columns: readonly OutputColumn[], steps: readonly Step[]): number {
  return columns.reduce(
    (sum, { type, body }) =>
      sum +
      (body.kind === 'struct' ? estimateBytes(body.fields, steps) : estimateLeaf(type, steps[body.step]!)),
    0,
  );
}

/** Text is templated from few words: about a third of its longest form remains. */
const TEXT_SHARE = 0.35;

function estimateLeaf(type: Type, step: Step): number {
  switch (type.kind) {
    case 'bool':
      return 1 / 8;
    case 'int':
    case 'float':
      return type.bits / 8;
    case 'enum':
    case 'row':
      return Math.max(1, 32 - Math.clz32(type.kind === 'enum' ? type.values.length - 1 : 1)) / 8;
    case 'text':
    case 'json':
      return 4 + step.slot.width * TEXT_SHARE;
    case 'decimal':
    case 'uuid':
      return 16;
    case 'vector':
      return 4 * type.dims;
    case 'list':
      return 2 + (step.slot.width / 2) * estimateLeaf(type.of, step);
    case 'date':
      return 4;
    default:
      return 8;
  }
}
