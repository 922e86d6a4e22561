import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutputFormat } from '../../compiler/5-lower/physical-plan.ts';
import type { Bundle } from './bundle.ts';
import { bundle } from './bundle.ts';
import { contents, isPart, scratch } from './folder.ts';
import type { Size } from './plan.ts';
import { SIZE } from './plan.ts';

const files = scratch();
let built: Bundle;
beforeAll(async () => {
  built = await bundle();
});
afterAll(() => {
  built.remove();
  files.remove();
});

/** Where a run is killed, by format; and how many runs of it at any instant. */
const KILLED: Readonly<Record<OutputFormat, { readonly at: readonly string[]; readonly instants: number }>> =
  {
    parquet: {
      at: ['write:1', 'write:17', 'fsync:1', 'fsync:5', 'rename:1', 'rename:7', 'manifest:1', 'manifest:24'],
      instants: 10,
    },
    csv: { at: ['write:3', 'fsync:2', 'rename:3', 'manifest:12'], instants: 4 },
    jsonl: { at: ['write:3', 'rename:3'], instants: 2 },
    arrow: { at: ['write:3', 'rename:3'], instants: 2 },
  };
const FORMATS = ['parquet', 'csv', 'jsonl', 'arrow'] as const;

describe.each(FORMATS)('%s, killed', (format) => {
  /** 24 shards of several row groups. */
  const size: Size = { ...SIZE, rows: 160_000, shardRows: 10_000, unitRows: 2_500, format };
  const { at, instants } = KILLED[format];
  let whole: ReturnType<typeof contents>;
  /** Of an undisturbed run, process start included. */
  let milliseconds = 0;

  beforeAll(async () => {
    const out = files.folder();
    const begun = performance.now();
    await finish(out);
    milliseconds = performance.now() - begun;
    whole = contents(out);
    expect(Object.keys(whole).filter(isPart)).toHaveLength(24);
  });

  async function finish(out: string) {
    const outcome = await built.spawnRun(size, { out, workers: 2 }).ended;
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    return outcome;
  }

  /** What readers of the folder may see at any time: whole files only. */
  function expectWholeFilesOnly(out: string): void {
    for (const [path, hash] of Object.entries(contents(out))) {
      if (isPart(path)) expect({ [path]: hash }).toEqual({ [path]: whole[path] });
    }
  }

  it.each(at)('at %s, and resumed', async (failpoint) => {
    const out = files.folder();
    expect((await built.spawnRun(size, { out, workers: 2 }, { failpoint }).ended).signal).toBe('SIGKILL');
    expect(Object.keys(contents(out))).not.toEqual(Object.keys(whole));
    expectWholeFilesOnly(out);
    await finish(out);
    expect(contents(out)).toEqual(whole);
  });

  it('again and again', async () => {
    const out = files.folder();
    for (const failpoint of ['fsync:2', 'manifest:3', 'rename:2', 'write:4', 'manifest:1']) {
      expect((await built.spawnRun(size, { out, workers: 2 }, { failpoint }).ended).signal).toBe('SIGKILL');
    }
    await finish(out);
    expect(contents(out)).toEqual(whole);
  });

  it('at instants over the whole of the run, and resumed each time', { timeout: 240_000 }, async () => {
    let killed = 0;
    for (let i = 0; i < instants; i++) {
      const out = files.folder();
      const child = built.spawnRun(size, { out, workers: 2 });
      const timer = setTimeout(child.kill, (milliseconds * (i + 0.5)) / instants);
      const { signal } = await child.ended;
      clearTimeout(timer);
      if (signal === 'SIGKILL') killed += 1;
      if (readdirSync(files.root).includes(out.split('/').at(-1) ?? '')) expectWholeFilesOnly(out);
      await finish(out);
      expect(contents(out)).toEqual(whole);
    }
    expect(killed).toBeGreaterThanOrEqual(instants / 2);
  });
});
