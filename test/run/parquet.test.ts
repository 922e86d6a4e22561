import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PhysicalPlan } from '../../compiler/5-lower/physical-plan.ts';
import { createEncoder } from '../../runtime/sinks/parquet/encode.ts';
import type { Struct, Value } from '../../runtime/sinks/parquet/footer/compact.ts';
import { decodeStruct, encodeStruct } from '../../runtime/sinks/parquet/footer/compact.ts';
import type { Library } from '../../runtime/sinks/parquet/library.ts';
import { loadLibrary } from '../../runtime/sinks/parquet/library.ts';
import { everyType, isNull, REACTIONS, source, textOf } from './batches.ts';
import { scratch } from './folder.ts';

const ROWS = 2_500;
const files = scratch();
const path = `${files.root}/everything.parquet`;
let library: Library;
let connection: Awaited<ReturnType<DuckDBInstance['connect']>>;

beforeAll(async () => {
  library = await loadLibrary();
  connection = await (await DuckDBInstance.create()).connect();
  writeFileSync(path, await encode({ batch: 333 }));
});
afterAll(() => files.remove());

type How = {
  readonly batch: number;
  readonly unitRows?: number;
  readonly compression?: PhysicalPlan['output']['compression'];
};
async function encode({ batch, compression = 'snappy', unitRows = 1_000 }: How): Promise<Uint8Array> {
  const { plan, table } = everyType(ROWS, unitRows);
  const encoder = createEncoder(library, { ...plan, output: { ...plan.output, compression } }, table);
  return collect(encoder.encode({ start: 0, end: ROWS }, source(batch)));
}
async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece.slice());
  return Buffer.concat(all);
}
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const query = async (sql: string) =>
  (await connection.runAndReadAll(sql.replaceAll('$file', `'${path}'`))).getRowsJson();

describe('the bytes', () => {
  it.each([1, 100, 999, 1_000, 5_000])('do not depend on batches (of %i rows)', async (batch) => {
    expect(hash(await encode({ batch }))).toBe(hash(await encode({ batch: 333 })));
  });

  it('do depend on the encode unit', async () => {
    expect(hash(await encode({ batch: 333, unitRows: 1_250 }))).not.toBe(hash(await encode({ batch: 333 })));
  });

  it('do not depend on what the encoder made before, finished or not', async () => {
    const { plan, table } = everyType(ROWS, 1_000);
    const encoder = createEncoder(library, plan, table);
    const good = source(333);
    await collect(encoder.encode({ start: 500, end: 900 }, good));
    const broken = encoder.encode({ start: 0, end: ROWS }, (start, count) => {
      if (start > 600) throw new RangeError('row 600 fails');
      return good(start, count);
    });
    await expect(collect(broken)).rejects.toThrow(new RangeError('row 600 fails'));
    expect(hash(await collect(encoder.encode({ start: 0, end: ROWS }, good)))).toBe(
      hash(await encode({ batch: 10 })),
    );
  });
});

