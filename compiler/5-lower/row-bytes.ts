import type { Type } from '../../stdlib/types.ts';
import type { OutputColumn, OutputFormat, Step } from './physical-plan.ts';

/** Bytes a row takes in a file of a format that writes values as they are, as far as types and dictionaries tell. */
export function rowBytes(
  columns: readonly OutputColumn[],
  steps: readonly Step[],
  format: Exclude<OutputFormat, 'parquet'>,
): number {
  return columns.reduce((sum, { body, name, type }) => {
    const around = format === 'jsonl' ? name.length + NAME : format === 'csv' ? SEPARATOR : 0;
    if (body.kind === 'leaf') return sum + around + LEAVES[format](type, steps[body.step]!);
    return sum + (format === 'jsonl' ? around : 0) + rowBytes(body.fields, steps, format);
  }, 0);
}

const SEPARATOR = 1;
/** `"":,` */
const NAME = 4;
/** As it is, a text has about two thirds of its longest form. */
const WRITTEN = 0.65;

const LEAVES: Readonly<Record<Exclude<OutputFormat, 'parquet'>, (type: Type, step: Step) => number>> = {
  csv: textBytes,
  jsonl: textBytes,
  arrow: arrowBytes,
};

function arrowBytes(type: Type, step: Step): number {
  switch (type.kind) {
    case 'enum':
      return type.values.length <= 1 << 7 ? 1 : type.values.length <= 1 << 15 ? 2 : 4;
    case 'text':
    case 'json':
      return 4 + step.slot.width * WRITTEN;
    case 'list':
      return 4 + (step.slot.width / 2) * arrowBytes(type.of, step);
    default:
      return fixedBytes(type);
  }
}

function fixedBytes(type: Type): number {
  switch (type.kind) {
    case 'bool':
      return 1 / 8;
    case 'int':
    case 'float':
      return type.bits / 8;
    case 'decimal':
    case 'uuid':
      return 16;
    case 'vector':
      return 4 * type.dims;
    case 'date':
      return 4;
    default:
      return 8;
  }
}

/** Digits of a value, its quotes. */
function textBytes(type: Type, step: Step): number {
  switch (type.kind) {
    case 'bool':
      return 5;
    case 'int':
      return { 8: 2, 16: 4, 32: 6, 64: 8 }[type.bits];
    case 'float':
      return type.bits === 32 ? 10 : 16;
    case 'decimal':
      return 2 + type.precision / 2;
    case 'enum':
      return 2 + type.values.reduce((sum, { length }) => sum + length, 0) / type.values.length;
    case 'text':
    case 'json':
      return 2 + step.slot.width * WRITTEN;
    case 'date':
      return 12;
    case 'timestamp':
      return 28;
    case 'uuid':
      return 37;
    case 'vector':
      return 4 + 11 * type.dims;
    case 'list':
      return 4 + (step.slot.width / 2) * (1 + textBytes(type.of, step));
    default:
      return 8;
  }
}
