import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle } from './bundle.ts';
import { bundle } from './bundle.ts';
import { contents, scratch } from './folder.ts';
import type { Size } from './plan.ts';
import { SIZE } from './plan.ts';

/** 24 shards of several row groups. */
const size: Size = { ...SIZE, rows: 160_000, shardRows: 10_000, unitRows: 2_500 };
const files = scratch();
let built: Bundle;
let whole: ReturnType<typeof contents>;
/** Of an undisturbed run, process start included. */
let milliseconds = 0;

beforeAll(async () => {
  built = await bundle();
  const out = files.folder();
  const begun = performance.now();
  await finish(out);
  milliseconds = performance.now() - begun;
  whole = contents(out);
  expect(Object.keys(whole)).toHaveLength(25);
});
afterAll(() => {
  built.remove();
  files.remove();
});

async function finish(out: string) {
  const outcome = await built.spawnRun(size, { out, workers: 2 }).ended;
  expect(outcome).toMatchObject({ code: 0, stderr: '' });
  return outcome;
}

/** What readers of the folder may see at any time: whole files only. */
function expectWholeFilesOnly(out: string): void {
  for (const [path, hash] of Object.entries(contents(out))) {
    if (path.endsWith('.parquet')) expect({ [path]: hash }).toEqual({ [path]: whole[path] });
  }
}

describe('killed', () => {
  it.each([
    'write:1',
    'write:17',
    'fsync:1',
    'fsync:5',
    'rename:1',
    'rename:7',
    'manifest:1',
    'manifest:12',
    'manifest:24',
  ])('at %s, and resumed', async (failpoint) => {
    const out = files.folder();
    expect((await built.spawnRun(size, { out, workers: 2 }, { failpoint }).ended).signal).toBe('SIGKILL');
    expect(Object.keys(contents(out))).not.toEqual(Object.keys(whole));
    expectWholeFilesOnly(out);
    await finish(out);
    expect(contents(out)).toEqual(whole);
  });

  it('again and again', async () => {
    const out = files.folder();
    for (const failpoint of ['fsync:2', 'manifest:3', 'rename:2', 'write:9', 'manifest:1']) {
      expect((await built.spawnRun(size, { out, workers: 2 }, { failpoint }).ended).signal).toBe('SIGKILL');
    }
    await finish(out);
    expect(contents(out)).toEqual(whole);
  });

  it('at ten instants over the whole of the run, and resumed each time', { timeout: 240_000 }, async () => {
    let killed = 0;
    for (let i = 0; i < 10; i++) {
      const out = files.folder();
      const child = built.spawnRun(size, { out, workers: 2 });
      const timer = setTimeout(child.kill, (milliseconds * (i + 0.5)) / 10);
      const { signal } = await child.ended;
      clearTimeout(timer);
      if (signal === 'SIGKILL') killed += 1;
      if (readdirSync(files.root).includes(out.split('/').at(-1) ?? '')) expectWholeFilesOnly(out);
      await finish(out);
      expect(contents(out)).toEqual(whole);
    }
    expect(killed).toBeGreaterThan(5);
  });
});
