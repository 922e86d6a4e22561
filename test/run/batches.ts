import type { OutputColumn, PhysicalPlan, PhysicalTable } from '../../compiler/5-lower/physical-plan.ts';
import type { Batch, ColumnView } from '../../runtime/engine/column-view.ts';
import type { Type } from '../../stdlib/types.ts';
import { leaf } from './plan.ts';

/** A table with a column of every type that can be stored, and batches of it made without the engine. */
export const REACTIONS = ['view', 'like', 'été'];
const MANY = Array.from({ length: 300 }, (_, i) => `value ${i}`);
const int = (bits: 8 | 16 | 32 | 64, signed = true): Type => ({ kind: 'int', bits, signed });
const reaction: Type = { kind: 'enum', values: REACTIONS };

const struct = (name: string, fields: readonly OutputColumn[]): OutputColumn => ({
  name,
  doc: null,
  type: { kind: 'struct', fields: fields.map((field) => ({ name: field.name, type: field.type })) },
  nullable: false,
  body: { kind: 'struct', fields },
});

const STEP = {
  row: 0,
  small: 1,
  real: 2,
  cents: 3,
  flag: 4,
  code: 5,
  text: 6,
  instant: 7,
  uuid: 8,
  vector: 9,
  codes: 10,
  ints: 11,
  reals: 12,
  many: 13,
  signs: 14,
  byte: 15,
};

export const COLUMNS: readonly OutputColumn[] = [
  leaf('i64', int(64), STEP.signs),
  leaf('i32', int(32), STEP.small, true),
  leaf('i16', int(16), STEP.small, true),
  leaf('i8', int(8), STEP.small, true),
  leaf('u64', int(64, false), STEP.row, true),
  leaf('u32', int(32, false), STEP.row, true, 'a count'),
  leaf('u16', int(16, false), STEP.row, true),
  leaf('u8', int(8, false), STEP.byte),
  leaf('f64', { kind: 'float', bits: 64 }, STEP.real, true),
  leaf('f32', { kind: 'float', bits: 32 }, STEP.real, true),
  leaf('price', { kind: 'decimal', precision: 18, scale: 2 }, STEP.cents),
  leaf('flag', { kind: 'bool' }, STEP.flag, true),
  leaf('reaction', reaction, STEP.code, true),
  leaf('many', { kind: 'enum', values: MANY }, STEP.many),
  leaf('text', { kind: 'text' }, STEP.text, true),
  leaf('json', { kind: 'json' }, STEP.text, true),
  leaf('date', { kind: 'date' }, STEP.small, true),
  leaf('at', { kind: 'timestamp' }, STEP.instant),
  leaf('took', { kind: 'duration' }, STEP.instant),
  leaf('id', { kind: 'uuid' }, STEP.uuid, false, 'the key'),
  leaf('vector', { kind: 'vector', dims: 3 }, STEP.vector, true),
  leaf('reactions', { kind: 'list', of: reaction }, STEP.codes),
  leaf('ints', { kind: 'list', of: int(16) }, STEP.ints, true),
  leaf('reals', { kind: 'list', of: { kind: 'float', bits: 64 } }, STEP.reals),
  struct('s', [
    leaf('n', int(16), STEP.small, true),
    leaf('id', { kind: 'uuid' }, STEP.uuid),
    leaf('reaction', reaction, STEP.code, true),
    struct('deep', [
      leaf('json', { kind: 'json' }, STEP.text, true),
      leaf('tags', { kind: 'list', of: reaction }, STEP.codes),
    ]),
  ]),
];

export const isNull = (row: number): boolean => row % 7 === 3;
export const textOf = (row: number): string => `{"row": ${row}, "é": "${'x'.repeat(row % 40)}"}`;

/** Rows `start` … of at most `size`, as an engine with that batch size gives them. */
export const source =
  (size: number) =>
  (start: number, count: number): Batch => {
    const rows = Array.from({ length: Math.min(size, count) }, (_, i) => start + i);
    const views = viewsOf(rows);
    return { rows: rows.length, column: (step) => views[step]! };
  };

