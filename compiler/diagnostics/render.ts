import type { Source } from '../1-parse/source.ts';
import type { Diagnostic } from './diagnostic.ts';
import { renderGithub } from './render-github.ts';
import { renderJson } from './render-json.ts';
import { renderText } from './render-text.ts';

export type RenderOptions = { readonly color: boolean; readonly format: 'text' | 'json' | 'github' };

/**
 * Diagnostics by source and position, errors and warnings together; '' when there are none. `text` is rustc's layout,
 * `json` one object a line with LSP-shaped ranges, `github` workflow commands.
 */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
  { color, format }: RenderOptions,
): string {
  const sorted = [...diagnostics].sort(
    (a, b) => a.primary.source - b.primary.source || a.primary.span.start - b.primary.span.start,
  );
  switch (format) {
    case 'text':
      return renderText(sorted, sources, color);
    case 'json':
      return renderJson(sorted, sources);
    case 'github':
      return renderGithub(sorted, sources);
  }
}
