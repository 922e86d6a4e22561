import { formatAmount, formatBytes, formatCount, formatSeconds } from './quantity.ts';
import type { Style } from './style.ts';
import { padEnd, padStart } from './width.ts';

/** How far the making of a table has come; `rows` is what this run has to make of it. */
export type TableProgress = {
  readonly name: string;
  readonly rows: number;
  readonly done: number;
  readonly bytes: number;
};

export type RunProgress = {
  readonly tables: readonly TableProgress[];
  readonly seconds: number;
  /** Resident memory of the whole process. */
  readonly memory: number;
};

const BAR = 24;
const PARTS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** One line a table with a bar, and one of the whole: rows a second, what is left, memory. */
export function progressLines({ tables, seconds, memory }: RunProgress, style: Style, width: number): readonly string[] {
  const margin = Math.max(...tables.map(({ name }) => name.length));
  const lines = tables.map(({ name, rows, done, bytes }) => {
    const share = rows === 0 ? 1 : done / rows;
    const percent = `${Math.floor(share * 100)} %`;
    const counts = `${formatAmount(done)} of ${formatAmount(rows)} rows`;
    return `${padEnd(name, margin)}  ${style.cyan(bar(share))} ${padStart(percent, 5)}  ${counts}, ${formatBytes(bytes)}`;
  });
  return [...lines, style.dim(pace(tables, seconds, memory))].map((line) => (width < 60 ? line.slice(0, width) : line));
}

/** A line for logs. */
export function progressLine({ tables, seconds, memory }: RunProgress): string {
  const parts = tables.map(({ name, rows, done }) => `${name} ${rows === 0 ? 100 : Math.floor((done / rows) * 100)} %`);
  return `${parts.join(', ')}; ${pace(tables, seconds, memory)}`;
}

function pace(tables: readonly TableProgress[], seconds: number, memory: number): string {
  const done = tables.reduce((sum, table) => sum + table.done, 0);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const speed = seconds > 0 ? done / seconds : 0;
  const left = speed > 0 ? `${formatSeconds((rows - done) / speed)} left` : 'starting';
  return `${formatCount(Math.round(speed))} rows/s, ${left}, ${formatBytes(memory)} of memory`;
}

function bar(share: number): string {
  const eighths = Math.floor(Math.min(1, share) * BAR * 8);
  const filled = '█'.repeat(eighths >> 3) + (PARTS[eighths & 7] ?? '');
  return filled + '·'.repeat(BAR - filled.length);
}
