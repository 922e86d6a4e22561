import { printable, widthOf } from '../diagnostics/lines.ts';

/** What a terminal may be told of a text; without colour all return it as it is. */
export type Dress = { readonly bold: (text: string) => string; readonly dim: (text: string) => string };
export const PLAIN: Dress = { bold: (text) => text, dim: (text) => text };

export const pad = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** At most `width` cells, the end marked by `…`. */
export function cut(text: string, width: number): string {
  const shown = printable(text);
  if (widthOf(shown) <= width) return shown;
  let taken = '';
  let used = 0;
  for (const char of shown) {
    used += widthOf(char);
    if (used > width - 1) break;
    taken += char;
  }
  return `${taken.trimEnd()}…`;
}

/** Breaks at spaces into lines of at most `width` cells; what has none is cut. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((each) => cut(each, width));
}

const GAP = '  ';
/** No cell is cut to less. */
const LEAST = 6;
/** The cell that yields is cut to this before any other, and left out where others would still lack as much. */
const YIELDED = 20;

/** Widths of a table's columns: natural ones, `yields` and then the widest cut until all fit. */
export function columnWidths(
  rows: readonly (readonly string[])[],
  width: number,
  yields?: number,
): readonly number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(0, ...rows.map((row) => widthOf(printable(row[i] ?? '')))),
  );
  let excess = widths.reduce((sum, each) => sum + (each > 0 ? each + GAP.length : 0), -GAP.length) - width;
  const yielding = yields === undefined ? 0 : (widths[yields] ?? 0);
  if (yields !== undefined && excess > 0 && yielding > YIELDED) {
    const kept = excess - (yielding - YIELDED) > YIELDED ? 0 : Math.max(YIELDED, yielding - excess);
    widths[yields] = kept;
    excess -= yielding - kept + (kept === 0 ? GAP.length : 0);
  }
  while (excess > 0) {
    const widest = Math.max(...widths);
    if (widest <= LEAST) break;
    widths[widths.lastIndexOf(widest)]!--;
    excess--;
  }
  return widths;
}

/** One line of a table; columns that are empty in every row take no room. */
export const rowLine = (cells: readonly string[], widths: readonly number[]): string =>
  widths
    .flatMap((width, i) => (width > 0 ? [pad(cut(cells[i] ?? '', width), width)] : []))
    .join(GAP)
    .trimEnd();
