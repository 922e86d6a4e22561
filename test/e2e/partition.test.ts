import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scratch, startTvdd, tvdd } from './tvdd.ts';

const SPEC = `tvdd: 1
dataset: films
seed: 3
let: { genres: { 'Drama > Noir': 5, Comedy: 3, "It's 50%/50%": 1 } }
tables:
  titles:
    rows: 60_000
    key: id
    columns:
      id: row + 1
      genre: ~categorical(genres)
      year: "~histogram(1993..1996=1) as int16"
      seen: { value: "~bernoulli(0.3)", missing: 0.2 }
      price: ~lognormal(3, 1) within 1..1000 as decimal(8, 2)
    constraints:
      - not (genre == 'Comedy' and year == 1995)
  views:
    rows: 5_000
    columns: { title: ~ref(titles), year: title.year }
output:
  parquet: { path: ./out, partition_by: { titles: [year, genre, seen], views: year } }
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tvdd-partition-'));
  writeFileSync(join(folder, 'spec.yaml'), SPEC);
  writeFileSync(join(folder, 'flat.yaml'), SPEC.replace(/partition_by: .*\} \}/, '}'));
  for (const name of ['spec', 'flat'])
    expect(tvdd(['run', `${name}.yaml`, '--out', name, '--quiet'], { cwd: folder })).toMatchObject({
      exit: 0,
      stderr: '',
    });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every file of a folder with its digest. */
function contents(root: string): Readonly<Record<string, string>> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(
    paths.map((path) => [
      path.slice(root.length + 1),
      createHash('sha256').update(readFileSync(path)).digest('hex'),
    ]),
  );
}

async function query(sql: string): Promise<unknown> {
  const connection = await (await DuckDBInstance.create()).connect();
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}
const TITLES = () =>
  `read_parquet('${folder}/spec/titles/**/*.parquet', hive_partitioning = true, hive_types_autocast = false)`;

describe('partitioned output', { timeout: 60_000 }, () => {
  it('has a folder for each value, and only rows of it in there', async () => {
    const years = readdirSync(join(folder, 'spec/titles')).sort();
    expect(years).toEqual(Array.from({ length: 4 }, (_, i) => `year=${1993 + i}`));
    expect(readdirSync(join(folder, 'spec/titles/year=1995')).sort()).toEqual([
      'genre=Drama%20%3E%20Noir',
      'genre=It%27s%2050%25%2F50%25',
    ]);
    expect(readdirSync(join(folder, 'spec/titles/year=1994/genre=Comedy')).sort()).toEqual([
      'seen=__HIVE_DEFAULT_PARTITION__',
      'seen=false',
      'seen=true',
    ]);
    const plain = `read_parquet('${folder}/spec/titles/**/*.parquet', hive_partitioning = false, filename = true)`;
    const astray = `SELECT count(*) AS n FROM ${plain} WHERE NOT contains(filename, 'year=' || "year" || '/')`;
    expect(await query(astray)).toEqual([{ n: '0' }]);
  });

  it('has the rows that the same spec has without', async () => {
    const flat = `SELECT * FROM read_parquet('${folder}/flat/titles/*.parquet')`;
    const split = `SELECT * FROM read_parquet('${folder}/spec/titles/**/*.parquet', hive_partitioning = false)`;
    for (const [a, b] of [
      [flat, split],
      [split, flat],
    ])
      expect(await query(`SELECT count(*) AS n FROM (${a} EXCEPT ALL ${b})`)).toEqual([{ n: '0' }]);
    expect(await query(`SELECT count(*) AS n FROM (${split})`)).toEqual([{ n: '60000' }]);
  });

  it('is read by value alone: other folders are not opened', async () => {
    const plan = JSON.stringify(
      await query(
        `EXPLAIN ANALYZE SELECT sum(price) FROM ${TITLES()} WHERE year = '1995' AND genre = 'Drama > Noir'`,
      ),
    );
    expect(plan).toMatch(/Scanning Files: 3\/\d+|Total Files Read: 3\b/);
    expect(await query(`SELECT DISTINCT genre FROM ${TITLES()} ORDER BY 1`)).toEqual(
      ['Comedy', 'Drama > Noir', "It's 50%/50%"].map((genre) => ({ genre })),
    );
  });

  it.each([
    ['one worker', ['--workers', '1']],
    ['small batches', ['--batch', '1000', '--workers', '2']],
  ])('has the same bytes with %s', (_, options) => {
    const out = join(scratch(), 'out');
    expect(tvdd(['run', 'spec.yaml', '--out', out, '--quiet', ...options], { cwd: folder }).exit).toBe(0);
    expect(contents(out)).toEqual(contents(join(folder, 'spec')));
  });

  it('is put together by machines that share it', () => {
    const out = join(scratch(), 'out');
    for (const share of ['1/3', '3/3', '2/3'])
      expect(
        tvdd(['run', 'spec.yaml', '--out', out, '--quiet', '--shard', share], { cwd: folder }).exit,
      ).toBe(0);
    expect(contents(out)).toEqual(contents(join(folder, 'spec')));
  });

  it.each(['layout:1', 'write:5', 'rename:9', 'manifest:20'])(
    'killed at %s, goes on to the same bytes',
    async (failpoint) => {
      const out = join(scratch(), 'out');
      const child = startTvdd(['run', 'spec.yaml', '--out', out, '--quiet', '--workers', '2'], {
        cwd: folder,
        env: { TVDD_FAILPOINT: failpoint },
      });
      expect(await new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)))).toBe(
        'SIGKILL',
      );
      expect(tvdd(['run', 'spec.yaml', '--out', out, '--quiet'], { cwd: folder })).toMatchObject({
        exit: 0,
        stderr: '',
      });
      expect(contents(out)).toEqual(contents(join(folder, 'spec')));
    },
  );

  it('is replaced by --overwrite, file by file of its own', () => {
    const out = join(scratch(), 'out');
    expect(
      tvdd(['run', 'spec.yaml', '--out', out, '--quiet', '--rows', 'titles=60001'], { cwd: folder }).exit,
    ).toBe(0);
    writeFileSync(join(out, 'titles/year=1994/notes.txt'), 'mine');
    expect(tvdd(['run', 'spec.yaml', '--out', out, '--quiet', '--overwrite'], { cwd: folder }).exit).toBe(0);
    const { 'titles/year=1994/notes.txt': notes, ...rest } = contents(out);
    expect(notes).toBeDefined();
    expect(rest).toEqual(contents(join(folder, 'spec')));
  });

  it('is coarser for fewer rows than the spec was made for, and says so', () => {
    const out = join(scratch(), 'out');
    const { exit, stderr } = tvdd(['run', 'spec.yaml', '--out', out, '--scale', '0.5'], { cwd: folder });
    expect({ exit, stderr }).toEqual({
      exit: 0,
      stderr:
        'titles is partitioned by nothing, not by year, genre, seen: with so few rows its files would be small\n' +
        'views is partitioned by nothing, not by year: with so few rows its files would be small\n',
    });
    expect(readdirSync(join(out, 'titles'))).toEqual(['part-000000.parquet']);
  });
});
