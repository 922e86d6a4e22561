import type { Source } from '../1-parse/source.ts';
import { positionAt } from '../1-parse/source.ts';
import type { Diagnostic } from './diagnostic.ts';

const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** Workflow commands, which GitHub shows beside the lines of a pull request. */
export function renderGithub(diagnostics: readonly Diagnostic[], sources: readonly Source[]): string {
  return diagnostics
    .map((diagnostic) => {
      const { code, severity, message, primary, notes, help } = diagnostic;
      const source = sources[primary.source];
      const place: string[] = [];
      if (source !== undefined) {
        const start = positionAt(source.text, primary.span.start);
        const end = positionAt(source.text, primary.span.end);
        place.push(`file=${property(source.name)}`, `line=${start.line}`, `endLine=${end.line}`);
        // GitHub refuses columns on an annotation of several lines.
        if (start.line === end.line) place.push(`col=${start.column}`, `endColumn=${end.column}`);
      }
      place.push(`title=${code}`);
      const text = [
        primary.text === '' ? message : `${message}: ${primary.text}`,
        ...notes.map((note) => `note: ${note}`),
        ...help.map(({ text: way }) => `help: ${way}`),
      ];
      return `::${severity} ${place.join(',')}::${data(text.join('\n'))}\n`;
    })
    .join('');
}
