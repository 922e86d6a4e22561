import type { OutputColumn, PhysicalPlan } from '../../compiler/5-lower/physical-plan.ts';
import type { Engine } from '../engine/engine.ts';
import type { Shard } from '../output/shards.ts';
import { loadSink } from '../sinks/index.ts';
import type { TableEncoder } from '../sinks/sink.ts';
import { Cancelled, type Hooks } from './cancelled.ts';

/** What making a file tells besides. */
type MakeHooks = {
  /** Candidates that a batch's rows took, by group. */
  readonly judged: (candidates: readonly number[]) => void;
};

/** The file of a shard: of its range of rows, or of the rows given. */
export type ShardEncoder = (shard: Shard, rows: readonly number[] | null) => AsyncGenerator<Uint8Array>;

/** Engine and sink of one thread, joined: a shard's rows, batch by batch, as a file's bytes. */
export async function createShardEncoder(
  plan: PhysicalPlan,
  engine: Engine,
  batchRows: number,
  hooks: Hooks & MakeHooks,
): Promise<ShardEncoder> {
  const sink = await loadSink(plan.output.format);
  // One table's at a time: shards come table by table, and an encoder holds a whole unit.
  let current: { readonly table: string; readonly encoder: TableEncoder } | null = null;
  return ({ end, start, table: name }, rows) => {
    const table = plan.tables.find((candidate) => candidate.name === name);
    if (table === undefined) throw new Error(`the plan has no table ${name}`);
    if (current?.table !== name) current = { table: name, encoder: sink(plan, table) };
    const steps = [...new Set(table.columns.flatMap(leafSteps))];
    hooks.progress(0);
    return current.encoder.encode({ start, end }, (from, most) => {
      if (hooks.cancelled()) throw new Cancelled();
      const count = Math.min(most, batchRows);
      const some = rows?.slice(from - start, from - start + count) ?? { start: from, count };
      const batch = engine.evaluate(name, some, steps);
      hooks.progress(from + batch.rows - start);
      hooks.judged(engine.candidates());
      return batch;
    });
  };
}

const leafSteps = ({ body }: OutputColumn): readonly number[] =>
  body.kind === 'leaf' ? [body.step] : body.fields.flatMap(leafSteps);
