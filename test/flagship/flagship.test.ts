import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { count, openFolder, type Reader } from '../e2e/duckdb.ts';
import { jsonLines, root, tvdd } from '../e2e/tvdd.ts';

// What `npm start` makes, read back by an engine that is not ours.
const MEDIA = 100_000;
const USERS = 10_000;
const INTERACTIONS = 1_000_000;
const folder = join(root, 'out/media');
const config = join(root, 'config');
let read: Reader;

beforeAll(async () => {
  expect(
    tvdd(['run', 'config/media_dataset.yaml', '--scale', '0.001', '--out', folder, '--overwrite', '--quiet']),
  ).toMatchObject({ exit: 0 });
  read = await openFolder(folder, ['media', 'users', 'interactions']);
  await read(`CREATE VIEW genres AS SELECT * FROM read_csv('${config}/gmc-o/genres.csv')`);
  await read(`CREATE VIEW cities AS SELECT * FROM read_csv('${config}/geo/cities.csv')`);
}, 60_000);

describe('counts and keys', () => {
  test.each([
    ['media', MEDIA],
    ['users', USERS],
    ['interactions', INTERACTIONS],
  ])('%s has its rows', async (table, rows) => {
    expect(await count(read, `SELECT count(*) FROM ${table}`)).toBe(rows);
  });
  test.each([
    ['media', 'content_id'],
    ['media', 'title'],
    ['users', 'user_id'],
    ['media', 'popularity'],
  ])('%s.%s does not repeat', async (table, column) => {
    expect(await count(read, `SELECT count(*) - count(DISTINCT ${column}) FROM ${table}`)).toBe(0);
  });
  test.each([
    ['user_id', 'users'],
    ['content_id', 'media'],
  ])('every interactions.%s is a row of %s', async (key, parent) => {
    expect(await count(read, `SELECT count(*) FROM interactions ANTI JOIN ${parent} USING (${key})`)).toBe(0);
  });
});

describe('size', () => {
  test('the plan foresees the bytes of every table within 15 %', () => {
    const { stdout } = tvdd(['compile', 'config/media_dataset.yaml', '--scale', '0.001', '--explain=json']);
    const {
      tables,
    }: { tables: readonly { name: string; rows: number; estimate: { bytesPerRow: number } }[] } =
      JSON.parse(stdout);
    const files = jsonLines<{ file?: string; bytes?: number }>(
      readFileSync(join(folder, 'manifest.jsonl'), 'utf8'),
    );
    for (const { name, rows, estimate } of tables) {
      const bytes = files
        .filter(({ file }) => file?.startsWith(`${name}/`))
        .reduce((sum, file) => sum + (file.bytes ?? 0), 0);
      expect(Math.abs((rows * estimate.bytesPerRow) / bytes - 1), name).toBeLessThan(0.15);
    }
  });
});

describe('no row violates a constraint', () => {
  const cases: Record<string, string> = {
    'popularity is a share': 'SELECT count(*) FROM media WHERE NOT (popularity > 0 AND popularity <= 1)',
    'no love among the fists':
      "SELECT count(*) FROM media WHERE genre LIKE '% > Martial Arts' AND mood = 'Romantic'",
    'no genre before its time':
      "SELECT count(*) FROM media JOIN genres g ON media.genre = g.parent || ' > ' || g.genre WHERE release_year < since",
    'early animation is short':
      "SELECT count(*) FROM media WHERE genre LIKE 'Animation > %' AND release_year < 1940 AND duration_min > 90",
    'age of consent': 'SELECT count(*) FROM users WHERE demographics.age NOT BETWEEN 16 AND 95',
    'nobody outlasts the longest title':
      'SELECT count(*) FROM interactions WHERE watch_time > 360 * 60 OR watch_time < 0',
    'nothing is seen before it is out': `SELECT count(*) FROM interactions JOIN media USING (content_id) JOIN users USING (user_id)
      JOIN cities ON cities.city = demographics.location WHERE CAST(timezone(tz, timestamp) AS DATE) < released_on`,
    'the text of a genre is one of the taxonomy':
      "SELECT count(*) FROM media WHERE genre NOT IN (SELECT parent || ' > ' || genre FROM genres)",
  };
  test.each(Object.entries(cases))('%s', async (_, sql) => {
    expect(await count(read, sql)).toBe(0);
  });
});

describe('laws', () => {
  test('popularity is rank^-1.5 by rank', async () => {
    expect(
      await count(
        read,
        `SELECT max(e) FROM (SELECT abs(popularity / (row_number() OVER (ORDER BY popularity DESC)) ** -1.5 - 1) AS e FROM media)`,
      ),
    ).toBeLessThan(1e-12);
  });
  test('two in a hundred do not tell their age', async () => {
    // Binomial(10 000, 0.02): six standard deviations are 84.
    expect(
      Math.abs((await count(read, 'SELECT count(*) FROM users WHERE demographics.age IS NULL')) - 200),
    ).toBeLessThan(84);
  });
  test('the hours named are those of the peaks, in local time', async () => {
    const rows =
      await read(`SELECT hour(timezone(tz, timestamp)) AS hour, count(*) AS n FROM interactions JOIN users USING (user_id)
      JOIN cities ON cities.city = demographics.location GROUP BY hour ORDER BY hour`);
    const counts = rows.map(({ n }) => Number(n));
    const mean = INTERACTIONS / counts.length;
    const peaks = counts.flatMap((n, hour) =>
      n > mean && n > counts[(hour + 23) % 24]! && n > counts[(hour + 1) % 24]! ? [hour] : [],
    );
    expect(peaks).toEqual([8, 12, 20]);
  });
  test('types are those of the spec', async () => {
    const rows = await read('DESCRIBE SELECT * EXCLUDE (row_number) FROM users');
    expect(
      Object.fromEntries(
        rows.map(({ column_name: name, column_type: type }) => [String(name), String(type)]),
      ),
    ).toMatchObject({
      user_id: 'UUID',
      psychographic_state: 'FLOAT[]',
      taste_clusters: 'VARCHAR[]',
    });
  });
});

describe('prose', () => {
  test('in 10,000 descriptions none repeats, no sentence is in more than one in a hundred, lengths are in bounds', async () => {
    const ten = 'SELECT description FROM media WHERE row_number < 10000';
    expect(await count(read, `SELECT count(*) - count(DISTINCT description) FROM (${ten})`)).toBe(0);
    expect(
      await count(
        read,
        `SELECT max(n) FROM (SELECT count(*) AS n FROM (SELECT unnest(string_split(trim(description, '.'), '. ')) AS s FROM (${ten})) GROUP BY s)`,
      ),
    ).toBeLessThanOrEqual(100);
    expect(
      await count(
        read,
        'SELECT count(*) FROM media WHERE length(description) NOT BETWEEN 50 AND 200 OR length(title) NOT BETWEEN 5 AND 100',
      ),
    ).toBe(0);
  });
});
