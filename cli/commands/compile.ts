import { badValue, isOn, optionOf } from '../arguments.ts';
import type { Command } from '../command.ts';
import { compileSpec, PLANNING, type Planned } from '../compilation.ts';
import { EXIT } from '../exit.ts';
import { usage } from '../failure.ts';
import type { Channel } from '../output.ts';
import { writePlan } from '../plan-file.ts';
import { formatBytes, formatCount } from '../terminal/quantity.ts';
import { renderTable } from '../terminal/table.ts';

export const compile: Command = {
  name: 'compile',
  summary: 'turn a spec into a plan, and show how each column is made',
  operands: 'SPEC',
  description:
    'A plan is plain data: plan.json, with its arrays in tables.bin beside it. Running it needs neither the spec nor its data files. ' +
    '--explain shows what was decided: how each constraint is met and what it costs, how each law is drawn, rows, bytes and time.',
  options: {
    explain: { value: 'json', optional: true, summary: 'show the plan as a tree, or as JSON' },
    output: {
      short: 'o',
      value: 'FILE',
      summary: 'write the plan to FILE, its arrays to tables.bin beside it',
    },
    ...PLANNING,
  },
  examples: [
    { line: 'tvdd compile config/media_dataset.yaml --explain', does: 'the plan as a tree' },
    { line: 'tvdd compile config/media_dataset.yaml -o build/plan.json', does: 'a plan to run elsewhere' },
  ],
  execute: async (args, output) => {
    const [spec, extra] = args.positionals;
    if (!spec)
      throw usage(args.line, args.line.source.text.length, 'TVD7006', { command: 'compile', what: 'a spec' });
    if (extra) throw usage(args.line, extra.at, 'TVD7007', { command: 'compile' });
    const explain = optionOf(args, 'explain');
    if (explain && explain.text !== '' && explain.text !== 'json')
      throw badValue(args, 'explain', explain, 'json, or nothing');
    const { probe } = await import('../../runtime/probe/probe.ts');
    const planned = await compileSpec(args, spec, output, { probe });
    const file = optionOf(args, 'output');
    if (file) {
      writePlan(file.text, planned);
      output.err.write(`wrote ${file.text} and its tables.bin (${formatBytes(planned.blobs.byteLength)})\n`);
    }
    if (isOn(args, 'explain')) output.out.write(await explained(planned, explain?.text === 'json'));
    else output.out.write(summary(planned, output.out));
    return EXIT.good;
  },
};

async function explained({ explain }: Planned, asJson: boolean): Promise<string> {
  if (!explain) throw new Error('the plan came without its explanation');
  if (asJson) return `${JSON.stringify(explain, null, 2)}\n`;
  const { explainText } = await import('../../compiler/explain/text.ts');
  return explainText(explain);
}

function summary({ plan, blobs }: Planned, { style, width }: Channel): string {
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
    ],
    { width, style },
  );
  return `${table}\n\nplan ${plan.planHash.slice(0, 16)}, arrays ${formatBytes(blobs.byteLength)}\n`;
}
