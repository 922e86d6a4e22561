import type { DataType, Field, Schema } from 'apache-arrow';
import type { OutputColumn, PhysicalTable } from '../../../compiler/5-lower/physical-plan.ts';
import type { Type } from '../../../stdlib/types.ts';
import { showType } from '../../../stdlib/types.ts';
import { indexBits } from './columns/layouts.ts';
import type { Arrow } from './library.ts';

/** Where enums are dictionaries: everywhere, or in top-level columns only. */
export type Dictionaries = 'everywhere' | 'top';

/** `extended`: uuids and JSON as Arrow's canonical extension types; `plain`: as bytes and texts. */
export type Extensions = 'plain' | 'extended';

export function arrowSchema(
  arrow: Arrow,
  table: PhysicalTable,
  dictionaries: Dictionaries,
  extensions: Extensions,
): Schema {
  // Ids of our own: Arrow's count up over the life of the process, and the stored schema holds them.
  let dictionaryId = 0;
  const enumType = (values: number, top: boolean): DataType =>
    dictionaries === 'everywhere' || top
      ? new arrow.Dictionary(new arrow.Utf8(), indexType(arrow, values), dictionaryId++)
      : new arrow.Utf8();
  const field = (column: OutputColumn, top: boolean): Field => {
    const { body, doc, name, nullable } = column;
    const metadata = new Map([
      ...(doc === null ? [] : [['comment', doc] as const]),
      ...(extensions === 'extended' ? extension(column.type) : []),
    ]);
    const type =
      body.kind === 'struct'
        ? new arrow.Struct(body.fields.map((child) => field(child, false)))
        : arrowType(arrow, column.type, (values) => enumType(values, top && column.type.kind === 'enum'));
    return new arrow.Field(name, type, nullable, metadata);
  };
  return new arrow.Schema(table.columns.map((column) => field(column, true)));
}

const extension = (type: Type): readonly (readonly [string, string])[] =>
  type.kind === 'uuid' || type.kind === 'json'
    ? [
        ['ARROW:extension:name', `arrow.${type.kind}`],
        ['ARROW:extension:metadata', ''],
      ]
    : [];

function arrowType(arrow: Arrow, type: Type, enumType: (values: number) => DataType): DataType {
  // `element` is the name that the Parquet format gives to what a list holds.
  const element = (of: DataType): Field => new arrow.Field('element', of, false);
  switch (type.kind) {
    case 'bool':
      return new arrow.Bool();
    case 'int':
      return new arrow.Int(type.signed, type.bits);
    case 'ref':
      return new arrow.Int64();
    case 'float':
      return type.bits === 32 ? new arrow.Float32() : new arrow.Float64();
    case 'decimal':
      return new arrow.Decimal(type.scale, type.precision, 128);
    case 'text':
    case 'json':
      return new arrow.Utf8();
    case 'enum':
      return enumType(type.values.length);
    case 'date':
      return new arrow.DateDay();
    case 'timestamp':
      return new arrow.Timestamp(arrow.TimeUnit.MICROSECOND, 'UTC');
    case 'duration':
      return new arrow.Duration(arrow.TimeUnit.MICROSECOND);
    case 'uuid':
      return new arrow.FixedSizeBinary(16);
    case 'vector':
      return new arrow.FixedSizeList(type.dims, element(new arrow.Float32()));
    case 'list':
      return new arrow.List(element(arrowType(arrow, type.of, enumType)));
    default:
      throw new Error(`a column of type ${showType(type)} cannot be stored`);
  }
}

function indexType(arrow: Arrow, values: number) {
  switch (indexBits(values)) {
    case 8:
      return new arrow.Int8();
    case 16:
      return new arrow.Int16();
    case 32:
      return new arrow.Int32();
  }
}
