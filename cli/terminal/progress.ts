import type { Progress } from '../../runtime/events.ts';
import type { Sorting } from '../../runtime/partition/first-pass.ts';
import { formatAmount, formatBytes, formatCount, formatWholeSeconds } from './quantity.ts';
import type { Style } from './style.ts';
import { padEnd, padStart, truncate } from './width.ts';

const BAR = 24;
const PARTS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** One line a table with a bar, and one of the whole: rows a second, what is left, memory. */
export function progressLines(progress: Progress, style: Style, width: number): readonly string[] {
  const margin = Math.max(...progress.tables.map(({ table }) => table.length));
  const lines = progress.tables.map(({ table, rows, done, bytes }) => {
    const share = shareOf(rows, done);
    const left = `${padEnd(table, margin)}  `;
    const right = ` ${padStart(percent(share), 5)}  ${formatAmount(done)} of ${formatAmount(rows)} rows, ${formatBytes(bytes)}`;
    const room = width - left.length - BAR - 1;
    return room < 8
      ? truncate(left.trimEnd() + right, width - 1)
      : left + style.cyan(bar(share)) + truncate(right, room);
  });
  return [...lines, style.dim(truncate(pace(progress), width - 1))];
}

/** A line a table whose rows are sorted into partitions. */
export const sortLines = (tables: Sorting, style: Style): readonly string[] =>
  tables.map(
    ({ table, rows, done }) =>
      `${table}  ${style.cyan(bar(shareOf(rows, done)))} ${percent(shareOf(rows, done))} of its rows sorted into partitions`,
  );

/** A line for logs. */
export function progressLine(progress: Progress): string {
  const parts = progress.tables.map(({ table, rows, done }) => `${table} ${percent(shareOf(rows, done))}`);
  return `${parts.join(', ')}; ${pace(progress)}`;
}

function pace({ rowsPerSecond, etaSeconds, rss }: Progress): string {
  const left = etaSeconds === null ? 'starting' : `${formatWholeSeconds(etaSeconds)} left`;
  return `${formatCount(Math.round(rowsPerSecond))} rows/s, ${left}, ${formatBytes(rss)} of memory`;
}

const shareOf = (rows: number, done: number): number => (rows === 0 ? 1 : done / rows);
const percent = (share: number): string => `${Math.floor(share * 100)} %`;

function bar(share: number): string {
  const eighths = Math.floor(Math.min(1, share) * BAR * 8);
  const filled = '█'.repeat(eighths >> 3) + (PARTS[eighths & 7] ?? '');
  return filled + '·'.repeat(BAR - filled.length);
}
