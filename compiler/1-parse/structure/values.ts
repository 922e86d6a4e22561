import { isMap, isScalar, isSeq } from 'yaml';
import { diagnose } from '../../diagnostics/diagnose.ts';
import type { ExprAst, Flag, Name, TypeAst } from '../ast.ts';
import { brief } from '../context.ts';
import { readExpression, readTemplate, readType } from '../expression/parse-expression.ts';
import type { Span } from '../source.ts';
import { quoted } from '../yaml/quoted.ts';
import { scalarText } from '../yaml/scalar-text.ts';
import { type Entry, foundIn, type Reading, spanOf, textOf, type Value } from './reading.ts';

const brokenAt = (span: Span, reading: Reading): ExprAst => ({ id: reading.nextId(), span, kind: 'broken' });

/** An expression; a list or a mapping of YAML in its place is a fault of its own. */
export function expression(value: Value, fallback: Span, reading: Reading): ExprAst {
  return scalarWith(value, fallback, reading, readExpression);
}

export function template(value: Value, fallback: Span, reading: Reading): ExprAst {
  return scalarWith(value, fallback, reading, readTemplate);
}

function scalarWith(value: Value, fallback: Span, reading: Reading, read: typeof readExpression): ExprAst {
  const span = spanOf(value, fallback);
  if (value !== null && reading.isCut(span.start)) return brokenAt(span, reading);
  if (isScalar(value)) return read(scalarText(value), reading);
  if (isMap(value) || isSeq(value)) {
    const written = reading.text.slice(span.start, span.end).trimEnd();
    const oneLine = value.flow === true && !written.includes('\n');
    const edit = { span: { start: span.start, end: span.start + written.length }, text: quoted(written) };
    const help = oneLine ? [{ text: 'quote it whole', edit }] : [];
    reading.report(diagnose('TVD1011', { found: foundIn(value) }, { span: edit.span }, { help }));
  } else {
    reading.report(diagnose('TVD1209', {}, { span }));
  }
  return brokenAt(span, reading);
}

export function type(entry: Entry, reading: Reading): TypeAst | null {
  const text = textOf(entry.value, '`type`', entry.span, reading);
  return text && readType(text, reading);
}

export function flag({ key, value, span }: Entry, reading: Reading): Flag | null {
  const text = textOf(value, `\`${key.text}\``, span, reading, '`true` or `false`');
  if (text === null) return null;
  if (text.text === 'true' || text.text === 'false') return { value: text.text === 'true', span: text.outer };
  const found = foundIn(value);
  reading.report(
    diagnose(
      'TVD1103',
      { what: `\`${key.text}\``, expected: '`true` or `false`', found },
      { span: text.outer },
    ),
  );
  return null;
}

/** A whole number, underscores allowed. */
export function integer(
  { key, value, span }: Entry,
  min: bigint,
  max: bigint,
  reading: Reading,
): { readonly value: bigint; readonly span: Span } | null {
  const expected = `a whole number from ${showBound(min)} to ${showBound(max)}`;
  const text = textOf(value, `\`${key.text}\``, span, reading, expected);
  if (text === null) return null;
  const digits = /^[+-]?\d[\d_]*$/.test(text.text) ? text.text.replaceAll('_', '') : null;
  // A number of millions of digits would take BigInt long; none that fits has more than 20.
  const number = digits !== null && digits.length <= 40 ? BigInt(digits) : null;
  if (number !== null && number >= min && number <= max) return { value: number, span: text.outer };
  reading.report(
    diagnose('TVD1104', { key: key.text, expected, found: foundIn(value) }, { span: text.outer }),
  );
  return null;
}

/** Powers of two are easier to read as such. */
function showBound(bound: bigint): string {
  if (bound === 2n ** 48n) return '2^48';
  if (bound === 2n ** 63n - 1n) return '2^63 - 1';
  return bound === -(2n ** 63n) ? '-2^63' : String(bound);
}

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;
const LONGEST_NAME = 255;

/** Tables, and whatever becomes a file's name, are identifiers; null, reported, when a name is none. */
export function identifier(name: Name, what: string, reading: Reading): Name | null {
  if (IDENTIFIER.test(name.text) && name.text.length <= LONGEST_NAME) return name;
  const rule = 'letters, digits and underscores, a letter first';
  reading.report(diagnose('TVD1105', { what, name: brief(name.text), rule }, { span: name.span }));
  return null;
}

/** Columns and constants may have any name that backticks can quote and a path can hold. */
export function anyName(name: Name, what: string, reading: Reading): Name | null {
  const fits = name.text !== '' && name.text.length <= LONGEST_NAME && name.text.trim() === name.text;
  if (fits && !/[.`]|\p{Cc}/u.test(name.text)) return name;
  const rule = 'no points, backticks, line breaks or spaces at the ends';
  reading.report(diagnose('TVD1105', { what, name: brief(name.text), rule }, { span: name.span }));
  return null;
}

export function nameIn(value: Value, what: string, fallback: Span, reading: Reading): Name | null {
  const text = textOf(value, what, fallback, reading);
  return text && { id: reading.nextId(), span: text.outer, text: text.text };
}

export function docIn({ key, value, span }: Entry, reading: Reading): string | null {
  return textOf(value, `\`${key.text}\``, span, reading)?.text ?? null;
}
