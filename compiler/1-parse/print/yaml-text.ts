import { quoted } from '../yaml/quoted.ts';

/** Lines of YAML; a block is indented by whoever holds it. */
export type Lines = readonly string[];

export const indent = (lines: Lines): string[] => lines.map((line) => `  ${line}`);

/** What cannot stand in a line of YAML, or would not be seen there. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/u;

/** In double quotes with escapes: JSON's are YAML's. */
const escaped = (text: string): string =>
  JSON.stringify(text).replace(
    new RegExp(UNPRINTABLE, 'gu'),
    (char) => `\\U${(char.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`,
  );

export const printKey = (key: string): string => (/^[A-Za-z_][\w-]*$/.test(key) ? key : escaped(key));

/** Characters that mean something to YAML at the beginning of a plain scalar. */
const RESERVED_START = /^[-?:,[\]{}#&*!|>'"%@`\s]/;

/** A scalar whose text is read as it is, with quotes only where YAML needs them. */
export function printScalar(text: string): string {
  const plain =
    text !== '' && !RESERVED_START.test(text) && !/:(?:\s|$)|\s#|\s$/.test(text) && !UNPRINTABLE.test(text);
  return plain ? text : printQuoted(text);
}

/** In double quotes where they need no escape, else in single ones; escapes only for what cannot stand in a line. */
export function printQuoted(text: string): string {
  return UNPRINTABLE.test(text) ? escaped(text) : quoted(text);
}

/** A text that is data: in quotes where YAML would read a number, a truth value or null. */
export const printText = (text: string): string =>
  /^[A-Za-z][\w ./-]*$/.test(text) && !/^(?:true|false|null)$/i.test(text)
    ? printScalar(text)
    : escaped(text);

/** `100_000_000`. */
export const printCount = (count: number | bigint): string =>
  String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, '_');
