import { type Document, isCollection, isScalar, type Node, type Pair, Scalar, visit } from 'yaml';
import { diagnose } from '../../diagnostics/diagnose.ts';
import { createContext, type ParseContext, plainText } from '../context.ts';
import { readExpression, readTemplate, readType } from '../expression/parse-expression.ts';
import type { Span } from '../source.ts';
import { flowEnd, isBalanced } from './balance.ts';
import type { Yaml } from './document.ts';

/** A value that YAML does not read whole: where it is, and why YAML stops. */
type Cut = { readonly span: Span; readonly reason: string };

const FLOW = 'between braces or brackets, YAML ends a value at `,` and at brackets of its own';
const COMMENT = 'YAML takes ` #` as the beginning of a comment';
const COLON = 'YAML takes `: ` as the end of a key';
const STARTS: ReadonlyMap<string, string> = new Map([
  ["'", 'YAML takes a quote at the beginning as the quote of the whole value'],
  ['"', 'YAML takes a quote at the beginning as the quote of the whole value'],
  ['[', 'YAML takes a bracket at the beginning as a list of its own'],
  ['{', 'YAML takes a brace at the beginning as a mapping of its own'],
  ['`', 'YAML keeps values that begin with a backtick for itself'],
  ['@', 'YAML keeps values that begin with `@` for itself'],
  ['%', 'YAML keeps values that begin with `%` for itself'],
]);

/** The first value that YAML has cut, or null. */
export function findCut(text: string, { document, errors }: Yaml): Cut | null {
  for (const error of errors) {
    const cut = cutAt(text, error.pos[0]);
    if (cut) return cut;
  }
  let found: Cut | null = null;
  visit(document, {
    Pair: (_, pair) => {
      found = cutKey(text, pair);
      return found ? visit.BREAK : undefined;
    },
    Scalar: (key, scalar, path) => {
      if (key === 'key' || scalar.type !== Scalar.PLAIN) return undefined;
      found = cutScalar(text, scalar, path);
      return found ? visit.BREAK : undefined;
    },
  });
  return found;
}

/** One diagnostic, with the line as it should be. */
export function reportCut(text: string, { span, reason }: Cut, context: ParseContext): void {
  const written = text.slice(span.start, span.end);
  const help = { text: 'quote it whole', edit: { span, text: quoted(written) } };
  context.report(diagnose('TVD1010', {}, { span, text: reason }, { help: [help] }));
}

/** In YAML quotes, the double ones where they need no escape. */
export const quoted = (text: string): string =>
  /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;

/** Keys, dashes and opening braces behind which a value begins. */
const BEFORE_VALUE = /(?<=^|[\s{,[])(?:(?<key>[A-Za-z_]\w*|"[^"]*"|'[^']*')\s*:\s+|-\s+)(?=\S)/g;

/** Where YAML reports an error: is the value around it an expression when read to its end? */
function cutAt(text: string, offset: number): Cut | null {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const line = lineFrom(text, lineStart);
  const begins = [...line.matchAll(BEFORE_VALUE)].filter(
    (match) => lineStart + match.index + match[0].length <= offset,
  );
  for (const match of begins.reverse()) {
    const start = lineStart + match.index + match[0].length;
    const toLineEnd = lineStart + line.trimEnd().length;
    const inFlow = /[{[]/.test(line.slice(0, match.index + 1));
    const ends = inFlow ? [flowEnd(text, start), toLineEnd] : [toLineEnd, flowEnd(text, start)];
    for (const end of ends) {
      if (end === null || end <= offset || !readsAs(match.groups?.key, text.slice(start, end))) continue;
      return { span: { start, end }, reason: reasonFor(text.slice(start, end), inFlow) };
    }
  }
  return null;
}

function reasonFor(value: string, inFlow: boolean): string {
  const start = STARTS.get(value[0] ?? '');
  if (start) return start;
  if (/\s#/.test(value)) return COMMENT;
  return inFlow && !/:\s/.test(value) ? FLOW : COLON;
}

/** `{ value: ~ref(users, by=activity) }`, `x: if a then 'no #1' else 'b'`, `text: Episode #{n}`. */
function cutScalar(text: string, scalar: Scalar, path: readonly (Document | Node | Pair)[]): Cut | null {
  const value = String(scalar.value ?? '');
  const [start, valueEnd] = scalar.range ?? [0, 0];
  const parent = path.at(-1);
  const line = lineFrom(text, valueEnd);
  const isText =
    parent !== undefined && 'key' in parent && isScalar(parent.key) && parent.key.value === 'text';
  const comment = /^[ \t]+#/.test(line) && (isText ? /#\S|\{/.test(line) : !isBalanced(value));
  if (comment) {
    const span = { start, end: valueEnd + line.trimEnd().length };
    return isText || readsAs(undefined, text.slice(start, span.end)) ? { span, reason: COMMENT } : null;
  }
  if (isText || isBalanced(value)) return null;
  const collection = path.findLast((node) => isCollection(node));
  if (!isCollection(collection) || collection.flow !== true) return null;
  const end = flowEnd(text, start);
  return end !== null && end > valueEnd ? { span: { start, end }, reason: FLOW } : null;
}

/** `- x == 'a: b'` becomes a mapping. */
function cutKey(text: string, { key }: Pair): Cut | null {
  if (!isScalar(key) || key.type !== Scalar.PLAIN || isBalanced(String(key.value))) return null;
  const start = key.range?.[0] ?? 0;
  const end = start + lineFrom(text, start).trimEnd().length;
  return readsAs(undefined, text.slice(start, end)) ? { span: { start, end }, reason: COLON } : null;
}

const LONGEST_LINE = 2_000;

function lineFrom(text: string, start: number): string {
  const near = text.slice(start, start + LONGEST_LINE);
  const end = near.search(/[\r\n]/);
  return end < 0 ? near : near.slice(0, end);
}

/** Whether a text is whole as what stands under a key. */
function readsAs(key: string | undefined, text: string): boolean {
  const context = createContext();
  switch (key) {
    case 'doc':
    case 'name':
      return true;
    case 'text':
      readTemplate(plainText(text), context);
      break;
    case 'type':
      readType(plainText(text), context);
      break;
    default:
      readExpression(plainText(text), context);
  }
  return context.diagnostics.length === 0;
}
