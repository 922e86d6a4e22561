import { Composer, type CST, type Document, Parser, type YAMLError } from 'yaml';
import { diagnose } from '../../diagnostics/diagnose.ts';
import type { ParseContext } from '../context.ts';

/** A spec is written by people; large tables belong into data files. */
const LONGEST = 250_000;
export const DEEPEST_YAML = 100;

export type Yaml = { readonly document: Document.Parsed; readonly errors: readonly YAMLError[] };

/** Reports what makes a text no YAML document at all; composing recurses, so nesting is counted first. */
export function composeYaml(text: string, context: ParseContext): Yaml | null {
  if (text.length > LONGEST) {
    context.report(diagnose('TVD1006', { limit: LONGEST }, { span: { start: 0, end: 0 } }));
    return null;
  }
  const control = /(?![\t\n\r\u0085])[\p{Cc}\ufffe\uffff]/u.exec(text);
  if (control) {
    const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    context.report(diagnose('TVD1007', { code }, { span: { start: control.index, end: control.index + 1 } }));
    return null;
  }
  const tokens = [...new Parser().parse(text)];
  const documents = tokens.filter((token) => token.type === 'document');
  const second = documents[1];
  if (second) {
    context.report(diagnose('TVD1004', {}, { span: { start: second.offset, end: second.offset + 3 } }));
    return null;
  }
  const deep = tooDeep(tokens);
  if (deep) {
    context.report(
      diagnose('TVD1005', { limit: DEEPEST_YAML }, { span: { start: deep.offset, end: deep.offset + 1 } }),
    );
    return null;
  }
  const composer = new Composer({
    schema: 'failsafe',
    keepSourceTokens: true,
    uniqueKeys: false,
    strict: true,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const [document] = composer.compose(tokens, true, text.length);
  if (!document || document.contents === null || (documents.length === 0 && document.errors.length === 0)) {
    context.report(diagnose('TVD1003', {}, { span: { start: 0, end: 0 } }));
    return null;
  }
  // The parser knows only documents that it has read from text.
  return { document: document as Document.Parsed, errors: document.errors };
}

function tooDeep(tokens: readonly CST.Token[]): CST.Token | null {
  let level: readonly CST.Token[] = tokens;
  // Documents are the level above the first.
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST_YAML + 1) return level[0] ?? null;
    const below: CST.Token[] = [];
    for (const token of level) pushCollections(token, below);
    level = below;
  }
  return null;
}

/** The collections directly inside; scalars do not nest. */
function pushCollections(token: CST.Token, into: CST.Token[]): void {
  if (token.type === 'document') {
    if (token.value) into.push(token.value);
  } else if ('items' in token) {
    for (const { key, value } of token.items) {
      if (key && 'items' in key) into.push(key);
      if (value && 'items' in value) into.push(value);
    }
  }
}
