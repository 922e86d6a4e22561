import type { YAMLError } from 'yaml';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Outcome } from '../diagnostics/diagnostic.ts';
import type { SpecAst } from './ast.ts';
import { createContext, type ParseContext } from './context.ts';
import type { Source, Span } from './source.ts';
import { type Reading, resolve } from './structure/reading.ts';
import { specOf } from './structure/spec.ts';
import { resolveAliases } from './yaml/aliases.ts';
import { findCuts, reportCut } from './yaml/cuts.ts';
import { composeYaml, type Yaml } from './yaml/document.ts';

/** Times that cut values are mended and the text is composed again. */
const MOST_ROUNDS = 3;

/**
 * Text → tree. Goes on after a fault as far as it can: what is broken is reported once and is a `broken` node or left
 * out. The value is null when the text is no YAML mapping.
 */
export function parseSpec(source: Source): Outcome<SpecAst> {
  const context = createContext();
  const { yaml, text, cuts } = compose(source.text, context);
  const value = yaml && read(yaml, text, cuts, context);
  return { value, diagnostics: context.diagnostics };
}

/**
 * Where YAML has cut a value, the value is replaced by a name of the same length and the text is composed again: all
 * offsets stay, and the rest of the document is read as the user meant it.
 */
function compose(
  original: string,
  context: ParseContext,
): { yaml: Yaml | null; text: string; cuts: readonly Span[] } {
  const cuts: Span[] = [];
  let text = original;
  for (let round = 0; ; round++) {
    const yaml = composeYaml(text, context);
    const found = yaml && round < MOST_ROUNDS ? findCuts(text, yaml) : [];
    if (!yaml || found.length === 0)
      return { yaml: yaml && reportErrors(yaml, text.length, context), text, cuts };
    for (const cut of found) reportCut(original, cut, context);
    cuts.push(...found.map((cut) => cut.span));
    text = masked(
      text,
      found.map((cut) => cut.span),
    );
  }
}

/** The spans, in order, as names of the same length. */
function masked(text: string, spans: readonly Span[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    pieces.push(text.slice(at, start), 'x'.repeat(end - start));
    at = end;
  }
  return pieces.join('') + text.slice(at);
}

/** What is no YAML has no structure to speak of: the first error is the fault, the others follow from it. */
function reportErrors(yaml: Yaml, length: number, context: ParseContext): Yaml | null {
  const [error] = yaml.errors;
  if (!error) return yaml;
  const start = Math.min(error.pos[0], length);
  const span = { start, end: Math.min(Math.max(start, error.pos[1]), length) };
  if (error.code === 'TAB_AS_INDENT') context.report(diagnose('TVD1008', {}, { span }));
  else {
    const misplaced = error.code === 'BLOCK_AS_IMPLICIT_KEY' || error.code === 'BAD_INDENT';
    const notes = misplaced ? ['often the indentation does not fit the lines above'] : [];
    context.report(diagnose('TVD1002', { problem: problemOf(error) }, { span }, { notes }));
  }
  return null;
}

const problemOf = ({ message }: YAMLError): string =>
  (message.split('\n')[0] ?? '').replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());

function read(
  { document }: Yaml,
  text: string,
  cuts: readonly Span[],
  context: ParseContext,
): SpecAst | null {
  const starts = new Set(cuts.map((cut) => cut.start));
  const aliases = resolveAliases(document, text.length, context);
  if (aliases === null) return null;
  const reading: Reading = {
    ...context,
    text,
    aliases,
    isCut: (offset) => starts.has(offset),
    cutAt: (offset) => starts.add(offset),
  };
  return specOf(resolve(document.contents, reading), reading);
}
