import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { jsonLines, root, scratch, startTvdd, tvdd } from './tvdd.ts';

/** Rows that are long, quick to make and not to be compressed: several files in a short run. */
const LONG = `tvdd: 1
dataset: long
seed: 3
tables:
  lines:
    rows: 600_000
    columns:
${Array.from({ length: 10 }, (_, i) => `      id${i}: uuid(row + ${i * 600_000})`).join('\n')}
`;

it('Ctrl-C leaves what the same command goes on with, byte for byte', async () => {
  const folder = scratch();
  const spec = join(folder, 'long.yaml');
  writeFileSync(spec, LONG);
  const command = ['run', spec, '--workers', '1', '--json', '--out', join(folder, 'cut')];

  const child = startTvdd(command);
  let [stdout, stderr] = ['', ''];
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdout.on('data', (chunk) => {
    const before = stdout.includes('"event":"shard"');
    stdout += chunk;
    if (!before && stdout.includes('"event":"shard"')) child.kill('SIGINT');
  });
  const exit = await new Promise((resolve) => child.on('close', resolve));
  expect(exit).toBe(130);
  expect(stderr).toContain('the same command goes on from there');
  const done = jsonLines<{ event: string; interrupted?: boolean }>(stdout).at(-1);
  expect(done).toMatchObject({ event: 'done', interrupted: true });

  const second = tvdd(command);
  expect(second.exit).toBe(0);
  const [start] = jsonLines<{ tables: readonly { kept: number; files: number }[] }>(second.stdout);
  expect(start?.tables[0]?.kept).toBeGreaterThan(0);
  expect(start?.tables[0]?.kept).toBeLessThan(start?.tables[0]?.files ?? 0);

  expect(tvdd(['run', spec, '--quiet', '--out', join(folder, 'whole')]).exit).toBe(0);
  const manifest = (name: string) => readFileSync(join(folder, name, 'manifest.jsonl'), 'utf8');
  expect(manifest('cut')).toBe(manifest('whole'));
});

it('a reader that leaves early ends the command in silence', () => {
  const spec = join(root, 'test/e2e/shop.yaml');
  const line = `'${process.execPath}' dist/cli.js sample ${spec} orders --rows orders=50_000_000 -n 50_000_000 --json`;
  const { stdout, stderr } = spawnSync('bash', ['-c', `${line} | head -n 1; echo "\${PIPESTATUS[0]}"`], {
    cwd: root,
    encoding: 'utf8',
    timeout: 20_000,
  });
  const [row, exit] = stdout.trim().split('\n');
  expect(JSON.parse(row ?? '')).toHaveProperty('total');
  expect({ exit, stderr }).toEqual({ exit: '0', stderr: '' });
});

it('what nobody expected is our fault, in three lines', () => {
  // A plan whose steps are not what its columns say: no user makes it by hand.
  const folder = scratch();
  const plan = join(folder, 'plan.json');
  expect(tvdd(['compile', join(root, 'test/e2e/shop.yaml'), '-o', plan]).exit).toBe(0);
  writeFileSync(plan, readFileSync(plan, 'utf8').replace(/"steps": \[/g, '"steps": [], "lost": ['));
  const { exit, stderr } = tvdd(['run', plan, '--out', join(folder, 'out')]);
  expect(exit).toBe(3);
  expect(stderr).toMatch(/^error\[TVD7099\]: /);
  expect(stderr).not.toContain('    at ');
});
