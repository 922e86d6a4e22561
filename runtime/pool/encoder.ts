import type { OutputColumn, PhysicalPlan } from '../../compiler/5-lower/physical-plan.ts';
import type { Engine } from '../engine/engine.ts';
import type { Shard } from '../output/shards.ts';
import { loadSink } from '../sinks/index.ts';
import type { TableEncoder } from '../sinks/sink.ts';

export type Hooks = {
  /** Asked between two batches. */
  readonly cancelled: () => boolean;
  /** Rows made of the shard at hand. */
  readonly progress: (rows: number) => void;
  /** Candidates that a batch's rows took, by group. */
  readonly judged: (candidates: readonly number[]) => void;
};
export type ShardEncoder = {
  encode(shard: Shard): AsyncGenerator<Uint8Array>;
  isCancellation(error: unknown): boolean;
};

/** Engine and sink of one thread, joined: a shard's rows, batch by batch, as a file's bytes. */
export async function createShardEncoder(
  plan: PhysicalPlan,
  engine: Engine,
  batchRows: number,
  hooks: Hooks,
): Promise<ShardEncoder> {
  const sink = await loadSink(plan.output.format);
  const cancellation = new Error('cancelled');
  // One table's at a time: shards come table by table, and an encoder holds a whole unit.
  let current: { readonly table: string; readonly encoder: TableEncoder } | null = null;
  return {
    encode({ end, start, table: name }) {
      const table = plan.tables.find((candidate) => candidate.name === name);
      if (table === undefined) throw new Error(`the plan has no table ${name}`);
      if (current?.table !== name) current = { table: name, encoder: sink(plan, table) };
      const steps = [...new Set(table.columns.flatMap(leafSteps))];
      hooks.progress(0);
      return current.encoder.encode({ start, end }, (from, count) => {
        if (hooks.cancelled()) throw cancellation;
        const rows = { start: from, count: Math.min(count, batchRows) };
        const batch = engine.evaluate(name, rows, steps);
        hooks.progress(from + batch.rows - start);
        hooks.judged(engine.candidates());
        return batch;
      });
    },
    isCancellation: (error) => error === cancellation,
  };
}

const leafSteps = ({ body }: OutputColumn): readonly number[] =>
  body.kind === 'leaf' ? [body.step] : body.fields.flatMap(leafSteps);