function viewsOf(rows: readonly number[]): readonly ColumnView[] {
  const valid = Uint8Array.from(rows, (row) => (isNull(row) ? 0 : 1));
  const flat = rows.flatMap((row) => Array.from({ length: row % 4 }, (_, k) => row + k));
  const items = offsets(rows.map((row) => row % 4));
  const texts = rows.map((row) => Buffer.from(textOf(row)));
  const plain = { width: 0, offsets: null, valid: null };
  return [
    { ...plain, kind: 'i64', valid, values: BigInt64Array.from(rows, BigInt) },
    { ...plain, kind: 'i64', valid, values: BigInt64Array.from(rows, (row) => BigInt((row % 200) - 100)) },
    {
      ...plain,
      kind: 'f64',
      valid,
      values: Float64Array.from(rows, (row) => (isNull(row) ? Number.NaN : row / 3)),
    },
    { ...plain, kind: 'i64', values: BigInt64Array.from(rows, (row) => BigInt(row * 7 - 5000)) },
    { ...plain, kind: 'bool', valid, values: Uint8Array.from(rows, (row) => (isNull(row) ? 255 : row % 2)) },
    { ...plain, kind: 'code', valid, values: Int32Array.from(rows, (row) => (isNull(row) ? -1 : row % 3)) },
    {
      ...plain,
      kind: 'str',
      valid,
      values: Buffer.concat(texts),
      offsets: offsets(texts.map((text) => text.length)),
    },
    {
      ...plain,
      kind: 'i64',
      values: BigInt64Array.from(rows, (row) => 1_700_000_000_000_000n + BigInt(row) * 1_000_001n),
    },
    {
      ...plain,
      kind: 'uuid',
      values: Uint8Array.from(
        rows.flatMap((row) => Array.from({ length: 16 }, (_, k) => (row * 31 + k) & 255)),
      ),
    },
    {
      ...plain,
      kind: 'vec',
      width: 3,
      valid,
      values: Float64Array.from(rows.flatMap((row) => [row, row + 0.25, -row])),
    },
    { ...plain, kind: 'codes', values: Int32Array.from(flat, (x) => x % 3), offsets: items },
    { ...plain, kind: 'i64s', valid, values: BigInt64Array.from(flat, BigInt), offsets: items },
    { ...plain, kind: 'f64s', values: Float64Array.from(flat, (x) => x / 2), offsets: items },
    { ...plain, kind: 'code', values: Int32Array.from(rows, (row) => row % 256) },
    {
      ...plain,
      kind: 'i64',
      values: BigInt64Array.from(rows, (row) => (row % 2 === 0 ? 1n : -1n) * (2n ** 62n + BigInt(row))),
    },
    { ...plain, kind: 'i64', values: BigInt64Array.from(rows, (row) => BigInt(row % 256)) },
  ];
}

function offsets(lengths: readonly number[]): Uint32Array {
  const ends = new Uint32Array(lengths.length + 1);
  lengths.forEach((length, i) => {
    ends[i + 1] = ends[i]! + length;
  });
  return ends;
}

export function everyType(
  rows: number,
  unitRows: number,
  columns = COLUMNS,
): { readonly plan: PhysicalPlan; readonly table: PhysicalTable } {
  const table: PhysicalTable = {
    name: 'everything',
    doc: 'a column of every type',
    rows,
    key: 'id',
    steps: [],
    groups: [],
    columns,
    paths: {},
    shardRows: rows,
    unitRows,
    partition: null,
    leftOut: [],
    estimate: { bytesPerRow: 1, nsPerRow: 1 },
  };
  const plan: PhysicalPlan = {
    version: 1,
    tvdd: '1.2.3',
    kernels: '',
    dataset: 'types',
    seed: '42',
    specHash: 'spec',
    planHash: 'plan',
    tables: [table],
    blobs: [],
    blobsHash: '',
    output: { path: '', format: 'parquet', compression: 'snappy' },
    estimate: { startNs: 0, bytes: 0, bytesPerWorker: 0 },
  };
  return { plan, table };
}
