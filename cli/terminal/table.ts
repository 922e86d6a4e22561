import type { Style } from './style.ts';
import { displayWidth, padEnd, padStart, printable, truncate, wrap } from './width.ts';

export type TableColumn = {
  readonly name: string;
  readonly align: 'left' | 'right';
  readonly cells: readonly string[];
};

/** Texts that mean "no value" are dimmed. */
export type TableOptions = { readonly width: number; readonly style: Style; readonly dim?: string };

const GAP = '  ';
const LONGEST = 48;
const SHORTEST_TEXT = 24;
/** A column that is no wider is shown whole, in the next block if need be. */
const WHOLE = 36;
/** A text wider than this has a block of its own, so that one can read it. */
const PROSE = 96;

/**
 * Columns side by side under their names, numbers to the right, long texts cut. What does not fit beside the first column
 * goes into further blocks that begin with it again, prose into the last ones: nothing is left out.
 */
export function renderTable(columns: readonly TableColumn[], options: TableOptions): string {
  const laid = columns.map(layOut);
  const [first, ...all] = laid;
  if (!first) return '';
  const others = all.filter((column) => column.widest <= PROSE);
  const prose = all.filter((column) => column.widest > PROSE);
  const blocks: Laid[][] = [[first]];
  let used = first.width;
  for (const column of others) {
    const room = options.width - used - GAP.length;
    const last = blocks[blocks.length - 1];
    const cut =
      column.align === 'left' && column.width > WHOLE && room >= SHORTEST_TEXT
        ? Math.min(column.width, room)
        : column.width;
    if (last && (cut <= room || last.length === 1)) {
      const width = Math.min(cut, Math.max(room, SHORTEST_TEXT));
      last.push({ ...column, width });
      used += GAP.length + width;
    } else {
      const width = Math.min(column.width, Math.max(options.width - first.width - GAP.length, SHORTEST_TEXT));
      blocks.push([first, { ...column, width }]);
      used = first.width + GAP.length + width;
    }
  }
  for (const column of prose) {
    blocks.push([
      first,
      { ...column, width: Math.max(options.width - first.width - GAP.length, SHORTEST_TEXT) },
    ]);
  }
  return blocks.map((block) => renderBlock(block, options)).join('\n\n');
}

type Laid = TableColumn & { readonly width: number; readonly widest: number };

function layOut(column: TableColumn): Laid {
  const cells = column.cells.map(printable);
  const name = printable(column.name);
  const widest = cells.reduce((most, cell) => Math.max(most, displayWidth(cell)), displayWidth(name));
  return { ...column, name, cells, widest, width: Math.min(widest, Math.max(LONGEST, displayWidth(name))) };
}

function renderBlock(block: readonly Laid[], { style, dim }: TableOptions): string {
  const place = (column: Laid, text: string): string =>
    (column.align === 'right' ? padStart : padEnd)(truncate(text, column.width), column.width);
  const rows = block[0]?.cells.length ?? 0;
  const lines = [
    block.map((column) => style.bold(place(column, column.name))).join(GAP),
    style.dim(block.map((column) => '─'.repeat(ruleWidth(column))).join(GAP)),
  ];
  for (let row = 0; row < rows; row++) {
    const texts = block.map((column) => {
      const text = column.cells[row] ?? '';
      return text === dim ? style.dim(place(column, text)) : place(column, text);
    });
    lines.push(texts.join(GAP).trimEnd());
  }
  return lines.map((line) => line.trimEnd()).join('\n');
}

/** Under prose the rule is no longer than what stands above or below it. */
const ruleWidth = ({ width, widest }: Laid): number => Math.min(width, widest);

/** One row as name and value a line, values whole and wrapped. */
export function renderRecord(columns: readonly TableColumn[], options: TableOptions): string {
  const names = columns.map((column) => printable(column.name));
  const margin = names.reduce((most, name) => Math.max(most, displayWidth(name)), 0);
  const room = Math.max(20, options.width - margin - GAP.length);
  return columns
    .flatMap((column, i) => {
      const text = printable(column.cells[0] ?? '');
      return wrap(text, room).map((line, part) => {
        const name = part === 0 ? options.style.bold(padEnd(names[i] ?? '', margin)) : ' '.repeat(margin);
        return `${name}${GAP}${text === options.dim ? options.style.dim(line) : line}`.trimEnd();
      });
    })
    .join('\n');
}
