import type { LogicalTable } from '../3-plan/logical-plan.ts';
import type { OutputColumn, PartitionColumn, PhysicalTable } from './physical-plan.ts';

/** Where the spec was made for more rows, files are to have so many bytes on average. */
const SMALL_FILE = 1_000_000;

/**
 * The columns that a table's files are partitioned by. Where the command line asks for fewer rows than the spec, columns are
 * left out from the right until files are not small: by sizes that follow from the spec alone.
 */
export function partitionOf(
  { partition, rows }: LogicalTable,
  columns: readonly OutputColumn[],
  bytesPerRow: number,
  shardRows: number,
): Pick<PhysicalTable, 'partition' | 'leftOut'> {
  if (!partition) return { partition: null, leftOut: [] };
  const { by, fewer } = partition;
  const filesOf = (kept: number): number =>
    Math.max(Math.min(by[kept - 1]?.combinations ?? 1, rows), Math.ceil(rows / shardRows));
  let kept = by.length;
  if (fewer) while (kept > 0 && (rows * bytesPerRow) / filesOf(kept) < SMALL_FILE) kept--;
  const paths = by.map(({ path }) => path);
  const leftOut = paths.slice(kept);
  if (kept === 0) return { partition: null, leftOut };
  const stored = paths.slice(0, kept).map((path) => partitionColumn(path, columns));
  return { partition: { columns: stored, files: filesOf(kept) }, leftOut };
}

function partitionColumn(path: string, columns: readonly OutputColumn[]): PartitionColumn {
  const [name, ...inner] = path.split('.');
  const column = columns.find((candidate) => candidate.name === name);
  if (!column) throw new Error(`${path} is not stored`);
  if (column.body.kind === 'struct')
    return { ...partitionColumn(inner.join('.'), column.body.fields), name: path };
  return { name: path, step: column.body.step, type: column.type };
}
