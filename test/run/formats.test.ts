import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutputColumn, OutputFormat } from '../../compiler/5-lower/physical-plan.ts';
import { loadSink } from '../../runtime/sinks/index.ts';
import type { TableEncoder } from '../../runtime/sinks/sink.ts';
import { sqlText } from '../../runtime/sinks/sql/encode.ts';
import { createOut } from '../../runtime/sinks/text/out.ts';
import { rowWriter } from '../../runtime/sinks/text/rows.ts';
import { COLUMNS, everyType, source } from './batches.ts';
import { scratch } from './folder.ts';

/** A column of every type in every format: the bytes, and the values beside Parquet's, by DuckDB. */
const ROWS = 2_500;
const FORMATS: readonly OutputFormat[] = ['csv', 'jsonl', 'arrow'];
const files = scratch();
const path = (format: OutputFormat): string => `${files.root}/everything.${format}`;
let connection: Awaited<ReturnType<DuckDBInstance['connect']>>;

beforeAll(async () => {
  connection = await (await DuckDBInstance.create()).connect();
  await connection.run("SET TimeZone = 'UTC'");
  for (const format of ['parquet', ...FORMATS] as const) writeFileSync(path(format), await made(format, 333));
});
afterAll(() => files.remove());

async function encoderOf(format: OutputFormat, unitRows = 1_000): Promise<TableEncoder> {
  const { plan, table } = everyType(ROWS, unitRows);
  return (await loadSink(format))(plan, table);
}
const made = async (format: OutputFormat, batch: number): Promise<Uint8Array> =>
  collect((await encoderOf(format)).encode({ start: 0, end: ROWS }, source(batch)));
async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece.slice());
  return Buffer.concat(all);
}
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const query = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();

describe.each(FORMATS)('the bytes of %s', (format) => {
  it.each([1, 100, 999, 1_000, 5_000])('do not depend on batches (of %i rows)', async (batch) => {
    expect(hash(await made(format, batch))).toBe(hash(await made(format, 333)));
  });

  it('do not depend on what the encoder made before, finished or not', async () => {
    const encoder = await encoderOf(format);
    const good = source(333);
    await collect(encoder.encode({ start: 500, end: 900 }, good));
    const broken = encoder.encode({ start: 0, end: ROWS }, (start, count) => {
      if (start > 600) throw new RangeError('row 600 fails');
      return good(start, count);
    });
    await expect(collect(broken)).rejects.toThrow(new RangeError('row 600 fails'));
    expect(hash(await collect(encoder.encode({ start: 0, end: ROWS }, good)))).toBe(
      hash(await made(format, 10)),
    );
  });
});

/** Leaf columns: their name in CSV, and how SQL reaches them in Parquet. */
const leaves = (columns: readonly OutputColumn[], path: readonly string[] = []): readonly string[][] =>
  columns.flatMap(({ body, name }) =>
    body.kind === 'leaf' ? [[...path, name]] : leaves(body.fields, [...path, name]),
  );
const LEAVES = leaves(COLUMNS);
const reach = (leaf: readonly string[]): string => leaf.map((name) => `"${name}"`).join('.');
const stored = LEAVES.map((leaf) => `${reach(leaf)} AS "${leaf.join('.')}"`).join(', ');
/** JSON in JSON is the value, not its blanks. */
const minified = LEAVES.map((leaf) => (leaf.at(-1) === 'json' ? `json(${reach(leaf)})` : reach(leaf))).join(
  ', ',
);
const typesOf = async (from: string): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries(
    (await query(`DESCRIBE SELECT ${from}`)).map(([name, type]) => [String(name), String(type)]),
  );

/** DuckDB makes a list of its own JSON only. */
const cast = (name: string, type: string): string =>
  `CAST(CAST("${name}" AS ${type.endsWith('[]') ? 'JSON' : 'VARCHAR'}) AS ${type}) AS "${name}"`;

