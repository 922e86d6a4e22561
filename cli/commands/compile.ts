import { EXPLAIN_FORMATS, type ExplainFormat } from '../../compiler/explain/formats.ts';
import { type Arguments, badValue, optionOf } from '../arguments.ts';
import type { Command } from '../command.ts';
import { compileSpec, FILES, fileFormatOf, PLANNING } from '../compilation.ts';
import { costsNote, readCosts } from '../costs.ts';
import { EXIT } from '../exit.ts';
import { usage } from '../failure.ts';
import type { Channel, Output } from '../output.ts';
import { writePlan, writeText } from '../plan-file.ts';
import type { Planned } from '../plan-spec.ts';
import { formatBytes, formatCount, formatSeconds } from '../terminal/quantity.ts';
import { renderTable } from '../terminal/table.ts';

/** The formats, the first as given. */
const listed = (first: string): string => {
  const names = [first, ...EXPLAIN_FORMATS.slice(1)];
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
};

export const compile: Command = {
  name: 'compile',
  summary: 'turn a spec into a plan, and show how each column is made',
  operands: 'SPEC',
  description:
    'A plan is plain data: plan.json, with its arrays in tables.bin beside it. Running it needs neither the spec nor its data files. ' +
    '--explain shows what was decided instead: how each column is made, how each constraint is met and what it costs, rows, bytes. ' +
    'text is for the terminal; nodes adds the kernels; rules shows every rule that fired, before and after, and why others did not; ' +
    'html is one page with the laws’ pictures; json is the same for programs; dot and mermaid draw tables, columns and groups.',
  options: {
    explain: {
      value: 'FORMAT',
      optional: true,
      summary: `show how the plan was made: ${listed('text (default)')}`,
    },
    output: {
      short: 'o',
      value: 'FILE',
      summary:
        'write the plan to FILE, its arrays to tables.bin beside it; with --explain, the explanation to FILE',
    },
    ...FILES,
    ...PLANNING,
  },
  examples: [
    {
      line: 'tvdd compile config/media_dataset.yaml --explain',
      does: 'how everything is made, and what it costs',
    },
    {
      line: 'tvdd compile config/media_dataset.yaml --explain=html -o plan.html',
      does: 'a page with pictures',
    },
    { line: 'tvdd compile config/media_dataset.yaml --explain=dot | dot -Tsvg', does: 'columns as a graph' },
    { line: 'tvdd compile config/media_dataset.yaml -o build/plan.json', does: 'a plan to run elsewhere' },
  ],
  execute: async (args, output) => {
    const [spec, extra] = args.positionals;
    if (!spec)
      throw usage(args.line, args.line.source.text.length, 'TVD7006', { command: 'compile', what: 'a spec' });
    if (extra) throw usage(args.line, extra.at, 'TVD7007', { command: 'compile' });
    const format = formatOf(args);
    const { probe } = await import('../../runtime/probe/probe.ts');
    const costs = readCosts();
    const times = new Map<string, number>();
    const planned = await compileSpec(args, spec, output, {
      probe,
      around: (rule, work) => {
        const start = performance.now();
        const done = work();
        times.set(rule, performance.now() - start);
        return done;
      },
      costs: costs.costs,
      format: fileFormatOf(args),
    });
    const file = optionOf(args, 'output')?.text;
    if (format) await explain(planned, format, file, output);
    // Not with the explanation, which is the same on every machine.
    if (format === 'rules') output.err.write(`${timesText(times)}\n`);
    if (format) return EXIT.good;
    if (file !== undefined) {
      writePlan(file, planned);
      output.err.write(`wrote ${file} and its tables.bin (${formatBytes(planned.blobs.byteLength)})\n`);
    }
    output.out.write(summary(planned, costsNote(costs), output.out));
    return EXIT.good;
  },
};

/** What the rules took, the slowest first. */
function timesText(times: ReadonlyMap<string, number>): string {
  const total = [...times.values()].reduce((sum, ms) => sum + ms, 0);
  const slowest = [...times].sort(([, a], [, b]) => b - a).slice(0, 5);
  const listed = slowest.map(([rule, ms]) => `${rule} ${ms.toFixed(1)}`).join(', ');
  return `the optimizer took ${total.toFixed(1)} ms: ${listed}`;
}

/** Null where the plan is asked for, not its explanation. */
function formatOf(args: Arguments): ExplainFormat | null {
  const word = optionOf(args, 'explain');
  if (!word) return null;
  const format = EXPLAIN_FORMATS.find((each) => each === (word.text || 'text'));
  if (format) return format;
  throw badValue(args, 'explain', word, listed('text'));
}

async function explain(
  planned: Planned,
  format: ExplainFormat,
  file: string | undefined,
  { out, err }: Output,
): Promise<void> {
  if (!planned.explain) throw new Error('the plan came without its explanation');
  const { renderExplanation } = await import('../../compiler/explain/render.ts');
  const { width, style } = out;
  const options = file === undefined ? { width, dress: style } : { width };
  const text = renderExplanation(planned.explain, format, options);
  if (file === undefined) out.write(text);
  else {
    writeText(file, text);
    err.write(`wrote ${file}\n`);
  }
}

function summary({ plan, blobs }: Planned, note: string, { style, width }: Channel): string {
  const { tables } = plan;
  const table = renderTable(
    [
      { name: 'table', align: 'left', cells: tables.map(({ name }) => name) },
      { name: 'rows', align: 'right', cells: tables.map(({ rows }) => formatCount(rows)) },
      { name: 'columns', align: 'right', cells: tables.map(({ columns }) => String(columns.length)) },
      {
        name: 'files',
        align: 'right',
        cells: tables.map(({ rows, shardRows }) => formatCount(Math.ceil(rows / shardRows))),
      },
      {
        name: 'bytes, about',
        align: 'right',
        cells: tables.map(({ rows, estimate }) => formatBytes(rows * estimate.bytesPerRow)),
      },
      {
        name: 'time a worker, about',
        align: 'right',
        cells: tables.map(({ rows, estimate }) => formatSeconds((rows * estimate.nsPerRow) / 1e9)),
      },
    ],
    { width, style },
  );
  return `${table}\n\nplan ${plan.planHash.slice(0, 16)}, arrays ${formatBytes(blobs.byteLength)}\n${style.dim(note)}\n`;
}
