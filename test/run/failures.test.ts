import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { RunOptions } from '../../runtime/run.ts';
import { RUN_ERRORS } from '../../runtime/run-error.ts';
import type { Bundle } from './bundle.ts';
import { bundle } from './bundle.ts';
import { contents, scratch } from './folder.ts';
import type { Size } from './plan.ts';
import { makePlan, SIZE } from './plan.ts';

const files = scratch();
let built: Bundle;
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
  return built.run.run(plan, blobs, { workers: 2, ...options });
};
const other: Size = { ...SIZE, planHash: 'plan-2', rows: 6_000 };

describe('the output folder', () => {
  it('of another plan is refused, and nothing changes', async () => {
    const out = files.folder();
    await go({ out });
    await expect(go({ out }, other)).rejects.toMatchObject({
      code: 'TVD6011',
      reason: expect.stringContaining('plan plan-1 of cinema'),
      help: expect.stringMatching(/--out.*--overwrite/),
    });
    expect(contents(out)).toEqual(whole);
  });

  it.each([
    ['another plan', other],
    ['another format', { ...SIZE, planHash: 'plan-3', format: 'csv' }],
  ] as const)('is overwritten by %s on demand, but for what is not ours', async (_, size) => {
    const out = files.folder();
    await go({ out });
    writeFileSync(join(out, 'films/notes.txt'), 'mine');
    writeFileSync(join(out, 'README'), 'mine');
    await go({ out, overwrite: true }, size);
    const undisturbed = files.folder();
    await go({ out: undisturbed }, size);
    const { README, 'films/notes.txt': notes, ...made } = contents(out);
    expect([README, notes]).not.toContain(undefined);
    expect(readFileSync(join(out, 'films/notes.txt'), 'utf8')).toBe('mine');
    expect(made).toEqual(contents(undisturbed));
  });

  it('overwritten by the same plan is made anew', async () => {
    const out = files.folder();
    await go({ out });
    expect((await go({ out, overwrite: true })).upToDate).toBe(false);
    expect(contents(out)).toEqual(whole);
  });

  it.each([false, true])(
    'with foreign files is refused, overwrite %s, and gets no file of ours',
    async (overwrite) => {
      const out = files.folder();
      mkdirSync(out);
      writeFileSync(join(out, 'thesis.tex'), 'years of work');
      await expect(go({ out, overwrite })).rejects.toMatchObject({
        code: 'TVD6012',
        reason: expect.stringContaining('thesis.tex'),
      });
      expect(readdirSync(out)).toEqual(['thesis.tex']);
    },
  );

  it.each([
    ['no header', 'oops\n'],
    ['an unknown version', '{"version":2}\n'],
    [
      'a table that leads elsewhere',
      `${JSON.stringify({ version: 1, tvdd: '', dataset: '', planHash: 'x', specHash: '', seed: '', tables: [{ name: '../films', rows: 1, shards: 1 }] })}\n`,
    ],
  ])('with a manifest of %s is refused', async (_, text) => {
    const out = files.folder();
    mkdirSync(out);
    writeFileSync(join(out, 'manifest.jsonl'), text);
    await expect(go({ out, overwrite: true })).rejects.toMatchObject({ code: 'TVD6019' });
    expect(readFileSync(join(out, 'manifest.jsonl'), 'utf8')).toBe(text);
  });

  it('with a damaged line inside the manifest is refused', async () => {
    const out = files.folder();
    await go({ out });
    const path = join(out, 'manifest.jsonl');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"shard":3', '"shard":"3'));
    await expect(go({ out })).rejects.toMatchObject({ code: 'TVD6019', reason: 'line 5 is damaged' });
  });

  it('that another run writes to is refused', async () => {
    const out = files.folder();
    const first = go({ out });
    await expect(go({ out })).rejects.toMatchObject({
      code: 'TVD6013',
      reason: expect.stringContaining(`process ${process.pid}`),
    });
    await first;
    expect(contents(out)).toEqual(whole);
  });

  it('that a process of another machine holds is refused', async () => {
    const out = files.folder();
    mkdirSync(out);
    writeFileSync(join(out, '.tvdd.lock'), '{"pid":1,"host":"elsewhere","started":"1"}');
    await expect(go({ out })).rejects.toMatchObject({
      code: 'TVD6013',
      help: expect.stringContaining('.tvdd.lock'),
    });
  });

  it.each([
    ['a file', () => join(import.meta.dirname, 'plan.ts')],
    ['below a file', () => join(import.meta.dirname, 'plan.ts/out')],
    ['where nothing can be made', () => '/proc/tvdd'],
    ['with too long a name', () => join(files.root, 'x'.repeat(300))],
  ])('that is %s cannot be written', async (_, out) => {
    await expect(go({ out: out() })).rejects.toMatchObject({
      code: 'TVD6014',
      reason: expect.stringMatching(/\w+ \w+/),
    });
  });

  it('whose table folder is a file cannot be written', async () => {
    const out = files.folder();
    await go({ out, tables: ['views'] });
    writeFileSync(join(out, 'films'), '');
    await expect(go({ out })).rejects.toMatchObject({
      code: 'TVD6014',
      params: { path: expect.stringContaining('films') },
    });
  });
});

