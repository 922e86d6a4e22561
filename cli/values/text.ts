import type { OutputColumn } from '../../compiler/5-lower/physical-plan.ts';
import { formatDecimal } from '../../runtime/sinks/text/integers.ts';
import type { Type } from '../../stdlib/types.ts';
import { formatDate } from '../../stdlib/zones/civil.ts';
import { formatDuration, formatTimestamp } from '../../stdlib/zones/format.ts';
import type { Cell } from './cell.ts';
import { formatReal } from './number.ts';

export const NULL_TEXT = '∅';

/** A value for people: compact, reals to six digits. The text formats of runtime/sinks are for programs. */
export function cellToText(column: OutputColumn, cell: Cell): string {
  if (cell === null) return NULL_TEXT;
  if (column.body.kind === 'leaf') return valueToText(column.type, cell);
  if (typeof cell !== 'object' || !('fields' in cell))
    throw new Error(`column ${column.name} holds no struct`);
  const fields = column.body.fields.map(
    (field, i) => `${field.name}: ${cellToText(field, cell.fields[i] ?? null)}`,
  );
  return `{ ${fields.join(', ')} }`;
}

/** As {@link cellToText}, a struct as its values only: its fields stand in the heading. */
export function cellToCompactText(column: OutputColumn, cell: Cell): string {
  const { body } = column;
  if (body.kind === 'leaf' || cell === null || typeof cell !== 'object' || !('fields' in cell))
    return cellToText(column, cell);
  const inner = (field: OutputColumn, value: Cell): string =>
    field.body.kind === 'struct' ? `(${cellToCompactText(field, value)})` : cellToText(field, value);
  return body.fields.map((field, i) => inner(field, cell.fields[i] ?? null)).join(' · ');
}

/** `context (region · language)`. */
export function headingOf({ name, body }: OutputColumn): string {
  return body.kind === 'leaf' ? name : `${name} (${body.fields.map(headingOf).join(' · ')})`;
}

function valueToText(type: Type, cell: Cell): string {
  if (cell === null) return NULL_TEXT;
  if (typeof cell === 'bigint') return integerToText(type, cell);
  if (typeof cell === 'number') return formatReal(cell);
  if (typeof cell === 'string' || typeof cell === 'boolean') return String(cell);
  if ('fields' in cell) throw new Error('a struct inside a list');
  const of: Type = type.kind === 'list' ? type.of : { kind: 'float', bits: 32 };
  const shown = cell.length > 12 ? cell.slice(0, 8) : cell;
  const rest = cell.length - shown.length;
  const texts = shown.map((item) => valueToText(of, item)).join(', ');
  return rest > 0 ? `[${texts}, … ${rest} more]` : `[${texts}]`;
}

export function integerToText(type: Type, value: bigint): string {
  switch (type.kind) {
    case 'date':
      return formatDate(value);
    case 'timestamp':
      return trimZeros(formatTimestamp(value, ' '));
    case 'duration':
      return formatDuration(value);
    case 'decimal':
      return formatDecimal(value, type.scale);
    default:
      return value.toString();
  }
}

const trimZeros = (timestamp: string): string =>
  timestamp.replace(/\.000000$/, '').replace(/(\.\d{3})000$/, '$1');

/** Numbers are read from the right. */
export const alignsRight = (type: Type): boolean =>
  type.kind === 'int' || type.kind === 'float' || type.kind === 'decimal' || type.kind === 'ref';
