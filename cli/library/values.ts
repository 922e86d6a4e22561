import type { OutputColumn } from '../../compiler/5-lower/physical-plan.ts';
import { formatDecimal } from '../../runtime/sinks/text/integers.ts';
import { shortestFloat32 } from '../../runtime/sinks/text/reals.ts';
import type { Type } from '../../stdlib/types.ts';
import { formatDate } from '../../stdlib/zones/civil.ts';
import { formatTimestamp } from '../../stdlib/zones/format.ts';
import type { StoredRow } from '../rows.ts';
import type { Cell } from '../values/cell.ts';
import type { Row, Value } from './api.ts';

/** A stored row as what JSON.parse makes of its line in a JSON lines file, as far as JavaScript's numbers hold it. */
export const rowOf = (columns: readonly OutputColumn[], { cells }: Pick<StoredRow, 'cells'>): Row =>
  Object.fromEntries(columns.map((column, i) => [column.name, columnValue(column, cells[i] ?? null)]));

function columnValue({ name, body, type }: OutputColumn, cell: Cell): Value {
  if (cell === null) return null;
  if (body.kind === 'leaf') return leafValue(type, cell);
  if (typeof cell !== 'object' || !('fields' in cell)) throw new Error(`column ${name} holds no struct`);
  return rowOf(body.fields, { cells: cell.fields });
}

function leafValue(type: Type, cell: Cell): Value {
  if (cell === null || typeof cell === 'boolean') return cell;
  if (typeof cell === 'bigint') return integerValue(type, cell);
  if (typeof cell === 'number')
    return type.kind === 'float' && type.bits === 32 ? shortestFloat32(cell) : cell;
  if (typeof cell === 'string') return type.kind === 'json' ? jsonValue(cell) : cell;
  if ('fields' in cell) throw new Error('a struct inside a list');
  const of: Type = type.kind === 'list' ? type.of : { kind: 'float', bits: 32 };
  return cell.map((item) => leafValue(of, item));
}

function jsonValue(text: string): Value {
  const value: Value = JSON.parse(text);
  return value;
}

/** Decimals of up to 15 digits are told apart by the nearest floats. */
const MOST_UNITS = 10n ** 15n;

function integerValue(type: Type, value: bigint): Value {
  switch (type.kind) {
    case 'date':
      return formatDate(value);
    case 'timestamp':
      return formatTimestamp(value);
    case 'decimal': {
      const text = formatDecimal(value, type.scale);
      return value < MOST_UNITS && value > -MOST_UNITS ? Number(text) : text;
    }
    case 'int':
      return numberIfSafe(type.signed ? value : BigInt.asUintN(64, value));
    default:
      return numberIfSafe(value);
  }
}

const numberIfSafe = (value: bigint): number | bigint =>
  Number.isSafeInteger(Number(value)) ? Number(value) : value;
