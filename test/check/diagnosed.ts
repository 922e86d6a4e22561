import { parseSpec } from '../../compiler/1-parse/parse.ts';
import { checkSpec } from '../../compiler/2-check/check.ts';
import type { TypedSpec } from '../../compiler/2-check/typed-spec.ts';
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';

/** Parses and checks a text with the data files given as texts. */
export function diagnosed(
  text: string,
  files: Readonly<Record<string, string>> = {},
): { readonly text: string; readonly typed: TypedSpec | null; readonly diagnostics: readonly Diagnostic[] } {
  const parsed = parseSpec({ name: 'spec.yaml', text });
  if (!parsed.value) return { text, typed: null, diagnostics: parsed.diagnostics };
  const readFile = (path: string) =>
    Object.hasOwn(files, path) ? new TextEncoder().encode(files[path]) : null;
  const checked = checkSpec(parsed.value, { readFile });
  return { text, typed: checked.value, diagnostics: [...parsed.diagnostics, ...checked.diagnostics] };
}
