import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dryRun, dryRunFiles } from '../../runtime/forecast.ts';
import type { RunEvent, RunOptions } from '../../runtime/run.ts';
import type { Bundle } from './bundle.ts';
import { bundle } from './bundle.ts';
import { contents, isPart, scratch } from './folder.ts';
import type { Size } from './plan.ts';
import { makePlan, SIZE } from './plan.ts';

const files = scratch();
let built: Bundle;
/** An undisturbed run of SIZE with one worker. */
let whole: ReturnType<typeof contents>;

beforeAll(async () => {
  built = await bundle();
  const out = files.folder();
  await go({ out });
  whole = contents(out);
});
afterAll(() => {
  built.remove();
  files.remove();
});

const go = (options: Partial<RunOptions> & { readonly out: string }, size: Size = SIZE) => {
  const { blobs, plan } = makePlan(size);
  return built.run.run(plan, blobs, { workers: 1, ...options });
};
const part = (out: string, table: string, shard: number): string =>
  join(out, table, `part-00000${shard}.parquet`);

describe('the same bytes', () => {
  it('make 15 files and a manifest', () => {
    expect(Object.keys(whole)).toHaveLength(16);
    expect(new Set(Object.values(whole)).size).toBe(16);
  });

  it.each([
    ['two workers', { workers: 2 }],
    ['batches of 77 rows', { batch: 77 }],
    ['batches larger than a unit', { batch: 5_000, workers: 2 }],
    ['more workers than files', { workers: 20 }],
  ])('%s', async (_, options) => {
    const out = files.folder();
    await go({ out, ...options });
    expect(contents(out)).toEqual(whole);
  });

  it.each(['csv', 'jsonl', 'arrow'] as const)('of %s, whatever the workers and the batch', async (format) => {
    const size = { ...SIZE, format };
    const [one, two] = [files.folder(), files.folder()];
    await go({ out: one }, size);
    await go({ out: two, workers: 2, batch: 77 }, size);
    const made = contents(one);
    expect(Object.keys(made).filter(isPart)).toHaveLength(15);
    expect(contents(two)).toEqual(made);
  });

  it('of one file made again alone', async () => {
    const out = files.folder();
    await go({ out });
    rmSync(part(out, 'films', 3));
    const report = await go({ out, batch: 100 });
    expect(report.tables.map(({ made }) => made.files)).toEqual([1, 0]);
    expect(contents(out)).toEqual(whole);
  });

  it('of three machines’ shares together', async () => {
    const parts: Record<string, string> = {};
    for (const index of [1, 2, 3]) {
      const out = files.folder();
      await go({ out, shard: { index, of: 3 } });
      const { 'manifest.jsonl': _, ...own } = contents(out);
      expect(Object.keys(own)).toHaveLength(5);
      Object.assign(parts, own);
    }
    const { 'manifest.jsonl': _, ...all } = whole;
    expect(parts).toEqual(all);
  });

  it('of tables made one by one into one folder', async () => {
    const out = files.folder();
    await go({ out, tables: ['views'] });
    await go({ out, tables: ['films'] });
    expect(contents(out)).toEqual(whole);
  });
});

describe('resume', () => {
  it('says up to date, and touches nothing', async () => {
    const out = files.folder();
    expect((await go({ out })).upToDate).toBe(false);
    const report = await go({ out, workers: 2 });
    expect(report.upToDate).toBe(true);
    expect(report.tables.map(({ files, made, rows }) => [files, made.files, rows])).toEqual([
      [10, 0, 20_000],
      [5, 0, 10_000],
    ]);
    expect(contents(out)).toEqual(whole);
  });

  it.each<[string, (out: string) => void]>([
    [
      'a torn last line',
      (out) =>
        truncateSync(join(out, 'manifest.jsonl'), readFileSync(join(out, 'manifest.jsonl')).length - 20),
    ],
    ['half a line more', (out) => appendFileSync(join(out, 'manifest.jsonl'), '{"table":"films","sha')],
    [
      'a line of an older making',
      (out) =>
        appendFileSync(
          join(out, 'manifest.jsonl'),
          `${JSON.stringify({ table: 'films', shard: 1, file: 'films/part-000001.parquet', rows: 2_000, bytes: 7, sha256: 'x' })}\n`,
        ),
    ],
    ['a file of another size', (out) => truncateSync(part(out, 'views', 2), 100)],
    [
      'a renamed file without a line',
      (out) => {
        const path = join(out, 'manifest.jsonl');
        const lines = readFileSync(path, 'utf8')
          .split('\n')
          .filter((line) => !line.includes('films/part-000004'));
        writeFileSync(path, lines.join('\n'));
        writeFileSync(part(out, 'films', 4), 'half');
      },
    ],
    [
      'temporary files of a dead run',
      (out) => {
        writeFileSync(join(out, 'films/.part-000009.parquet.tmp'), 'half');
        writeFileSync(join(out, '.manifest.jsonl.tmp'), 'half');
      },
    ],
    [
      'the lock of a dead process',
      (out) => writeFileSync(join(out, '.tvdd.lock'), lockOf({ pid: 4_194_000, started: '1' })),
    ],
    [
      'the lock of an earlier process of our number',
      (out) => writeFileSync(join(out, '.tvdd.lock'), lockOf({ pid: process.pid, started: '1' })),
    ],
    ['an empty lock', (out) => writeFileSync(join(out, '.tvdd.lock'), '')],
  ])('mends %s', async (_, harm) => {
    const out = files.folder();
    await go({ out });
    harm(out);
    await go({ out });
    expect(contents(out)).toEqual(whole);
  });

  it('goes on after an interruption', async () => {
    const out = files.folder();
    const stop = new AbortController();
    const report = await go({
      out,
      workers: 2,
      batch: 50,
      signal: stop.signal,
      onEvent: ({ event }) => event === 'shard' && stop.abort(),
    });
    expect(report.interrupted).toBe(true);
    const left = Object.keys(contents(out));
    expect(left.length).toBeLessThan(16);
    expect(left.filter((path) => /(^|\/)\./.test(path))).toEqual([]);
    expect((await go({ out })).interrupted).toBe(false);
    expect(contents(out)).toEqual(whole);
  });

  it('makes nothing when the signal came before', async () => {
    const out = files.folder();
    const report = await go({ out, signal: AbortSignal.abort() });
    expect(report.interrupted).toBe(true);
    expect(Object.keys(contents(out))).toEqual(['manifest.jsonl']);
  });
});

