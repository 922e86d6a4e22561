import { type Lines, lineAt, lineText, printable, widthOf } from './lines.ts';

/** A label of one source. The primary one has carets, the others dashes. */
export type Mark = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly primary: boolean;
};
export type Paint = {
  readonly gutter: (text: string) => string;
  readonly primary: (text: string) => string;
  readonly secondary: (text: string) => string;
};

/** What a mark is on one line: cells from `from` to `to`. */
type Piece = { readonly from: number; readonly to: number; readonly text: string; readonly mark: Mark };
/** A mark over several lines: a bar in a column of its own, left of the source. */
type Bar = { readonly first: number; readonly last: number; readonly mark: Mark };

const WIDEST = 160;
const MARGIN = 40;
/** Of a mark over many lines, this many at either end are shown. */
const ENDS = 3;

/** Source lines with carets and labels, in rustc's layout; `digits` is the width of the line numbers. */
export function snippet(lines: Lines, marks: readonly Mark[], digits: number, paint: Paint): string[] {
  const pieces = new Map<number, Piece[]>();
  const bars: Bar[] = [];
  const shown = new Set<number>();
  for (const mark of marks) {
    const first = lineAt(lines, mark.start);
    const last = Math.max(first, lineAt(lines, Math.max(mark.start, mark.end - 1)));
    if (first === last) {
      const before = lines.text.slice(lines.starts[first], mark.start);
      const covered = lines.text.slice(mark.start, Math.min(mark.end, lines.ends[first]!));
      const from = widthOf(before);
      const piece = { from, to: from + Math.max(1, widthOf(covered)), text: mark.text, mark };
      pieces.set(first, [...(pieces.get(first) ?? []), piece]);
      shown.add(first);
    } else {
      bars.push({ first, last, mark });
      for (let line = first; line <= last; line++) {
        if (line < first + ENDS || line > last - ENDS) shown.add(line);
        else line = Math.max(line, last - ENDS);
      }
    }
  }
  return drawLines(
    lines,
    pieces,
    bars,
    [...shown].sort((a, b) => a - b),
    digits,
    paint,
  );
}

function drawLines(
  lines: Lines,
  pieces: ReadonlyMap<number, readonly Piece[]>,
  bars: readonly Bar[],
  shown: readonly number[],
  digits: number,
  paint: Paint,
): string[] {
  const empty = paint.gutter(`${' '.repeat(digits)} |`);
  const out = [empty];
  const put = (gutter: string, rest: string) => out.push(`${gutter} ${rest}`.trimEnd());
  let previous = shown[0]! - 1;
  for (const line of shown) {
    if (line === previous + 2)
      put(
        numbered(line - 1, digits, paint),
        drawBars(bars, line - 1, paint) + clip(lineText(lines, line - 1), 0).text,
      );
    else if (line > previous + 2) out.push(paint.gutter('...'));
    previous = line;
    const here = pieces.get(line) ?? [];
    const text = lineText(lines, line);
    const { text: visible, cut } = clip(text, Math.min(...here.map((piece) => piece.from), widthOf(text)));
    put(numbered(line, digits, paint), drawBars(bars, line, paint) + visible);
    const moved = here.map((piece) => ({
      ...piece,
      from: Math.max(0, piece.from - cut),
      to: Math.min(piece.to - cut, WIDEST + 1),
    }));
    for (const row of underline(moved, paint)) put(empty, drawBars(bars, line, paint, true) + row);
    for (const row of barEnds(lines, bars, line, paint)) put(empty, row);
  }
  return out;
}

const numbered = (line: number, digits: number, paint: Paint): string =>
  paint.gutter(`${String(line + 1).padStart(digits)} |`);

const painter = (mark: Mark, paint: Paint) => (mark.primary ? paint.primary : paint.secondary);

function drawBars(bars: readonly Bar[], line: number, paint: Paint, below = false): string {
  if (bars.length === 0) return '';
  const inside = ({ first, last }: Bar) =>
    below ? line >= first && line < last && line > first : line > first && line <= last;
  return `${bars.map((bar) => (inside(bar) ? painter(bar.mark, paint)('|') : ' ')).join('')} `;
}