describe('DuckDB reads', () => {
  it('the right types', async () => {
    const types = Object.fromEntries(
      (await query('DESCRIBE SELECT * FROM $file')).map(([name, type]) => [name, type]),
    );
    expect(types).toEqual({
      i64: 'BIGINT',
      i32: 'INTEGER',
      i16: 'SMALLINT',
      i8: 'TINYINT',
      u64: 'UBIGINT',
      u32: 'UINTEGER',
      u16: 'USMALLINT',
      u8: 'UTINYINT',
      f64: 'DOUBLE',
      f32: 'FLOAT',
      price: 'DECIMAL(18,2)',
      flag: 'BOOLEAN',
      reaction: 'VARCHAR',
      many: 'VARCHAR',
      text: 'VARCHAR',
      json: 'JSON',
      date: 'DATE',
      at: 'TIMESTAMP WITH TIME ZONE',
      took: 'BIGINT',
      id: 'UUID',
      vector: 'FLOAT[]',
      reactions: 'VARCHAR[]',
      ints: 'SMALLINT[]',
      reals: 'DOUBLE[]',
      s: 'STRUCT(n SMALLINT, id UUID, reaction VARCHAR, deep STRUCT("json" JSON, tags VARCHAR[]))',
    });
  });

  it('every value', async () => {
    const rows =
      await query(`SELECT i64::VARCHAR, i32, i16, i8, u64::VARCHAR, u32, u16, u8, f64, f32, price::VARCHAR, flag, reaction,
      many, text, json::VARCHAR, date::VARCHAR, epoch_us("at")::VARCHAR, took::VARCHAR, id::VARCHAR, vector, reactions, ints, reals, s FROM $file`);
    expect(rows).toHaveLength(ROWS);
    rows.forEach((row, i) => {
      expect(row).toEqual(expectedRow(i));
    });
  });

  it('row groups, statistics, encodings and metadata as planned', async () => {
    const groups = await query(
      'SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata($file) ORDER BY 1',
    );
    expect(groups.map(([, rows]) => Number(rows))).toEqual([1_000, 1_000, 500]);
    const [range] = await query(
      "SELECT stats_min_value, stats_max_value, stats_null_count FROM parquet_metadata($file) WHERE path_in_schema = 'u32' AND row_group_id = 1",
    );
    expect(range?.map(String)).toEqual(['1000', '1999', '143']);
    const encodings = await query(
      "SELECT path_in_schema, encodings FROM parquet_metadata($file) WHERE row_group_id = 0 AND encodings LIKE '%DICTIONARY%'",
    );
    expect(encodings.map(([column]) => column)).toEqual(
      expect.arrayContaining(['reaction', 'many', 's, reaction', 'reactions, list, element']),
    );
    expect(encodings.map(([column]) => column)).not.toContain('text');
    const metadata = await query('SELECT decode(key), decode(value) FROM parquet_kv_metadata($file)');
    expect(metadata.slice(1)).toEqual([
      ['tvdd.version', '1.2.3'],
      ['tvdd.spec_hash', 'spec'],
      ['tvdd.plan_hash', 'plan'],
      ['tvdd.seed', '42'],
      ['comment', 'a column of every type'],
    ]);
    expect(await query('SELECT created_by FROM parquet_file_metadata($file)')).toEqual([
      ['tvdd version 1.2.3'],
    ]);
  });

  it.each(['none', 'zstd', 'lz4'] as const)('compression %s', async (compression) => {
    const other = join(files.root, `${compression}.parquet`);
    writeFileSync(other, await encode({ batch: 333, compression }));
    expect(await query(`SELECT count(*) FROM (FROM $file EXCEPT ALL FROM '${other}')`)).toEqual([['0']]);
    const codec = { none: 'UNCOMPRESSED', zstd: 'ZSTD', lz4: 'LZ4_RAW' }[compression];
    expect(await query(`SELECT DISTINCT compression FROM parquet_metadata('${other}')`)).toEqual([[codec]]);
  });
});

function expectedRow(i: number): readonly unknown[] {
  const orNull = <T>(value: T): T | null => (isNull(i) ? null : value);
  const small = orNull((i % 200) - 100);
  const cents = i * 7 - 5000;
  const hex = Array.from({ length: 16 }, (_, k) => ((i * 31 + k) & 255).toString(16).padStart(2, '0')).join(
    '',
  );
  const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const items = Array.from({ length: i % 4 }, (_, k) => i + k);
  const reactions = items.map((item) => REACTIONS[item % 3]);
  const micros = String(1_700_000_000_000_000n + BigInt(i) * 1_000_001n);
  const day = new Date(((i % 200) - 100) * 86_400_000).toISOString().slice(0, 10);
  return [
    String((i % 2 === 0 ? 1n : -1n) * (2n ** 62n + BigInt(i))),
    small,
    small,
    small,
    orNull(String(i)),
    orNull(i),
    orNull(i),
    i % 256,
    orNull(i / 3),
    orNull(Math.fround(i / 3)),
    `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`,
    orNull(i % 2 === 1),
    orNull(REACTIONS[i % 3]),
    `value ${i % 256}`,
    orNull(textOf(i)),
    orNull(textOf(i)),
    orNull(day),
    micros,
    micros,
    uuid,
    orNull([i, i + 0.25, -i]),
    reactions,
    orNull(items),
    items.map((item) => item / 2),
    {
      n: small,
      id: uuid,
      reaction: orNull(REACTIONS[i % 3]),
      deep: { json: orNull(textOf(i)), tags: reactions },
    },
  ];
}

