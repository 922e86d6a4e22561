import type { WriterProperties } from 'parquet-wasm';
import type { OutputColumn, PhysicalPlan, PhysicalTable } from '../../../compiler/5-lower/physical-plan.ts';
import type { ParquetWasm } from './library.ts';

const DICTIONARY_FLOOR = 64 * 1024;

/**
 * How parquet-wasm shall write a table. Dictionaries are for enums: elsewhere they cost more time than they save
 * bytes. A setting for one column reaches top-level columns only (parquet-wasm takes `a.b` for the name of one), so
 * with an enum inside a struct or list, nested columns all start with a dictionary; it is given up at the size limit,
 * which is as small as the enums allow.
 */
export function writerProperties(
  parquet: ParquetWasm,
  plan: PhysicalPlan,
  table: PhysicalTable,
): WriterProperties {
  const codecs = { snappy: 'SNAPPY', none: 'UNCOMPRESSED', zstd: 'ZSTD', lz4: 'LZ4_RAW' } as const;
  const nested = table.columns.filter((column) => !isFlat(column));
  let builder = new parquet.WriterPropertiesBuilder()
    .setCompression(parquet.Compression[codecs[plan.output.compression]])
    .setCreatedBy(`tvdd version ${plan.tvdd}`)
    .setMaxRowGroupSize(table.unitRows)
    .setDictionaryEnabled(nested.some((column) => enums(column).length > 0))
    .setDictionaryPageSizeLimit(Math.max(DICTIONARY_FLOOR, ...table.columns.flatMap(enums)));
  for (const column of table.columns) {
    if (isFlat(column))
      builder = builder.setColumnDictionaryEnabled(column.name, column.type.kind === 'enum');
  }
  return builder.build();
}

const isFlat = ({ body, type }: OutputColumn): boolean =>
  body.kind === 'leaf' && type.kind !== 'list' && type.kind !== 'vector';

/** An upper bound of the bytes of each enum's dictionary page. */
function enums({ body, type }: OutputColumn): readonly number[] {
  if (body.kind === 'struct') return body.fields.flatMap(enums);
  const values =
    type.kind === 'enum'
      ? type.values
      : type.kind === 'list' && type.of.kind === 'enum'
        ? type.of.values
        : null;
  return values === null ? [] : [values.reduce((bytes, value) => bytes + 4 + Buffer.byteLength(value), 1)];
}
