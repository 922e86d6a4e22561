import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { readParquet } from 'parquet-wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Encoding, OutputColumn } from '../../compiler/5-lower/physical-plan.ts';
import { createEncoder } from '../../runtime/sinks/parquet/encode.ts';
import { decodeStruct, type Struct, type Value } from '../../runtime/sinks/parquet/footer/compact.ts';
import { type Library, loadLibrary } from '../../runtime/sinks/parquet/library.ts';
import type { Type } from '../../stdlib/types.ts';
import { everyType, source } from './batches.ts';
import { scratch } from './folder.ts';

// What the planner may ask for, each on every column that it fits, nested ones and ones with nulls too, beside the
// encodings that the types alone ask for: other bytes, the same values.
const ROWS = 2_500;
const files = scratch();
let library: Library;
let connection: Awaited<ReturnType<DuckDBInstance['connect']>>;

type Leaf = Extract<OutputColumn['body'], { kind: 'leaf' }>;
type Change = (type: Type, body: Leaf) => Leaf;
const changed = (column: OutputColumn, change: Change): OutputColumn => {
  const { body, type } = column;
  return body.kind === 'struct'
    ? { ...column, body: { ...body, fields: body.fields.map((field) => changed(field, change)) } }
    : { ...column, body: change(type, body) };
};

async function encode(change: Change): Promise<Buffer> {
  const { plan, table } = everyType(ROWS, 1_000);
  const columns = table.columns.map((column) => changed(column, change));
  const pieces: Uint8Array[] = [];
  const { encode: pieceByPiece } = createEncoder(library, plan, { ...table, columns });
  for await (const piece of pieceByPiece({ start: 0, end: ROWS }, source(333))) pieces.push(piece.slice());
  return Buffer.concat(pieces);
}
async function write(name: string, change: Change): Promise<string> {
  const path = join(files.root, `${name}.parquet`);
  writeFileSync(path, await encode(change));
  return path;
}
const same: Change = (_, body) => body;
const query = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();

beforeAll(async () => {
  library = await loadLibrary();
  connection = await (await DuckDBInstance.create()).connect();
  await write('reference', same);
});
afterAll(() => files.remove());

const KINDS: Readonly<Record<Encoding['values'], readonly Type['kind'][]>> = {
  plain: ['enum'],
  dictionary: ['int', 'float', 'date', 'timestamp', 'duration', 'decimal', 'text'],
  delta: ['int', 'date', 'timestamp', 'duration', 'decimal'],
  'delta-length': ['text', 'json'],
};
const NAMES: Readonly<Record<Encoding['values'], string>> = {
  plain: 'PLAIN',
  dictionary: 'RLE_DICTIONARY',
  delta: 'DELTA_BINARY_PACKED',
  'delta-length': 'DELTA_LENGTH_BYTE_ARRAY',
};

describe.each(['plain', 'dictionary', 'delta', 'delta-length'] as const)('%s', (values) => {
  const fits = ({ kind }: Type): boolean => KINDS[values].includes(kind);
  const change: Change = (type, body) =>
    fits(type) ? { ...body, encoding: { values, statistics: false } } : body;

  it('is what lies in the file, without statistics, in structs too', async () => {
    const path = await write(values, change);
    const chunks = await query(
      `SELECT path_in_schema, encodings, stats_max_value FROM parquet_metadata('${path}') WHERE row_group_id = 0`,
    );
    const flat = (columns: readonly OutputColumn[], prefix: string): readonly (readonly [string, Type])[] =>
      columns.flatMap(({ body, name, type }) =>
        body.kind === 'struct' ? flat(body.fields, `${prefix}${name}, `) : [[prefix + name, type] as const],
      );
    const wanted = flat(everyType(ROWS, 1_000).table.columns, '').filter(([, type]) => fits(type));
    expect(wanted.length).toBeGreaterThan(0);
    for (const [name] of wanted) {
      const chunk = chunks.find(([path]) => path === name);
      expect(String(chunk?.[1]).split(', '), name).toContain(NAMES[values]);
      expect(chunk?.[2], name).toBeNull();
    }
  });

  it('DuckDB reads the same values', async () => {
    const [a, b] = [await write(values, change), join(files.root, 'reference.parquet')];
    expect(await query(`SELECT count(*) FROM (FROM '${a}' EXCEPT ALL FROM '${b}')`)).toEqual([['0']]);
    expect(await query(`SELECT count(*) FROM '${a}'`)).toEqual([[String(ROWS)]]);
  });

  it('parquet-wasm reads the same values', async () => {
    const read = (bytes: Buffer): string =>
      tableFromIPC(readParquet(bytes).intoIPCStream()).toArray().map(String).join('\n');
    const reference = read(await encode(same));
    expect(reference.length).toBeGreaterThan(ROWS * 100);
    expect(read(await encode(change))).toBe(reference);
  });
});

describe('the order of rows', () => {
  /** Of each row group: leaf column, descending, nulls first. */
  async function orders(change: Change) {
    const bytes = await encode(change);
    const end = bytes.length - 8;
    const footer = decodeStruct(bytes.subarray(end - bytes.readUInt32LE(end), end));
    return items(footer, 4).map((group) =>
      items(group, 4).map((one) => [1, 2, 3].map((id) => plain(one, id))),
    );
  }
  const field = (struct: Value, id: number): Value | undefined =>
    struct.type === 'struct' ? struct.fields.find((one) => one.id === id)?.value : undefined;
  const items = (struct: Struct | Value, id: number): readonly Value[] => {
    const found = field(struct, id);
    return found?.type === 'list' ? found.items : [];
  };
  const plain = (struct: Value, id: number) => {
    const found = field(struct, id);
    return found?.type === 'i32' ? Number(found.value) : found?.type === 'bool' ? found.value : null;
  };

  it('is told of every row group, by the leaf columns’ numbers', async () => {
    const { columns } = everyType(ROWS, 1_000).table;
    const names = columns.map(({ name }) => name);
    const along =
      (...types: readonly Type['kind'][]): Change =>
      ({ kind }, body) =>
        types.includes(kind) ? { ...body, order: { direction: 'ascending', strict: true } } : body;
    expect(await orders(along('timestamp', 'duration'))).toEqual(
      Array.from({ length: 3 }, () => [[names.indexOf('at'), false, false]]),
    );
    const descending: Change = ({ kind }, body) =>
      kind === 'json' ? { ...body, order: { direction: 'descending', strict: false } } : body;
    expect((await orders(descending))[0]).toEqual([[names.indexOf('json'), true, false]]);
  });

  it('is not told where there is none', async () => {
    expect(await orders(same)).toEqual([[], [], []]);
  });
});