describe('Thrift’s compact protocol', () => {
  const bytes = fc.uint8Array({ maxLength: 20 });
  const integer = (bits: number) =>
    fc.bigInt({ min: -(2n ** BigInt(bits - 1)), max: 2n ** BigInt(bits - 1) - 1n });
  const LIST_ELEMENT = { byte: 3, i16: 4, i32: 5, i64: 6, double: 7, binary: 8, bool: 1 } as const;
  const { struct } = fc.letrec<{ value: Value; struct: Struct }>((tie) => {
    const scalars = {
      bool: fc.record({ type: fc.constant('bool' as const), value: fc.boolean() }),
      byte: fc.record({ type: fc.constant('byte' as const), value: fc.integer({ min: 0, max: 255 }) }),
      i16: fc.record({ type: fc.constant('i16' as const), value: integer(16) }),
      i32: fc.record({ type: fc.constant('i32' as const), value: integer(32) }),
      i64: fc.record({ type: fc.constant('i64' as const), value: integer(64) }),
      double: fc.record({
        type: fc.constant('double' as const),
        bytes: fc.uint8Array({ minLength: 8, maxLength: 8 }),
      }),
      binary: fc.record({ type: fc.constant('binary' as const), bytes }),
    };
    const list = (element: number, item: fc.Arbitrary<Value>) =>
      fc.record({
        type: fc.constantFrom('list' as const, 'set' as const),
        element: fc.constant(element),
        items: fc.array(item, { maxLength: 40 }),
      });
    const kinds = ['bool', 'byte', 'i16', 'i32', 'i64', 'double', 'binary'] as const;
    const fields = fc.uniqueArray(fc.integer({ min: 1, max: 32_767 }), { maxLength: 8 });
    return {
      value: fc.oneof(
        { maxDepth: 3 },
        ...kinds.map((kind) => scalars[kind]),
        ...kinds.map((kind) => list(LIST_ELEMENT[kind], scalars[kind])),
        list(12, tie('struct')),
        tie('struct'),
      ),
      struct: fields.chain((ids) =>
        fc.record({
          type: fc.constant('struct' as const),
          fields: fc.tuple(
            ...[...ids]
              .sort((a, b) => a - b)
              .map((id) => fc.record({ id: fc.constant(id), value: tie('value') })),
          ),
        }),
      ),
    };
  });

  it('decodes what it encodes', () => {
    fc.assert(
      fc.property(struct, (value) => {
        expect(decodeStruct(encodeStruct(value))).toEqual(value);
      }),
      { seed: 1 },
    );
  });

  it('encodes as the specification’s examples do', () => {
    // Field 1: i32 −1 (zigzag 1). Field 17 (a step over 15): true. Field 18: a list of two i32. Stop.
    const value: Struct = {
      type: 'struct',
      fields: [
        { id: 1, value: { type: 'i32', value: -1n } },
        { id: 17, value: { type: 'bool', value: true } },
        {
          id: 18,
          value: {
            type: 'list',
            element: 5,
            items: [
              { type: 'i32', value: 150n },
              { type: 'i32', value: 0n },
            ],
          },
        },
      ],
    };
    expect([...encodeStruct(value)]).toEqual([0x15, 0x01, 0x01, 0x22, 0x19, 0x25, 0xac, 0x02, 0x00, 0x00]);
  });

  it('refuses what ends early', () => {
    fc.assert(
      fc.property(struct, fc.nat(), (value, cut) => {
        const whole = encodeStruct(value);
        expect(() => decodeStruct(whole.subarray(0, cut % whole.length))).toThrow('ends early');
      }),
      { seed: 2 },
    );
  });
});