/** ` ____^` where a mark over several lines begins, `|____^ text` where it ends. */
function barEnds(lines: Lines, bars: readonly Bar[], line: number, paint: Paint): string[] {
  return bars.flatMap((bar, index) => {
    if (line !== bar.first && line !== bar.last) return [];
    const { mark } = bar;
    const color = painter(mark, paint);
    const start = lines.starts[line]!;
    const column =
      line === bar.first
        ? widthOf(lines.text.slice(start, mark.start))
        : Math.max(0, widthOf(lines.text.slice(start, Math.min(mark.end, lines.ends[line]!))) - 1);
    const others = bars.slice(0, index).map((other) => {
      const inside = line > other.first && line < other.last;
      return inside ? painter(other.mark, paint)('|') : ' ';
    });
    const arm = '_'.repeat(bars.length - index + Math.min(column, WIDEST));
    const end = mark.primary ? '^' : '-';
    const text = line === bar.last && mark.text !== '' ? ` ${mark.text}` : '';
    return [`${others.join('')}${color(`${line === bar.first ? ' ' : '|'}${arm}${end}${printable(text)}`)}`];
  });
}

/** The carets of a line, the rightmost label beside them, the others hung below. */
function underline(pieces: readonly Piece[], paint: Paint): string[] {
  if (pieces.length === 0) return [];
  const end = Math.max(...pieces.map((piece) => piece.to));
  const cells: string[] = Array.from({ length: end }, () => ' ');
  // Primary carets are drawn last: where marks overlap, they win.
  const ordered = [...pieces].sort((a, b) => Number(a.mark.primary) - Number(b.mark.primary));
  for (const { from, to, mark } of ordered) {
    const color = painter(mark, paint);
    for (let cell = from; cell < to; cell++) cells[cell] = color(mark.primary ? '^' : '-');
  }
  const labelled = pieces.filter((piece) => piece.text !== '').sort((a, b) => a.from - b.from || a.to - b.to);
  const last = labelled.at(-1);
  const beside =
    last !== undefined &&
    last.to === end &&
    labelled.every((piece) => piece === last || piece.to <= last.from)
      ? last
      : null;
  const hung = beside ? labelled.slice(0, -1) : labelled;
  const rows = [cells.join('') + (beside ? ` ${painter(beside.mark, paint)(printable(beside.text))}` : '')];
  if (hung.length > 0) rows.push(stems(hung, paint));
  for (let i = hung.length - 1; i >= 0; i--) {
    const piece = hung[i]!;
    const left = hung.slice(0, i).filter((other) => other.from < piece.from);
    const stem = left.length > 0 ? stems(left, paint) : '';
    const reached = left.length > 0 ? Math.max(...left.map((other) => other.from)) + 1 : 0;
    rows.push(
      stem +
        ' '.repeat(Math.max(0, piece.from - reached)) +
        painter(piece.mark, paint)(printable(piece.text)),
    );
  }
  return rows;
}

function stems(pieces: readonly Piece[], paint: Paint): string {
  let row = '';
  let at = 0;
  for (const { from, mark } of pieces) {
    if (from < at) continue;
    row += ' '.repeat(from - at) + painter(mark, paint)('|');
    at = from + 1;
  }
  return row;
}

/** A very long line is shown around its first mark. `cut` is the number of cells dropped at the left, less the ellipsis. */
function clip(text: string, from: number): { readonly text: string; readonly cut: number } {
  const line = printable(text);
  if (line.length <= WIDEST) return { text: line, cut: 0 };
  const begin = from <= WIDEST - MARGIN ? 0 : from - MARGIN;
  let cells = 0;
  let kept = '';
  let dropped = 0;
  for (const char of line) {
    const width = widthOf(char);
    if (cells < begin) dropped += width;
    else kept += char;
    cells += width;
    if (cells >= begin + WIDEST) break;
  }
  const tail = cells >= begin + WIDEST ? '…' : '';
  return begin === 0 ? { text: kept + tail, cut: 0 } : { text: `…${kept}${tail}`, cut: dropped - 1 };
}
