import type { WriterProperties, WriterPropertiesBuilder } from 'parquet-wasm';
import type { PhysicalPlan, PhysicalTable } from '../../../compiler/5-lower/physical-plan.ts';
import type { Leaf } from './leaves.ts';
import type { ParquetWasm } from './library.ts';

const DICTIONARY_FLOOR = 64 * 1024;
const CODECS = { snappy: 'SNAPPY', none: 'UNCOMPRESSED', zstd: 'ZSTD', lz4: 'LZ4_RAW' } as const;
const ENCODINGS = {
  plain: 'PLAIN',
  delta: 'DELTA_BINARY_PACKED',
  'delta-length': 'DELTA_LENGTH_BYTE_ARRAY',
} as const;

/**
 * How parquet-wasm shall write a table. What lists and vectors hold is out of the reach of settings for one column: they
 * share the file's defaults, a dictionary where one of them wants it (given up at the size limit, which is as small as
 * the enums allow), statistics unless none does.
 */
export function writerProperties(
  parquet: ParquetWasm,
  plan: PhysicalPlan,
  table: PhysicalTable,
  leaves: readonly Leaf[],
): WriterProperties {
  const lists = leaves.filter(isList);
  const levels = { true: parquet.EnabledStatistics.Page, false: parquet.EnabledStatistics.None } as const;
  const level = (wanted: boolean) => levels[`${wanted}`];
  let builder: WriterPropertiesBuilder = new parquet.WriterPropertiesBuilder()
    .setCompression(parquet.Compression[CODECS[plan.output.compression]])
    .setCreatedBy(`tvdd version ${plan.tvdd}`)
    .setMaxRowGroupSize(table.unitRows)
    .setStatisticsEnabled(level(lists.some(({ body }) => body.encoding.statistics)))
    .setDictionaryEnabled(lists.some(({ body }) => body.encoding.values === 'dictionary'))
    .setDictionaryPageSizeLimit(Math.max(DICTIONARY_FLOOR, ...leaves.map(dictionaryBytes)));
  for (const leaf of leaves) {
    if (isList(leaf)) continue;
    const { values, statistics } = leaf.body.encoding;
    builder = builder
      .setColumnStatisticsEnabled(leaf.name, level(statistics))
      .setColumnDictionaryEnabled(leaf.name, values === 'dictionary');
    if (values !== 'dictionary')
      builder = builder.setColumnEncoding(leaf.name, parquet.Encoding[ENCODINGS[values]]);
  }
  return builder.build();
}

const isList = ({ type }: Leaf): boolean => type.kind === 'list' || type.kind === 'vector';

/** An upper bound of the bytes of an enum's dictionary page; numbers have dictionaries only below the floor. */
function dictionaryBytes({ type, body }: Leaf): number {
  const of = type.kind === 'list' ? type.of : type;
  if (of.kind !== 'enum' || body.encoding.values !== 'dictionary') return 0;
  return of.values.reduce((bytes, value) => bytes + 4 + Buffer.byteLength(value), 1);
}
