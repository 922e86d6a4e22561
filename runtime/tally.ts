import type { PhysicalPlan } from '../compiler/5-lower/physical-plan.ts';
import type { Progress, TableReport } from './events.ts';
import type { ShardRecord } from './output/manifest.ts';
import type { Shard } from './output/shards.ts';
import type { MadeShard } from './pool/pool.ts';

/** Counts rows, files, bytes and time by table. Times are milliseconds of one clock. */
export type Tally = {
  made(shard: MadeShard, now: number): void;
  progress(underWay: readonly { readonly table: string; readonly rows: number }[], now: number): Progress;
  /** Null until the table's last missing file is made. */
  finished(table: string): TableReport | null;
  report(): readonly TableReport[];
};

type Count = { rows: number; bytes: number; files: number };
type Row = {
  readonly missing: Count;
  readonly kept: Count;
  readonly made: Count;
  /** By group, of the rows made. */
  candidates: readonly number[];
  begun: number | null;
  ended: number;
};

/** The rate shown is that of the last so many milliseconds: tables differ in cost. */
const WINDOW_MS = 5_000;

export function createTally(
  plan: PhysicalPlan,
  workers: number,
  kept: readonly ShardRecord[],
  missing: readonly Shard[],
  start: number,
): Tally {
  const zero = (): Count => ({ rows: 0, bytes: 0, files: 0 });
  const tables = new Map<string, Row>();
  const row = (table: string): Row => tables.get(table)!;
  for (const { name } of plan.tables) {
    if ([...kept, ...missing].some(({ table }) => table === name)) {
      tables.set(name, {
        missing: zero(),
        kept: zero(),
        made: zero(),
        candidates: [],
        begun: null,
        ended: start,
      });
    }
  }
  for (const record of kept) add(row(record.table).kept, record.rows, record.bytes);
  for (const shard of missing) add(row(shard.table).missing, shard.end - shard.start, 0);
  const rate = createMeter(start);

  const report = (table: string): TableReport => {
    const { begun, candidates, ended, kept: old, made, missing: all } = row(table);
    const { estimate, groups } = plan.tables.find(({ name }) => name === table)!;
    const seconds = begun === null ? 0 : (ended - begun) / 1000;
    return {
      table,
      rows: old.rows + made.rows,
      bytes: old.bytes + made.bytes,
      files: old.files + made.files,
      made: { rows: made.rows, files: made.files, bytes: made.bytes },
      seconds,
      rowsPerSecond: seconds > 0 ? made.rows / seconds : 0,
      acceptance: groups.flatMap(({ acceptance }, group) => {
        const judged = candidates[group] ?? 0;
        return judged > 0 ? [{ share: made.rows / judged, estimate: acceptance }] : [];
      }),
      estimate: {
        bytes: Math.ceil(made.rows * estimate.bytesPerRow),
        rowsPerSecond: (Math.min(workers, all.files) * 1e9) / estimate.nsPerRow,
      },
    };
  };

  return {
    made({ record, candidates, begun }, now) {
      const counts = row(record.table);
      add(counts.made, record.rows, record.bytes);
      counts.candidates = candidates.map((count, group) => count + (counts.candidates[group] ?? 0));
      counts.begun = Math.min(counts.begun ?? begun, begun);
      counts.ended = now;
    },
    progress(underWay, now) {
      const shown = [...tables].map(
        ([
          table,
          {
            made,
            missing: { rows },
          },
        ]) => {
          const partial = underWay.reduce((sum, shard) => sum + (shard.table === table ? shard.rows : 0), 0);
          return { table, rows, done: Math.min(rows, made.rows + partial), bytes: made.bytes };
        },
      );
      const done = shown.reduce((sum, table) => sum + table.done, 0);
      const rows = shown.reduce((sum, table) => sum + table.rows, 0);
      const rowsPerSecond = rate(now, done);
      const etaSeconds = rowsPerSecond > 0 ? (rows - done) / rowsPerSecond : null;
      return {
        tables: shown,
        seconds: (now - start) / 1000,
        rowsPerSecond,
        etaSeconds,
        rss: process.memoryUsage.rss(),
      };
    },
    finished(table) {
      const { made, missing: all } = row(table);
      return made.files === all.files ? report(table) : null;
    },
    report: () => [...tables.keys()].map(report),
  };
}

function add(count: Count, rows: number, bytes: number): void {
  count.rows += rows;
  count.bytes += bytes;
  count.files += 1;
}

function createMeter(start: number): (now: number, rows: number) => number {
  const samples = [{ now: start, rows: 0 }];
  return (now, rows) => {
    samples.push({ now, rows });
    while (samples.length > 2 && samples[1]!.now <= now - WINDOW_MS) samples.shift();
    const first = samples[0]!;
    return now > first.now ? Math.max(0, ((rows - first.rows) * 1000) / (now - first.now)) : 0;
  };
}
