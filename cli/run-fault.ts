import type { Source, Span } from '../compiler/1-parse/source.ts';
import type { Place } from '../compiler/diagnostics/diagnose.ts';
import { diagnose, NOWHERE } from '../compiler/diagnostics/diagnose.ts';
import type { Diagnostic } from '../compiler/diagnostics/diagnostic.ts';
import { type FaultDetail, RunFault } from '../runtime/engine/fault.ts';
import { RunError } from '../runtime/run-error.ts';
import { EXIT } from './exit.ts';
import { Failure } from './failure.ts';
import { formatCount } from './terminal/quantity.ts';

/**
 * What making rows threw, as what the user is told: a row at fault has its place in the spec or in a condition (`sources` is
 * empty for a plan's). Our own bugs come back as they are.
 */
export function runFailure(error: unknown, sources: readonly Source[]): unknown {
  if (error instanceof RunFault) return faultFailure(error.detail, sources);
  if (!(error instanceof RunError)) return error;
  const { code, message, reason, help } = error;
  const primary = { ...NOWHERE, source: -1, text: '' };
  const diagnostic = {
    code,
    severity: 'error',
    message,
    primary,
    secondary: [],
    notes: [reason],
    help: [{ text: help }],
  } as const;
  return new Failure([diagnostic], [], EXIT.run);
}

function faultFailure(detail: FaultDetail, sources: readonly Source[]): Failure {
  return new Failure([faultDiagnostic(detail, sources)], sources, EXIT.run);
}

function faultDiagnostic(detail: FaultDetail, sources: readonly Source[]): Diagnostic {
  const { table, values, via } = detail;
  const row = formatCount(detail.row);
  const expression = detail.source?.text ?? 'a value';
  const place = detail.source ? placeOf(sources, detail.source) : NOWHERE;
  const notes = [
    ...(place === NOWHERE && detail.source ? [whereOf(detail.source)] : []),
    ...(values.length > 0
      ? [`there, ${values.map(({ text, value }) => `${text} = ${value}`).join(', ')}`]
      : []),
    ...(via ? [`needed by row ${formatCount(via.row)} of ${via.table}`] : []),
  ];
  switch (detail.code) {
    case 'TVD6001':
      return diagnose('TVD6001', { expression, table, row }, place, { notes });
    case 'TVD6002':
      return diagnose('TVD6002', { expression, table, row, tries: formatCount(detail.tries ?? 0) }, place, {
        notes,
      });
    case 'TVD6003':
      return diagnose('TVD6003', { expression, table, row }, place, { notes });
  }
}

type Written = NonNullable<FaultDetail['source']>;

/** Line and column as the plan has them → offsets; the label covers the expression as far as its line goes. */
function placeOf(sources: readonly Source[], { line, column, text, condition = 0 }: Written): Place {
  const source = sources[condition];
  if (!source) return NOWHERE;
  return { span: spanAt(source.text, line, column, text.length), source: condition };
}

const whereOf = ({ line, condition }: Written): string =>
  condition === undefined
    ? `it stands in line ${line} of the spec`
    : `it stands in condition ${condition} of the command line that compiled the plan`;

function spanAt(text: string, line: number, column: number, length: number): Span {
  const ends = /\r\n|\r|\n/g;
  let start = 0;
  for (let at = 1; at < line && ends.exec(text); at++) start = ends.lastIndex;
  const [shown = ''] = text.slice(start).split(/[\r\n]/, 1);
  const before = [...shown].slice(0, column - 1).join('').length;
  return {
    start: start + before,
    end: start + Math.max(before + 1, Math.min(before + length, shown.length)),
  };
}
