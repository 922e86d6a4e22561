import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonLines, root, tvdd } from './tvdd.ts';

/** One spec in every format, read back by DuckDB beside Parquet; Arrow's is read by PyArrow (read_formats.py). */
const SPEC = join(root, 'test/e2e/shop.yaml');
const TABLES = ['products', 'customers', 'orders'];
const FORMATS = ['csv', 'jsonl', 'arrow'] as const;
const base = mkdtempSync(join(tmpdir(), 'tvdd-formats-'));
const folder = (format: string): string => join(base, format);
const make = (format: string, ...options: string[]) =>
  tvdd(['run', SPEC, '--format', format, '--out', folder(format), ...options]);
let read: (sql: string) => Promise<unknown>;

beforeAll(async () => {
  for (const format of ['parquet', ...FORMATS]) expect(make(format).exit).toBe(0);
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run("SET TimeZone = 'UTC'");
  read = async (sql) => (await connection.runAndReadAll(sql)).getRowsJson();
}, 60_000);
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe.each(['csv', 'jsonl'])('%s', (format) => {
  it.each(TABLES)(
    '%s are those of Parquet, in values and types that DuckDB finds by itself',
    async (table) => {
      const parquet = `'${folder('parquet')}/${table}/*.parquet'`;
      const other = `'${folder(format)}/${table}/*.${format}'`;
      const both = `(FROM ${other} EXCEPT ALL FROM ${parquet}) UNION ALL (FROM ${parquet} EXCEPT ALL FROM ${other})`;
      expect(await read(`SELECT count(*) FROM (${both})`)).toEqual([['0']]);
      expect(await read(`SELECT count(*) > 400 FROM ${other}`)).toEqual([[true]]);
    },
  );
});

describe.each(FORMATS)('%s', (format) => {
  it('is named by the files, the manifest and the summary', () => {
    const [header, ...files] = jsonLines<{ readonly format: string; readonly file: string }>(
      readFileSync(join(folder(format), 'manifest.jsonl'), 'utf8'),
    );
    expect(header?.format).toBe(format);
    expect(files.map(({ file }) => file)).toEqual(TABLES.map((table) => `${table}/part-000000.${format}`));
    expect(make(format).stdout).toContain(`every ${format} file is there already`);
    const [start] = jsonLines<{ readonly format: string }>(make(format, '--json').stdout);
    expect(start?.format).toBe(format);
  });

  it('is not gone on with in another', () => {
    const { exit, stderr } = tvdd(['run', SPEC, '--out', folder(format)]);
    expect(exit).toBe(3);
    expect(stderr).toMatch(new RegExp(`^error\\[TVD6011\\][^]*in ${format}; this is plan \\w+ in parquet`));
  });
});

it('is what the spec says, under its name or in short', () => {
  const cwd = mkdtempSync(join(base, 'spec-'));
  const spec = (output: string): string =>
    `tvdd: 1\ndataset: few\nseed: 1\ntables:\n  t: { rows: 2, columns: { a: row } }\noutput: ${output}\n`;
  writeFileSync(join(cwd, 'named.yaml'), spec('{ csv: { path: ./here } }'));
  writeFileSync(join(cwd, 'short.yaml'), spec('{ format: jsonl }'));
  for (const name of ['named', 'short'])
    expect(tvdd(['run', `${name}.yaml`, '--quiet'], { cwd })).toMatchObject({ exit: 0, stderr: '' });
  expect(readFileSync(join(cwd, 'here/t/part-000000.csv'), 'utf8')).toBe('a\n0\n1\n');
  expect(readFileSync(join(cwd, 'out/t/part-000000.jsonl'), 'utf8')).toBe('{"a":0}\n{"a":1}\n');
});