describe('events', () => {
  it('tell of every file once, of every table once, and add up', async () => {
    const events: RunEvent[] = [];
    const out = files.folder();
    const report = await go({ out, workers: 2, onEvent: (event) => events.push(event) });
    expect(events[0]).toMatchObject({ v: 1, event: 'start', dataset: 'cinema', workers: 2, out });
    expect(events.filter(({ event }) => event === 'shard')).toHaveLength(15);
    expect(events.flatMap((event) => (event.event === 'table' ? [event.table] : [])).sort()).toEqual([
      'films',
      'views',
    ]);
    const sizes = new Map(report.tables.map(({ bytes, rows, table }) => [table, { bytes, rows }]));
    for (const table of ['films', 'views']) {
      const shards = events.flatMap((event) =>
        event.event === 'shard' && event.table === table ? [event] : [],
      );
      const sum = (of: 'rows' | 'bytes'): number => shards.reduce((total, shard) => total + shard[of], 0);
      expect(sizes.get(table)).toEqual({ rows: sum('rows'), bytes: sum('bytes') });
    }
    expect(events.at(-1)).toEqual({ v: 1, event: 'done', ...report });
  });

  it('progress never goes beyond what there is to do', async () => {
    const events: RunEvent[] = [];
    await go(
      { out: files.folder(), onEvent: (event) => events.push(event) },
      { ...SIZE, rows: 600_000, shardRows: 100_000 },
    );
    const progress = events.flatMap((event) => (event.event === 'progress' ? [event] : []));
    expect(progress.length).toBeGreaterThan(0);
    for (const { rss, tables } of progress) {
      expect(rss).toBeGreaterThan(1e7);
      for (const { done, rows } of tables) expect(done).toBeLessThanOrEqual(rows);
    }
  });
});

it('a dry run lists what a run makes', async () => {
  const { plan } = makePlan({ ...SIZE, bytesPerRow: 40 });
  const forecast = dryRun(plan, { workers: 2 });
  const files = dryRunFiles(plan, {}).map(({ file }) => file);
  expect(files.sort()).toEqual(Object.keys(whole).filter((file) => file !== 'manifest.jsonl'));
  expect(forecast).toMatchObject({ rows: 30_000, bytes: 1_200_000 });
  expect(forecast.seconds).toBeCloseTo(0.015, 10);
  expect(
    dryRunFiles(plan, { tables: ['views'], shard: { index: 1, of: 2 } }).map(({ shard }) => shard),
  ).toEqual([0, 2, 4]);
});

it('a dry run counts what it lists, for any share of any tables', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 400 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 9 }),
      fc.nat(8),
      fc.subarray(['films', 'views']),
      (rows, shardRows, of, i, tables) => {
        const { plan } = makePlan({ ...SIZE, rows: 2 * rows, shardRows, bytesPerRow: 1.3 });
        const scope = { tables, shard: { index: (i % of) + 1, of } };
        const { tables: counts, ...totals } = dryRun(plan, { ...scope, workers: 1 });
        const listed = dryRunFiles(plan, scope);
        const sum = (files: typeof listed, key: 'rows' | 'bytes') =>
          files.reduce((total, file) => total + file[key], 0);
        expect(counts).toMatchObject(
          tables.flatMap((table) => {
            const files = listed.filter((file) => file.table === table);
            const [first] = files;
            const size = { rows: sum(files, 'rows'), bytes: sum(files, 'bytes') };
            return first ? [{ table, files: files.length, firstFile: first.file, ...size }] : [];
          }),
        );
        expect(totals).toMatchObject({ rows: sum(listed, 'rows'), bytes: sum(listed, 'bytes') });
      },
    ),
  );
});

it('the shares of all machines are each file once', () => {
  const { plan } = makePlan({ ...SIZE, rows: 300, shardRows: 7 });
  const all = dryRunFiles(plan, {});
  for (const of of [1, 2, 3, 5, 64, 200]) {
    const shares = Array.from({ length: of }, (_, i) => dryRunFiles(plan, { shard: { index: i + 1, of } }));
    const order = (files: typeof all) => files.map(({ file }) => file).sort();
    expect(order(shares.flat())).toEqual(order(all));
    expect(Math.max(...shares.map(({ length }) => length))).toBe(Math.ceil(all.length / of));
  }
});

function lockOf({ pid, started }: { readonly pid: number; readonly started: string }): string {
  return `${JSON.stringify({ pid, host: hostname(), started })}\n`;
}
