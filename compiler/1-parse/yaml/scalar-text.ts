import type { Scalar } from 'yaml';
import { type MappedText, plainText } from '../context.ts';
import type { Span } from '../source.ts';

type Style = 'plain' | "'" | '"' | 'block';

const isSpace = (char: string | undefined): boolean =>
  char === ' ' || char === '\t' || char === '\n' || char === '\r';

/** The text of a scalar with the place of each character, also where YAML has folded, unescaped or unindented it. */
export function scalarText(node: Scalar): MappedText {
  const value = typeof node.value === 'string' ? node.value : '';
  const [start, end] = node.range ?? [0, 0];
  const outer: Span = { start, end };
  const written = sourceOf(node);
  if (written === null) return { ...plainText('', start), outer };
  const { source, offset, style } = written;
  const quote = style === "'" || style === '"' ? style : '';
  if (source === value) return { ...plainText(value, offset), outer, quote };
  const { starts, ends } = align(value, source, style);
  const spanOf = (from: number, to: number): Span => {
    const first = starts[from] ?? ends.at(-1) ?? 0;
    return { start: offset + first, end: offset + (to > from ? (ends[to - 1] ?? first) : first) };
  };
  return { text: value, spanOf, outer, quote };
}

/** What YAML has decoded, without its quotes or its block header. */
function sourceOf(node: Scalar): { source: string; offset: number; style: Style } | null {
  const token = node.srcToken;
  if (!token) return null;
  switch (token.type) {
    case 'single-quoted-scalar':
      return { source: token.source.slice(1, -1), offset: token.offset + 1, style: "'" };
    case 'double-quoted-scalar':
      return { source: token.source.slice(1, -1), offset: token.offset + 1, style: '"' };
    case 'block-scalar': {
      const header = token.props.at(-1);
      const offset = header && 'source' in header ? header.offset + header.source.length : token.offset;
      return { source: token.source, offset, style: 'block' };
    }
    case 'scalar':
      return { source: token.source, offset: token.offset, style: 'plain' };
    default:
      return null;
  }
}

/**
 * Where each UTF-16 unit of a decoded value was written. All that is not white space stands in the source in the same
 * order, as itself or as an escape; runs of white space are matched as wholes.
 */
function align(value: string, source: string, style: Style): { starts: number[]; ends: number[] } {
  const starts: number[] = [];
  const ends: number[] = [];
  let s = 0;
  for (let i = 0; i < value.length; ) {
    const run = spacesFrom(source, s, style);
    if (isSpace(value[i]) && run > s) {
      let j = i;
      while (j < value.length && isSpace(value[j])) j++;
      const lastBreak = value.slice(i, j).lastIndexOf('\n');
      for (let t = 0; t < j - i; t++) {
        // After the last line break the indentation comes first, what is part of the value last.
        const at = t > lastBreak && lastBreak >= 0 ? run - (j - i - t) : Math.min(s + t, run - 1);
        starts.push(at);
        ends.push(t === j - i - 1 ? run : at + 1);
      }
      s = run;
      i = j;
      continue;
    }
    if (!isSpace(value[i])) s = run;
    const length = unitLength(source, s, style);
    const units =
      length > 1 && (value.codePointAt(i) ?? 0) > 0xffff && style === '"' && source[s] === '\\' ? 2 : 1;
    for (let t = 0; t < units; t++) {
      starts.push(s);
      ends.push(s + length);
    }
    s += length;
    i += units;
  }
  return { starts, ends };
}

/** Escapes of white space, and of line breaks, which are none. */
const SPACE_ESCAPE = /^\\(?:[nrt \t\r\n]|(?:x|u00|U000000)(?:09|0[aAdD]|20))/;
const LONGEST_ESCAPE = 10;

/** End of the white space at an offset, as itself or escaped. */
function spacesFrom(source: string, offset: number, style: Style): number {
  let s = offset;
  for (;;) {
    if (isSpace(source[s])) s++;
    else if (style === '"' && source[s] === '\\') {
      const found = SPACE_ESCAPE.exec(source.slice(s, s + LONGEST_ESCAPE));
      if (!found) return s;
      s += found[0].length;
    } else return s;
  }
}

const ESCAPE_LENGTHS = new Map([
  ['x', 4],
  ['u', 6],
  ['U', 10],
]);

function unitLength(source: string, s: number, style: Style): number {
  if (style === "'" && source[s] === "'") return 2;
  if (style === '"' && source[s] === '\\') return ESCAPE_LENGTHS.get(source[s + 1] ?? '') ?? 2;
  return 1;
}
