import { type Document, isCollection, isPair, isScalar, type Node, type Pair, Scalar, visit } from 'yaml';
import { diagnose } from '../../diagnostics/diagnose.ts';
import { createContext, type ParseContext, plainText } from '../context.ts';
import { readExpression, readTemplate, readType } from '../expression/parse-expression.ts';
import type { Span } from '../source.ts';
import { flowEnd, imbalance } from './balance.ts';
import type { Yaml } from './document.ts';
import { quoted } from './quoted.ts';

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

/** Places that are looked at, and cuts found, in one reading of a document. */
const MOST_TRIED = 1_000;
const MOST_FOUND = 1_000;

/** The values that YAML has cut, without overlaps. */
export function findCuts(text: string, yaml: Yaml): readonly Cut[] {
  const errors = cutsAtErrors(text, yaml);
  // What is composed wrong says little of what was meant: errors come first.
  return errors.length > 0 ? errors : cutsInNodes(text, yaml);
}

/** Up to the first error that is no cut: those behind it may only follow from it. */
function cutsAtErrors(text: string, { errors }: Yaml): Cut[] {
  const found: Cut[] = [];
  for (const error of errors.slice(0, MOST_TRIED)) {
    const [offset] = error.pos;
    const last = found.at(-1);
    // Several errors on a line have one cause.
    if (last && offset >= last.span.start && !/[\r\n]/.test(text.slice(last.span.end, offset))) continue;
    const cut = cutAt(text, offset);
    if (!cut || (last && cut.span.start < last.span.end) || found.length >= MOST_FOUND) break;
    found.push(cut);
  }
  return found;
}

function cutsInNodes(text: string, { document }: Yaml): Cut[] {
  const found: Cut[] = [];
  let tried = 0;
  const keep = (cut: Cut | null): symbol | undefined => {
    if (cut && cut.span.start >= (found.at(-1)?.span.end ?? 0)) found.push(cut);
    return tried > MOST_TRIED || found.length >= MOST_FOUND ? visit.BREAK : undefined;
  };
  visit(document, {
    Pair: (_, { key }) => {
      if (!isScalar(key) || key.type !== Scalar.PLAIN || imbalance(String(key.value)) === null)
        return undefined;
      tried++;
      return keep(cutKey(text, key));
    },
    Scalar: (key, scalar, path) => {
      if (key === 'key' || scalar.type !== Scalar.PLAIN) return undefined;
      const after = lineFrom(text, scalar.range?.[1] ?? 0);
      const comment = /^[ \t]+#/.test(after) ? after : null;
      const open = imbalance(String(scalar.value));
      if (open === null && comment === null) return undefined;
      if (open !== null) tried++;
      return keep(cutScalar(text, scalar, comment, open, path));
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
      if (end === null || end <= offset) continue;
      const value = text.slice(start, end);
      const reason = reasonFor(value, inFlow);
      if (reason && readsAs(match.groups?.key, value)) return { span: { start, end }, reason };
    }
  }
  return null;
}

/** What in a value makes YAML stop; null when nothing does. */
function reasonFor(value: string, inFlow: boolean): string | null {
  const start = STARTS.get(value[0] ?? '');
  if (start) return start;
  if (/\s#/.test(value)) return COMMENT;
  if (/:\s/.test(value)) return COLON;
  return inFlow && /[,[\]{}]/.test(value) ? FLOW : null;
}

/** `{ value: ~ref(users, by=activity) }`, `x: if a then 'no #1' else 'b'`, `text: Episode #{n}`. */
function cutScalar(
  text: string,
  scalar: Scalar,
  comment: string | null,
  open: 'bracket' | 'quote' | null,
  path: readonly (Document | Node | Pair)[],
): Cut | null {
  const [start, valueEnd] = scalar.range ?? [0, 0];
  const parent = path.at(-1);
  const isText = isPair(parent) && isScalar(parent.key) && parent.key.value === 'text';
  if (comment !== null && (isText ? /#\S|\{/.test(comment) : open !== null)) {
    const span = { start, end: valueEnd + comment.trimEnd().length };
    return isText || readsAs(undefined, text.slice(start, span.end)) ? { span, reason: COMMENT } : null;
  }
  if (isText || open === null) return null;
  const collection = path.findLast((node) => isCollection(node));
  if (!isCollection(collection) || collection.flow !== true) return null;
  const end = flowEnd(text, start);
  if (end === null || end <= valueEnd) return null;
  // An apostrophe may be one: `[it's, that's]`. A bracket is always an expression's.
  return open === 'bracket' || readsAs(undefined, text.slice(start, end))
    ? { span: { start, end }, reason: FLOW }
    : null;
}

/** `- x == 'a: b'` becomes a mapping. */
function cutKey(text: string, key: Scalar): Cut | null {
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