describe('DuckDB reads CSV', () => {
  const options = "header = true, allow_quoted_nulls = false, strict_mode = true, delim = ',', quote = '\"'";

  it('every value as Parquet’s', async () => {
    const types = await typesOf(`${stored} FROM '${path('parquet')}'`);
    expect(Object.keys(types)).toHaveLength(29);
    const casts = Object.entries(types).map(([name, type]) => cast(name, type));
    const csv = `SELECT ${casts.join(', ')} FROM read_csv('${path('csv')}', all_varchar = true, ${options})`;
    const parquet = `SELECT ${stored} FROM '${path('parquet')}'`;
    expect(await query(`SELECT count(*) FROM (${csv})`)).toEqual([[String(ROWS)]]);
    expect(await query(`SELECT count(*) FROM (${csv} EXCEPT ALL ${parquet})`)).toEqual([['0']]);
  });

  it('types by itself', async () => {
    const types = await typesOf(`* FROM read_csv('${path('csv')}')`);
    expect(types).toMatchObject({
      i64: 'BIGINT',
      u8: 'BIGINT',
      f64: 'DOUBLE',
      price: 'DOUBLE',
      flag: 'BOOLEAN',
      reaction: 'VARCHAR',
      date: 'DATE',
      at: 'TIMESTAMP WITH TIME ZONE',
      's.n': 'BIGINT',
    });
  });
});

describe('DuckDB reads JSON lines', () => {
  it('every value as Parquet’s', async () => {
    const types = await typesOf(`* FROM '${path('parquet')}'`);
    const columns = Object.entries(types).map(([name, type]) => `'${name}': '${type.replaceAll("'", "''")}'`);
    const file = `read_json('${path('jsonl')}', format = 'newline_delimited', columns = {${columns}})`;
    const select = (from: string): string => `SELECT ${minified} FROM ${from}`;
    expect(await query(`SELECT count(*) FROM ${file}`)).toEqual([[String(ROWS)]]);
    const left = `${select(file)} EXCEPT ALL ${select(`'${path('parquet')}'`)}`;
    expect(await query(`SELECT count(*) FROM (${left})`)).toEqual([['0']]);
  });
});

it('the SQL of the rows makes a table of Parquet’s values', async () => {
  const { table } = everyType(ROWS, ROWS);
  const { head, row } = sqlText({ ...table, key: null });
  const out = createOut(1);
  rowWriter(row)(out, source(ROWS)(0, ROWS));
  const other = await (await DuckDBInstance.create()).connect();
  await other.run(`SET TimeZone = 'UTC'; ${head} BEGIN`);
  await other.run(`${new TextDecoder().decode(out.bytes.subarray(0, out.at))} COMMIT`);
  const select = LEAVES.map((leaf) => sqlValue(leaf, `"${leaf.join('.')}"`)).join(', ');
  const parquet = LEAVES.map((leaf) => sqlValue(leaf, reach(leaf))).join(', ');
  const count = async (sql: string) => (await other.runAndReadAll(sql)).getRowsJson();
  expect(await count('SELECT count(*) FROM everything')).toEqual([[String(ROWS)]]);
  const left = `SELECT ${select} FROM everything EXCEPT ALL SELECT ${parquet} FROM '${path('parquet')}'`;
  expect(await count(`SELECT count(*) FROM (${left})`)).toEqual([['0']]);
});

/** Parquet stores durations as microseconds, which DuckDB reads as an integer. */
const sqlValue = (leaf: readonly string[], name: string): string =>
  leaf.join('.') === 'took'
    ? `CASE typeof(${name}) WHEN 'INTERVAL' THEN epoch_us(${name}::VARCHAR::INTERVAL) ELSE ${name}::VARCHAR::BIGINT END`
    : name;

it('an Arrow file says how it was made, what columns mean, and has a batch a unit', async () => {
  const read = tableFromIPC(await made('arrow', 77));
  expect(read.batches.map(({ numRows }) => numRows)).toEqual([1_000, 1_000, 500]);
  expect([...read.schema.metadata]).toEqual([
    ['tvdd.version', '1.2.3'],
    ['tvdd.spec_hash', 'spec'],
    ['tvdd.plan_hash', 'plan'],
    ['tvdd.seed', '42'],
    ['comment', 'a column of every type'],
  ]);
  const metadata = Object.fromEntries(read.schema.fields.map(({ metadata, name }) => [name, [...metadata]]));
  expect(metadata.u32).toEqual([['comment', 'a count']]);
  expect(metadata.id).toEqual([
    ['comment', 'the key'],
    ['ARROW:extension:name', 'arrow.uuid'],
    ['ARROW:extension:metadata', ''],
  ]);
});
