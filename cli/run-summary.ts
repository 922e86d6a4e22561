import type { OutputFormat, PhysicalPlan } from '../compiler/5-lower/physical-plan.ts';
import { percent } from '../compiler/explain/figures.ts';
import type { RunReport, TableReport } from '../runtime/events.ts';
import type { Forecast } from '../runtime/forecast.ts';
import { invocation, shellWord } from './invocation.ts';
import type { Channel } from './output.ts';
import {
  formatAmount,
  formatBytes,
  formatCount,
  formatSeconds,
  formatWholeSeconds,
  plural,
} from './terminal/quantity.ts';
import { renderTable } from './terminal/table.ts';

/** What a run has made, by table; estimates stand beside what they are of, in brackets. */
export function summaryText(report: RunReport, folder: string, { style, width }: Channel): string {
  const { format, tables, seconds, peakRss, upToDate, estimate } = report;
  const isMade = tables.map((one) => one.made.files > 0);
  const made = (cell: (one: TableReport) => string): readonly string[] =>
    tables.map((one, i) => (isMade[i] ? cell(one) : '–'));
  const table = renderTable(
    [
      { name: 'table', align: 'left', cells: tables.map((one) => one.table) },
      { name: 'rows', align: 'right', cells: tables.map((one) => formatCount(one.rows)) },
      { name: 'files', align: 'right', cells: tables.map((one) => formatCount(one.files)) },
      { name: 'bytes', align: 'right', cells: tables.map((one) => formatBytes(one.bytes)) },
      { name: '(estimate)', align: 'right', cells: made((one) => `(${formatBytes(one.estimate.bytes)})`) },
      { name: 'seconds', align: 'right', cells: made((one) => one.seconds.toFixed(2)) },
      { name: 'rows/s', align: 'right', cells: made((one) => formatAmount(one.rowsPerSecond)) },
      {
        name: '(estimate)',
        align: 'right',
        cells: made((one) => `(${formatAmount(one.estimate.rowsPerSecond)})`),
      },
      ...(tables.some(({ acceptance }) => acceptance.length > 0)
        ? [{ name: 'accepted (estimate)', align: 'right' as const, cells: tables.map(acceptanceText) }]
        : []),
    ],
    { width, style },
  );
  const whole = upToDate
    ? `${style.green('up to date')}: every ${format} file is there already, in ${style.bold(folder)}`
    : `${style.green('done')} in ${formatSeconds(seconds)} (${formatSeconds(estimate.seconds)}), ${formatBytes(peakRss)} of memory at most (${formatBytes(estimate.memory)}); the ${format} files are in ${style.bold(folder)}`;
  return `${table}\n\n${whole}\n`;
}

/** Of the candidates of each group. */
const acceptanceText = ({ acceptance }: TableReport): string =>
  acceptance.map(({ share, estimate }) => `${percent(share)} (${percent(estimate)})`).join(', ');

/** What a run would make. */
export function forecastText(
  forecast: Forecast,
  options: { readonly out: string; readonly workers: number },
  note: string,
  { style, width }: Channel,
): string {
  const { format, tables, rows, bytes, seconds, memory } = forecast;
  const table = renderTable(
    [
      { name: 'table', align: 'left', cells: tables.map((one) => one.table) },
      { name: 'rows', align: 'right', cells: tables.map((one) => formatCount(one.rows)) },
      { name: 'files', align: 'right', cells: tables.map((one) => formatCount(one.files)) },
      { name: 'bytes, about', align: 'right', cells: tables.map((one) => formatBytes(one.bytes)) },
      {
        name: 'rows/s a worker',
        align: 'right',
        cells: tables.map((one) => formatAmount(one.rowsPerSecond)),
      },
      { name: 'first file', align: 'left', cells: tables.map((one) => one.firstFile) },
    ],
    { width, style },
  );
  const files = tables.reduce((sum, one) => sum + one.files, 0);
  const whole = `${plural(rows, 'row')} in ${plural(files, `${format} file`)}, about ${formatBytes(bytes)} and ${formatWholeSeconds(Math.ceil(seconds))} with ${plural(options.workers, 'worker')}, ${formatBytes(memory)} of memory, into ${options.out}`;
  return `${table}\n\n${whole}\n${style.dim(note)}\nnothing was written\n`;
}

/** What a run for fewer rows than the spec was made for leaves out of `partition_by`. */
export function layoutNotes({ tables }: PhysicalPlan): readonly string[] {
  return tables
    .filter(({ leftOut }) => leftOut.length > 0)
    .map(({ name, partition, leftOut }) => {
      const by = partition?.columns.map((column) => column.name).join(', ') ?? 'nothing';
      return `${name} is partitioned by ${by}, not by ${leftOut.join(', ')}: with so few rows its files would be small`;
    });
}

/** Commands to copy. */
export function nextSteps(
  plan: PhysicalPlan,
  spec: string,
  folder: string,
  sizes: readonly string[],
  { style }: Channel,
): string {
  const last = plan.tables.at(-1);
  if (!last) return '';
  const tvdd = invocation();
  const [file, size] = [shellWord(spec), sizes.length > 0 ? ` ${sizes.join(' ')}` : ''];
  const lines = [
    [`${tvdd} sample ${file} ${last.name} --row ${last.rows - 1}${size}`, 'any row alone, here the last'],
    [`${tvdd} compile ${file} --explain${size}`, 'how each column is made, what each constraint costs'],
    reading(plan.output.format, `${folder}/${last.name}${last.partition ? '/**' : ''}`),
  ] as const;
  return `\n${style.bold('Try next')}\n${lines.map(([line, does]) => `  ${line}\n      ${style.dim(does)}`).join('\n')}\n`;
}

/** How other programs read the files; DuckDB does not know Arrow's by itself. */
function reading(format: OutputFormat, folder: string): readonly [string, string] {
  if (format !== 'arrow')
    return [
      `duckdb -c "from '${folder}/*.${format}' limit 5"`,
      'read the files (with DuckDB, if you have it)',
    ];
  const code = `import pyarrow.dataset as d; print(d.dataset('${folder}', format='arrow').head(5))`;
  return [`python3 -c "${code}"`, 'read the files (with PyArrow, if you have it)'];
}
