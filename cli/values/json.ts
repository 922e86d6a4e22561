import type { OutputColumn } from '../../compiler/5-lower/physical-plan.ts';
import type { Type } from '../../stdlib/types.ts';
import { formatDate } from '../../stdlib/zones/civil.ts';
import { formatTimestamp } from '../../stdlib/zones/format.ts';
import type { Cell } from './cell.ts';
import { formatDecimal, formatFloat32 } from './number.ts';

/**
 * One stored row as a JSON object on one line. Integers and decimals are JSON numbers with all their digits (JSON sets no
 * limit; JavaScript's own JSON.parse rounds beyond 2^53), dates and instants ISO 8601 texts, durations microseconds.
 */
export function rowToJson(columns: readonly OutputColumn[], cells: readonly Cell[]): string {
  const members = columns.map(
    (column, i) => `${JSON.stringify(column.name)}:${columnToJson(column, cells[i] ?? null)}`,
  );
  return `{${members.join(',')}}`;
}

function columnToJson(column: OutputColumn, cell: Cell): string {
  if (cell === null) return 'null';
  if (column.body.kind === 'leaf') return cellToJson(column.type, cell);
  if (typeof cell !== 'object' || !('fields' in cell))
    throw new Error(`column ${column.name} holds no struct`);
  return rowToJson(column.body.fields, cell.fields);
}

export function cellToJson(type: Type, cell: Cell): string {
  if (cell === null) return 'null';
  if (typeof cell === 'bigint') return integerToJson(type, cell);
  if (typeof cell === 'number') return isFloat32(type) ? formatFloat32(cell) : JSON.stringify(cell);
  // Line ends cannot stand inside a JSON string, so those in a JSON text only lay it out.
  if (typeof cell === 'string')
    return type.kind === 'json' ? cell.replace(/[\r\n]+/g, ' ') : JSON.stringify(cell);
  if (typeof cell === 'boolean') return String(cell);
  if ('fields' in cell) throw new Error('a struct inside a list');
  const of = itemType(type);
  return `[${cell.map((item) => cellToJson(of, item)).join(',')}]`;
}

function integerToJson(type: Type, value: bigint): string {
  switch (type.kind) {
    case 'date':
      return `"${formatDate(value)}"`;
    case 'timestamp':
      return `"${formatTimestamp(value)}"`;
    case 'decimal':
      return formatDecimal(value, type.scale);
    default:
      return value.toString();
  }
}

/** Vectors are stored as 32-bit floats. */
export const itemType = (type: Type): Type => (type.kind === 'list' ? type.of : { kind: 'float', bits: 32 });
const isFloat32 = (type: Type): boolean => type.kind === 'float' && type.bits === 32;
