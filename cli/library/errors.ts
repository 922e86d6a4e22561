import { positionAt, type Source } from '../../compiler/1-parse/source.ts';
import type * as compiler from '../../compiler/diagnostics/diagnostic.ts';
import { renderDiagnostics } from '../../compiler/diagnostics/render.ts';
import { EXIT } from '../exit.ts';
import { type Blame, Failure, failure } from '../failure.ts';
import { type Diagnostic, type Place, RunError, SpecError } from './api.ts';

/** Faults of what was asked for lie in no text. */
export const blame: Blame = (code, params, hints = {}) =>
  failure(code, params, EXIT.usage, hints.label ?? hints.help);

/** What ends a command is what a caller catches. Our own bugs come as they are. */
export function publicError(error: unknown): unknown {
  if (!(error instanceof Failure)) return error;
  const { diagnostics, sources, exit } = error;
  const text = renderDiagnostics(diagnostics, sources, { color: false, format: 'text' }).trimEnd();
  const shown = publicDiagnostics(diagnostics, sources);
  return exit === EXIT.run ? new RunError(text, shown) : new SpecError(text, shown);
}

export const publicDiagnostics = (
  diagnostics: readonly compiler.Diagnostic[],
  sources: readonly Source[],
): readonly Diagnostic[] =>
  diagnostics.map(({ code, severity, message, primary, secondary, notes, help }) => ({
    code,
    severity,
    message,
    place: placeOf(primary, sources),
    related: secondary.flatMap((label) => placeOf(label, sources) ?? []),
    notes,
    help: help.map(({ text }) => text),
  }));

function placeOf({ source, span, text: label }: compiler.Label, sources: readonly Source[]): Place | null {
  const found = sources[source];
  if (!found) return null;
  const start = positionAt(found.text, span.start);
  const end = positionAt(found.text, span.end);
  return {
    file: found.name,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    label,
  };
}
