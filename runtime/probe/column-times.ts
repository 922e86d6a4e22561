import type { OutputColumn, PhysicalPlan, PhysicalTable } from '../../compiler/5-lower/physical-plan.ts';
import type { Batch, ColumnView } from '../engine/column-view.ts';
import { BATCH_ROWS, createEngine, type Engine } from '../engine/engine.ts';
import { itemBytes } from '../engine/slots.ts';
import { createShardEncoder } from '../pool/encoder.ts';

/** A column stored alone: nanoseconds a row, bytes of its texts or items a row, bytes of the file a row. */
export type ColumnTime = {
  readonly column: OutputColumn;
  readonly bytes: number;
  readonly ns: number;
  readonly stored: number;
};

/** Of a file: one row group. */
const BATCHES = 16;
const ROWS = BATCHES * BATCH_ROWS;

/** How long each column of a table takes from batches in memory to bytes of a file, in processor time; interleaved rounds, medians. */
export async function timeColumns(
  plan: PhysicalPlan,
  blobs: Uint8Array,
  name: string,
  rounds: number,
): Promise<readonly ColumnTime[]> {
  const table = plan.tables.find((candidate) => candidate.name === name);
  if (table === undefined) throw new Error(`the plan has no table ${name}`);
  const made = copies(createEngine(plan, blobs), table);
  const engine = (column: OutputColumn): Engine => ({
    evaluate: (_, rows) => made[('start' in rows ? rows.start : 0) / BATCH_ROWS]![stepOf(column)]!,
    candidates: () => [],
    attempts: () => [],
    judge: () => ({ accepted: new Uint8Array(), rejects: [] }),
  });
  const alone = table.columns.map((column) => ({
    ...plan,
    tables: [{ ...table, columns: [column], unitRows: ROWS, shardRows: ROWS }],
  }));
  const hooks = { cancelled: () => false, progress: () => {}, judged: () => {} };
  const encoders = await Promise.all(
    table.columns.map((column, i) => createShardEncoder(alone[i]!, engine(column), BATCH_ROWS, hooks)),
  );
  const times = table.columns.map((): number[] => []);
  const stored = table.columns.map(() => 0);
  for (let round = 0; round <= rounds; round++) {
    for (const [i, encoder] of encoders.entries()) {
      let bytes = 0;
      const start = process.cpuUsage();
      const shard = { table: name, shard: 0, start: 0, end: ROWS, file: '', partition: null };
      for await (const piece of encoder(shard, null)) bytes += piece.length;
      // The first round compiles the code.
      if (round > 0) times[i]!.push(cpuNs(start) / ROWS);
      stored[i] = bytes / ROWS;
    }
  }
  return table.columns.map((column, i) => ({
    column,
    bytes:
      made.reduce((sum, batch) => sum + itemsOf(batch[stepOf(column)]!.column(stepOf(column))), 0) / ROWS,
    ns: [...times[i]!].sort((a, b) => a - b)[times[i]!.length >> 1]!,
    stored: stored[i]!,
  }));
}

function cpuNs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) * 1000;
}

function stepOf({ body, name }: OutputColumn): number {
  if (body.kind === 'leaf') return body.step;
  throw new Error(`${name} is no leaf`);
}

/** Batches of the table that stay when the next is made, by step. */
function copies(engine: Engine, table: PhysicalTable): readonly (readonly Batch[])[] {
  const steps = table.columns.map(stepOf);
  return Array.from({ length: BATCHES }, (_, i) => {
    const batch = engine.evaluate(table.name, { start: i * BATCH_ROWS, count: BATCH_ROWS }, steps);
    const found: Batch[] = [];
    for (const step of steps) {
      const view = copyOf(batch.column(step));
      found[step] = { rows: batch.rows, column: () => view };
    }
    return found;
  });
}

const copyOf = (view: ColumnView): ColumnView => ({
  ...view,
  values: view.values.slice(),
  offsets: view.offsets?.slice() ?? null,
  valid: view.valid?.slice() ?? null,
});

/** Bytes of texts, lists and vectors. */
function itemsOf({ kind, offsets, values, valid }: ColumnView): number {
  if (kind === 'vec') return values.byteLength / 2;
  return offsets === null || valid !== null ? 0 : values.length * itemBytes(kind);
}
