import type { PhysicalTable } from '../../compiler/5-lower/physical-plan.ts';
import type { Shard } from '../output/shards.ts';

/** The partitions that a table's rows have, by path: what folders and files there are. */
export type Layout = readonly Partition[];
export type Partition = { readonly path: string; readonly rows: number };

/** What the first pass found in one range of a table's rows: partitions, and where their rows' places stand in its file. */
export type Scan = {
  readonly file: string;
  /** The range's first row. */
  readonly start: number;
  readonly found: readonly (Partition & { readonly at: number })[];
};

/** Places of rows of one partition in a scan's file: `rows` of them from the one numbered `at`. */
export type Segment = {
  readonly file: string;
  readonly start: number;
  readonly at: number;
  readonly rows: number;
};

/** Partitions in the order of their paths, by code unit: the same everywhere. */
export function layoutOf(scans: readonly Scan[]): Layout {
  const rows = new Map<string, number>();
  for (const { found } of scans)
    for (const { path, rows: more } of found) rows.set(path, (rows.get(path) ?? 0) + more);
  return [...rows].map(([path, count]) => ({ path, rows: count })).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The table's files: each partition's rows, in ascending order, cut as those of a table are. */
export function partitionShards(
  { name, shardRows }: PhysicalTable,
  layout: Layout,
  extension: string,
): readonly Shard[] {
  let shard = 0;
  return layout.flatMap(({ path, rows }) => {
    const files = Math.ceil(rows / shardRows);
    return Array.from(
      { length: files },
      (_, i): Shard => ({
        table: name,
        shard: shard++,
        start: i * shardRows,
        end: Math.min((i + 1) * shardRows, rows),
        file: `${name}/${path}/part-${String(i).padStart(6, '0')}.${extension}`,
        partition: path,
      }),
    );
  });
}

/** By partition: where its rows stand, in ascending order. */
export function segmentsOf(scans: readonly Scan[]): ReadonlyMap<string, readonly Segment[]> {
  const segments = new Map<string, Segment[]>();
  for (const { file, start, found } of [...scans].sort((a, b) => a.start - b.start))
    for (const { path, rows, at } of found) {
      const known = segments.get(path);
      const segment = { file, start, at, rows };
      if (known) known.push(segment);
      else segments.set(path, [segment]);
    }
  return segments;
}

/** The segments of a partition that hold its rows `from` to `to`, cut at both ends. */
export function cutSegments(segments: readonly Segment[], from: number, to: number): readonly Segment[] {
  let before = 0;
  return segments.flatMap((segment) => {
    const lo = Math.max(from - before, 0);
    const hi = Math.min(to - before, segment.rows);
    before += segment.rows;
    return lo < hi ? [{ ...segment, at: segment.at + lo, rows: hi - lo }] : [];
  });
}
