/**
 * Times the sinks alone: rows of a table are made first, kept in memory, then written in each format by one thread.
 * argv: spec, table, rows, folder, formats. A line of JSON a format.
 */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OutputColumn } from '../../compiler/5-lower/physical-plan.ts';
import { compile } from '../../compiler/compile.ts';
import type { Batch, ColumnView } from '../../runtime/engine/column-view.ts';
import { createEngine } from '../../runtime/engine/engine.ts';
import { isFormat, loadSink } from '../../runtime/sinks/index.ts';
import type { BatchSource } from '../../runtime/sinks/sink.ts';

const BATCH = 8192;
const [spec = '', name = '', rows = '', folder = '', ...formats] = process.argv.slice(2);
const total = Number(rows);
const { plan, blobs, diagnostics } = compile(
  { name: spec, text: readFileSync(spec, 'utf8') },
  { host: { readFile: (path) => readFileSync(join(dirname(spec), path)) }, version: 'bench' },
);
const table = plan?.tables.find((one) => one.name === name);
if (!plan || !table)
  throw new Error(diagnostics.map(({ message }) => message).join('; ') || `no table ${name}`);

const steps = [...new Set(table.columns.flatMap(stepsOf))];
const engine = createEngine(plan, blobs, { batchRows: BATCH });
const batches: Batch[] = [];
for (let start = 0; start < total; start += BATCH)
  batches.push(kept(engine.evaluate(name, { start, count: Math.min(BATCH, total - start) }, steps)));
const source: BatchSource = (start) => batches[start / BATCH]!;

for (const format of formats.filter(isFormat)) {
  // A row group is a batch, so that batches are taken as they are.
  const encoder = (await loadSink(format))(plan, { ...table, unitRows: BATCH });
  const path = join(folder, `${name}.${format}`);
  const begun = process.cpuUsage();
  const file = openSync(path, 'w');
  let bytes = 0;
  for await (const piece of encoder.encode({ start: 0, end: total }, source)) bytes += writeSync(file, piece);
  closeSync(file);
  console.log(JSON.stringify({ format, rows: total, bytes, seconds: cpuSeconds(begun) }));
}

function stepsOf({ body }: OutputColumn): readonly number[] {
  return body.kind === 'leaf' ? [body.step] : body.fields.flatMap(stepsOf);
}

/** Out of the engine's memory, which the next batch overwrites. */
function kept(batch: Batch): Batch {
  const views = new Map(
    steps.map((step): [number, ColumnView] => {
      const { offsets, valid, values, ...view } = batch.column(step);
      return [
        step,
        { ...view, values: values.slice(), offsets: offsets?.slice() ?? null, valid: valid?.slice() ?? null },
      ];
    }),
  );
  return { rows: batch.rows, column: (step) => views.get(step)! };
}

function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { system, user } = process.cpuUsage(since);
  return (system + user) / 1e6;
}