it('a table that the plan lacks is named', async () => {
  await expect(go({ out: files.folder(), tables: ['films', 'filmz'] })).rejects.toMatchObject({
    code: 'TVD6018',
    message: 'the plan has no table `filmz`',
    reason: 'its tables are films, views',
  });
});

describe('the disk', () => {
  it('without room for the estimate is refused before anything is made', async () => {
    const out = files.folder();
    await expect(go({ out }, { ...SIZE, bytesPerRow: 1e15 })).rejects.toMatchObject({
      code: 'TVD6015',
      message: expect.stringMatching(/needs about 3\d{4}\.\d PB, but only [\d.]+ \wB are free/),
    });
    expect(readdirSync(out)).toEqual(['manifest.jsonl']);
  });

  it('that refuses a write loses nothing (the limit on a file’s size is 32 KiB)', async () => {
    const out = files.folder();
    const small = await built.spawnRun(SIZE, { out, workers: 2 }, { before: 'ulimit -f 64;' }).ended;
    expect(small).toMatchObject({
      code: 3,
      error: { code: 'TVD6016', reason: 'the file would be larger than the system allows' },
    });
    expect(Object.keys(contents(out)).filter((path) => /(^|\/)\./.test(path))).toEqual([]);
    await go({ out });
    expect(contents(out)).toEqual(whole);
  });

  it.runIf(canMount())('that is full loses nothing, and goes on when there is room', async () => {
    const out = files.folder();
    mkdirSync(out);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', out]);
    try {
      await expect(go({ out })).rejects.toMatchObject({
        code: 'TVD6016',
        reason: 'no space is left on the device',
      });
      const left = Object.keys(contents(out));
      expect(left.length).toBeGreaterThan(2);
      expect(left.filter((path) => /(^|\/)\./.test(path))).toEqual([]);
      execFileSync('mount', ['-o', 'remount,size=16m', out]);
      await go({ out });
      expect(contents(out)).toEqual(whole);
      execFileSync('mount', ['-o', 'remount,ro', out]);
      await expect(go({ out }, other)).rejects.toMatchObject({ code: 'TVD6011' });
      await expect(go({ out })).rejects.toMatchObject({
        code: 'TVD6014',
        reason: 'the file system is read-only',
      });
    } finally {
      execFileSync('umount', [out]);
    }
  });
});

describe('a worker', () => {
  it.each([1, 2])('that dies leaves what is finished, and its file is named (of %i)', async (workers) => {
    const out = files.folder();
    const died = await built.spawnRun(SIZE, { out, workers }, { failpoint: 'worker:3' }).ended;
    expect(died).toMatchObject({
      code: 3,
      stderr: '',
      error: { code: 'TVD6017', reason: 'its thread ended with code 1' },
    });
    expect(died.error?.message).toMatch(/making `films\/part-00000\d\.parquet`/);
    const left = Object.keys(contents(out));
    expect(left).toContain('films/part-000001.parquet');
    await go({ out });
    expect(contents(out)).toEqual(whole);
  });

  it('that meets a fault names the row; the same run meets it again', async () => {
    const out = files.folder();
    const faulty: Size = { ...SIZE, faultAt: 4_321 };
    for (const workers of [2, 1]) {
      await expect(go({ out, workers }, faulty)).rejects.toMatchObject({
        detail: { code: 'TVD6001', table: 'views', row: 4_321, source: { text: 'share / distance' } },
      });
      expect(existsSync(join(out, 'films/part-000009.parquet'))).toBe(true);
      expect(existsSync(join(out, 'views/part-000002.parquet'))).toBe(false);
    }
  });
});

it('memory does not grow with the rows', { timeout: 120_000 }, async () => {
  const peak = async (rows: number): Promise<number> => {
    const size: Size = { ...SIZE, rows, shardRows: 50_000, unitRows: 10_000 };
    const { report } = await built.spawnRun(size, { out: files.folder(), workers: 1 }).ended;
    return (report?.peakRss ?? Number.NaN) / 1e6;
  };
  const small = await peak(200_000);
  const large = await peak(2_000_000);
  // 1.8 M rows more are 150 MB of files; what differs is when the collector runs.
  expect(large - small).toBeLessThan(60);
});

it('every error has its page, with the same message', () => {
  for (const [code, message] of Object.entries(RUN_ERRORS)) {
    const path = fileURLToPath(new URL(`../../compiler/diagnostics/catalogue/${code}.md`, import.meta.url));
    const [, header] = /^---\n([\s\S]*?)\n---\n/.exec(readFileSync(path, 'utf8')) ?? [];
    expect(parse(header ?? '')).toEqual({ severity: 'error', message });
  }
});

function canMount(): boolean {
  const dir = join(files.root, 'mount');
  mkdirSync(dir);
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', dir], { stdio: 'ignore' });
    execFileSync('umount', [dir]);
    return true;
  } catch {
    return false;
  }
}
