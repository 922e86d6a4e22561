import type { Source, Span } from '../1-parse/source.ts';
import type { Diagnostic, Label } from './diagnostic.ts';
import { type Lines, lineAt, linesOf } from './lines.ts';

const SEVERITY = { error: 1, warning: 2 } as const;

/** One object a line. Ranges are those of the Language Server Protocol: 0-based line and character, in UTF-16 units. */
export function renderJson(diagnostics: readonly Diagnostic[], sources: readonly Source[]): string {
  const lines = sources.map(linesOf);
  const locate = (label: Label) => ({
    file: sources[label.source]?.name ?? null,
    range: rangeOf(lines[label.source], label.span),
  });
  return diagnostics
    .map((diagnostic) => {
      const { code, severity, message, primary, secondary, notes, help } = diagnostic;
      const shown = {
        ...locate(primary),
        severity: SEVERITY[severity],
        code,
        source: 'tvdd',
        message,
        label: primary.text,
        relatedInformation: secondary.map((label) => ({ location: locate(label), message: label.text })),
        notes,
        help: help.map(({ text, edit }) =>
          edit
            ? { text, edit: { range: rangeOf(lines[primary.source], edit.span), newText: edit.text } }
            : { text },
        ),
      };
      return `${JSON.stringify(shown)}\n`;
    })
    .join('');
}

function rangeOf(lines: Lines | undefined, span: Span) {
  const at = (offset: number) => {
    if (lines === undefined) return { line: 0, character: 0 };
    const line = lineAt(lines, offset);
    return { line, character: Math.min(offset, lines.ends[line]!) - lines.starts[line]! };
  };
  return { start: at(span.start), end: at(span.end) };
}
