import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import type { Source } from '../../compiler/1-parse/source.ts';
import type { PhysicalPlan } from '../../compiler/5-lower/physical-plan.ts';
import type { RunReport } from '../../runtime/events.ts';
import type { RunOptions } from '../../runtime/run.ts';
import { type Arguments, badValue, isOn, optionOf, type Word, wholeNumber } from '../arguments.ts';
import type { Command } from '../command.ts';
import { blaming, compileSpec, FILES, fileFormatOf, PLANNING } from '../compilation.ts';
import { costsNote, type KnownCosts, readCosts } from '../costs.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { usage } from '../failure.ts';
import { onInterrupt } from '../interrupt.ts';
import { invocation, shellWord } from '../invocation.ts';
import type { Output } from '../output.ts';
import { folderNamed } from '../output-folder.ts';
import { type PlanFile, readPlan } from '../plan-file.ts';
import { runFailure } from '../run-fault.ts';
import { forecastText, layoutNotes, nextSteps, summaryText } from '../run-summary.ts';
import { showFirstRows } from '../terminal/rows.ts';
import { silent, streamRun, watchRun } from '../watch.ts';

export const run: Command = {
  name: 'run',
  summary: 'make the data: files and their manifest',
  operands: 'SPEC|PLAN',
  description:
    'Makes every table, or goes on with what an earlier run of the same plan has left; whole files are kept. The bytes depend on ' +
    'the spec, the seed, the rows and the format only: not on workers, batches or shares. Ctrl-C leaves what can be gone on with.\n' +
    'Files are Parquet, CSV (texts quoted, nothing else; a null is an empty field, the empty text is ""), JSON lines or Arrow IPC; ' +
    'part-000007 has the same rows in each. A folder holds one format.\n' +
    '--json writes the events of the run to standard output, a line each: start, progress, shard, table, done.',
  options: {
    out: { value: 'DIR', summary: 'the output folder (default: the path under `output:`, or ./out)' },
    ...FILES,
    ...PLANNING,
    tables: { value: 'A,B', summary: 'only these tables' },
    workers: { value: 'N', summary: 'threads (default: one a core)' },
    batch: { value: 'N', summary: 'rows a batch (default 8192)' },
    shard: { value: 'I/N', summary: 'only this machine’s share of the files, I from 1' },
    overwrite: { summary: 'replace the output of another plan: exactly the files that its manifest lists' },
    'dry-run': { summary: 'say what would be made: files, bytes, time, memory' },
    json: { summary: 'events on standard output, a JSON object a line' },
    quiet: { summary: 'no progress, no summary' },
    show: { summary: 'show the first rows of each table at the end (a terminal does)' },
  },
  examples: [
    {
      line: 'tvdd run config/media_dataset.yaml --scale 0.001 --out out/media',
      does: 'a thousandth of the flagship',
    },
    { line: 'tvdd run media.yaml --rows media=1_000_000 --tables media', does: 'one table, another size' },
    { line: 'tvdd run media.yaml --format csv --out out/csv', does: 'the same rows as CSV' },
    { line: 'tvdd run plan.json --shard 3/8', does: 'the third of eight machines' },
    { line: 'tvdd run media.yaml --dry-run', does: 'what it would take' },
  ],
  execute: async (args, output) => {
    const [input, extra] = args.positionals;
    if (!input)
      throw usage(args.line, args.line.source.text.length, 'TVD7006', {
        command: 'run',
        what: 'a spec or a plan',
      });
    if (extra) throw usage(args.line, extra.at, 'TVD7007', { command: 'run' });
    const limits = limitsOf(args);
    const costs = readCosts();
    const { plan, blobs, sources } = await load(args, input, costs, output);
    const tables = await tablesOf(args, plan);
    const out = optionOf(args, 'out')?.text ?? folderNamed(plan, input.text);
    const options = { ...limits, ...(tables ? { tables } : {}), out, overwrite: isOn(args, 'overwrite') };
    if (!isOn(args, 'dry-run')) return make({ plan, blobs, sources }, input, args, options, output);
    const { dryRun, dryRunFiles } = await import('../../runtime/forecast.ts');
    const forecast = dryRun(plan, options);
    output.out.write(
      isOn(args, 'json')
        ? `${JSON.stringify({ ...forecast, files: dryRunFiles(plan, options) })}\n`
        : forecastText(forecast, options, costsNote(costs), output.out),
    );
    return EXIT.good;
  },
};

/** Without sources where a plan is run. */
type Loaded = PlanFile & { readonly sources: readonly Source[] };

