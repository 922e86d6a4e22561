import type { YAMLError } from 'yaml';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Outcome } from '../diagnostics/diagnostic.ts';
import type { SpecAst } from './ast.ts';
import { createContext, type ParseContext } from './context.ts';
import type { Source, Span } from './source.ts';
import { type Reading, resolve } from './structure/reading.ts';
import { specOf } from './structure/spec.ts';
import { resolveAliases } from './yaml/aliases.ts';
import { findCut, reportCut } from './yaml/cuts.ts';
import { composeYaml, type Yaml } from './yaml/document.ts';

/** Cut values that are mended before parsing gives up; each costs another parse. */
const MOST_CUTS = 30;

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
  for (;;) {
    const yaml = composeYaml(text, context);
    const cut = yaml && cuts.length < MOST_CUTS ? findCut(text, yaml) : null;
    if (!yaml || !cut) return { yaml: yaml && reportErrors(yaml, context), text, cuts };
    reportCut(original, cut, context);
    cuts.push(cut.span);
    const { start, end } = cut.span;
    text = text.slice(0, start) + 'x'.repeat(end - start) + text.slice(end);
  }
}

/** What is no YAML has no structure to speak of: the first error is the fault, the others follow from it. */
function reportErrors(yaml: Yaml, context: ParseContext): Yaml | null {
  const [error] = yaml.errors;
  if (!error) return yaml;
  const [start, end] = error.pos;
  const span = { start, end: Math.max(start, end) };
  if (error.code === 'TAB_AS_INDENT') context.report(diagnose('TVD1008', {}, { span }));
  else context.report(diagnose('TVD1002', { problem: problemOf(error) }, { span }));
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
