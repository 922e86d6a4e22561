import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tvdd } from './tvdd.ts';

/** A data table of more rows than an enum or a table of all pairs could have, whose rows are drawn by their class. */
const CITIES = 5000;
const COUNTRIES = 40;
const base = mkdtempSync(join(tmpdir(), 'tvdd-large-'));
const spec = {
  tvdd: 1,
  dataset: 'large',
  seed: 1,
  data: { cities: { file: 'cities.csv' } },
  tables: {
    people: {
      rows: 20_000,
      columns: {
        home: { value: '~pick(cities, weight=size)', hidden: true },
        work: { value: '~pick(cities)', hidden: true },
        home_city: 'home.city',
        home_country: 'home.country',
        work_city: { value: 'work.city', missing: 0.25, missing_as: "'none'" },
        work_country: 'work.country',
        code: 'work.code',
      },
      constraints: ['home.country == work.country'],
    },
  },
};
let read: (sql: string) => Promise<unknown>;

beforeAll(async () => {
  const rows = Array.from(
    { length: CITIES },
    (_, i) => `city ${i},country ${i % COUNTRIES},${i},${1 + (i % 9)}`,
  );
  writeFileSync(join(base, 'cities.csv'), `city,country,code,size\n${rows.join('\n')}\n`);
  writeFileSync(join(base, 'large.yaml'), JSON.stringify(spec));
  const made = tvdd(['run', join(base, 'large.yaml'), '--out', join(base, 'out')]);
  expect(made.stderr).not.toMatch(/error/);
  expect(made.exit).toBe(0);
  const connection = await (await DuckDBInstance.create()).connect();
  read = async (sql) =>
    (
      await connection.runAndReadAll(
        sql
          .replaceAll('$people', `'${base}/out/people/*.parquet'`)
          .replaceAll('$cities', `'${base}/cities.csv'`),
      )
    ).getRowsJson();
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

test('the fields of a row belong together, and the condition holds', async () => {
  const home = '(home_city, home_country) IN (SELECT (city, country) FROM $cities)';
  const work = '(work_city, work_country, code) IN (SELECT (city, country, code) FROM $cities)';
  const wrong = `NOT (${home}) OR NOT (work_city = 'none' OR ${work}) OR home_country <> work_country`;
  expect(await read(`SELECT count(*), count(*) FILTER (WHERE ${wrong}) FROM $people`)).toEqual([
    ['20000', '0'],
  ]);
});

test('every country and most cities come up', async () => {
  const distinct =
    'count(DISTINCT home_country), count(DISTINCT work_city) > 4500, count(DISTINCT code) > 4800';
  expect(await read(`SELECT ${distinct} FROM $people`)).toEqual([[String(COUNTRIES), true, true]]);
});
