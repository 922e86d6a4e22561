import type { Source } from '../1-parse/source.ts';

/** The lines of a source without their ends. LF, CRLF and CR end a line. */
export type Lines = {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
};

export function linesOf(source: Source): Lines {
  const { text } = source;
  const starts = [0];
  const ends: number[] = [];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) {
    ends.push(match.index);
    starts.push(match.index + match[0].length);
  }
  ends.push(text.length);
  return { text, starts, ends };
}

/** 0-based line of an offset; an offset between CR and LF lies on the line that they end. */
export function lineAt(lines: Lines, offset: number): number {
  let low = 0;
  let high = lines.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines.starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

export const lineText = (lines: Lines, line: number): string =>
  lines.text.slice(lines.starts[line], lines.ends[line]);

const TAB = '    ';
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
/** Control and direction characters, which would act on the terminal, and halves of pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Bidi_Control}]/u;

/** Cells that a code point takes on a terminal. */
function cellsOf(char: string): number {
  if (char === '\t') return TAB.length;
  if (char < '\u0300' || UNPRINTABLE.test(char)) return 1;
  return ZERO_WIDTH.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
}

export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += cellsOf(char);
  return width;
}

/** As printed, in as many cells as {@link widthOf} says: tabs as four spaces, the unprintable as pictures. */
export function printable(text: string): string {
  return text
    .replaceAll('\t', TAB)
    .replaceAll('\ufeff', '')
    .replace(new RegExp(UNPRINTABLE, 'gu'), (char) =>
      char < ' ' ? String.fromCharCode(0x2400 + char.charCodeAt(0)) : '\ufffd',
    );
}
