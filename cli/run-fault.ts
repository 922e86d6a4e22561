import type { Source, Span } from '../compiler/1-parse/source.ts';
import type { Place } from '../compiler/diagnostics/diagnose.ts';
import { diagnose, NOWHERE } from '../compiler/diagnostics/diagnose.ts';
import type { Diagnostic } from '../compiler/diagnostics/diagnostic.ts';
import { type FaultDetail, type FaultValue, RunFault } from '../runtime/engine/fault.ts';
import { RunError } from '../runtime/run-error.ts';
import { formatTimestamp } from '../stdlib/zones/format.ts';
import { EXIT } from './exit.ts';
import { Failure } from './failure.ts';
import { formatCount } from './terminal/quantity.ts';
import { integerToText } from './values/text.ts';

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
  const shown = values.flatMap((value) => underneath(sources, place, value));
  const told = values
    .filter((value) => underneath(sources, place, value).length === 0)
    .map((value) => `${value.text} = ${shownValue(value)}`);
  const notes = [
    ...(place === NOWHERE && detail.source ? [whereOf(detail.source)] : []),
    ...(told.length > 0 ? [`there, ${[...new Set(told)].join(', ')}`] : []),
    ...(via ? [`needed by row ${formatCount(via.row)} of ${via.table}`] : []),
  ];
  switch (detail.code) {
    case 'TVD6001':
      return diagnose('TVD6001', { expression, table, row }, place, { notes });
    case 'TVD6002':
      return diagnose('TVD6002', { expression, table, row, tries: formatCount(detail.tries ?? 0) }, place, {
        notes,
        secondary: shown,
      });
    case 'TVD6003':
      return diagnose('TVD6003', { expression, table, row }, place, { notes });
  }
}

/** The value of a sub-expression, to be written beneath it; nothing where it does not stand in the same text. */
function underneath(sources: readonly Source[], place: Place, value: FaultValue): readonly Place[] {
  if (!value.at || place === NOWHERE) return [];
  const part = placeOf(sources, value.at.place);
  return part.source === place.source ? [{ ...part, text: shownValue(value) }] : [];
}

/** As the language writes it; with its type, an integer may be a date. */
function shownValue({ value, at }: FaultValue): string {
  if (!at || !/^-?\d+$/.test(value)) return value;
  if (at.type.kind === 'timestamp') return formatTimestamp(BigInt(value)).replace('.000000Z', 'Z');
  return integerToText(at.type, BigInt(value));
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