async function load(
  args: Arguments,
  input: Word,
  { costs, own }: KnownCosts,
  output: Output,
): Promise<Loaded> {
  if (!input.text.endsWith('.json')) {
    const { probe } = await import('../../runtime/probe/probe.ts');
    return compileSpec(args, input, output, { probe, costs, format: fileFormatOf(args) });
  }
  for (const option of Object.keys({ ...FILES, ...PLANNING })) {
    const word = args.all(option)[0];
    const params = { option: `--${option}`, because: 'with a plan, in which it is settled' };
    if (word) throw usage(args.line, word.at, 'TVD7015', params, { help: `give it to \`tvdd compile\`` });
  }
  const { plan, blobs } = readPlan(input.text);
  if (!own) return { plan, blobs, sources: [] };
  const { estimated } = await import('../../compiler/5-lower/cost/estimate.ts');
  const { loadKernels, scalarMath } = await import('../../stdlib/kernels/load.ts');
  return { plan: estimated(plan, scalarMath(loadKernels()), costs), blobs, sources: [] };
}

async function make(
  loaded: Loaded,
  input: Word,
  args: Arguments,
  options: RunOptions,
  output: Output,
): Promise<ExitCode> {
  const { plan, blobs, sources } = loaded;
  const quiet = isOn(args, 'quiet');
  const asJson = isOn(args, 'json');
  if (!quiet && !asJson) for (const note of layoutNotes(plan)) output.err.write(`${note}\n`);
  const watch = asJson ? streamRun(output) : quiet ? silent : watchRun(output);
  const interrupt = onInterrupt(output.err);
  const { run: runPlan } = await import('../../runtime/run.ts');
  let report: RunReport;
  try {
    report = await runPlan(plan, blobs, { ...options, signal: interrupt.signal, onEvent: watch.onEvent });
  } catch (error) {
    throw runFailure(error, sources);
  } finally {
    watch.end();
    interrupt.release();
  }
  if (report.interrupted) {
    output.err.write(
      `stopped; what is finished stays in ${folderOf(report)}, and the same command goes on from there:\n  ${again()}\n`,
    );
    return EXIT.interrupted;
  }
  if (quiet || asJson) return EXIT.good;
  output.out.write(summaryText(report, folderOf(report), output.out));
  if (isOn(args, 'show') || output.out.terminal) {
    const names = new Set(report.tables.map(({ table }) => table));
    await showFirstRows(
      plan,
      blobs,
      plan.tables.filter(({ name }) => names.has(name)),
      output.out,
    );
    if (sources.length > 0)
      output.out.write(nextSteps(plan, input.text, folderOf(report), planningOf(args), output.out));
  }
  return EXIT.good;
}

function folderOf({ out }: RunReport): string {
  const path = relative('.', out) || '.';
  return path.startsWith('..') ? out : path;
}
const again = (): string => [invocation(), ...process.argv.slice(2).map(shellWord)].join(' ');

/** The options that change the plan as they were given, so that commands to try next speak of the same rows. */
function planningOf(args: Arguments): readonly string[] {
  return Object.keys(PLANNING).flatMap((option) =>
    args.all(option).flatMap(({ text }) => [`--${option}`, shellWord(text)]),
  );
}

function limitsOf(args: Arguments): Pick<RunOptions, 'workers' | 'batch' | 'shard'> {
  const workers = optionOf(args, 'workers');
  const batch = optionOf(args, 'batch');
  const shard = optionOf(args, 'shard');
  return {
    workers: workers ? wholeNumber(args, 'workers', workers, 1, 1024) : availableParallelism(),
    ...(batch ? { batch: wholeNumber(args, 'batch', batch, 1, 1_048_576) } : {}),
    ...(shard ? { shard: shareOf(args, shard) } : {}),
  };
}

function shareOf(args: Arguments, word: Word): { readonly index: number; readonly of: number } {
  const [, index = 0, of = 0] = (/^(\d{1,9})\/(\d{1,9})$/.exec(word.text) ?? []).map(Number);
  if (index < 1 || index > of) throw badValue(args, 'shard', word, 'I/N with I from 1 to N');
  return { index, of };
}

async function tablesOf(args: Arguments, plan: PhysicalPlan): Promise<readonly string[] | null> {
  const word = optionOf(args, 'tables');
  if (!word) return null;
  const { tableNamed } = await import('../plan-spec.ts');
  return word.text.split(',').map((name) => tableNamed(plan, name, blaming(args, word)).name);
}
