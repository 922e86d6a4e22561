import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratch, tvdd } from '../e2e/tvdd.ts';

const SPEC = `
tvdd: 1
dataset: d
seed: 1
tables:
  t:
    rows: 5000
    columns:
      x: ~uniform(0, 1)
      y: ~uniform(0, 1)
`;

test('a conditioned run is a dataset of its own, gone on with under the same condition only', () => {
  const cwd = scratch();
  writeFileSync(join(cwd, 'spec.yaml'), SPEC);
  const run = (...more: readonly string[]) => tvdd(['run', 'spec.yaml', '--out', 'out', ...more], { cwd });
  const where = ['--where', 't: x < y'];
  expect(run(...where).exit).toBe(0);
  expect(readdirSync(join(cwd, 'out')).length).toBeGreaterThan(0);
  expect(run(...where).stdout).toContain('up to date');
  const other = run('--where', 't: x < y - 0.1');
  expect(other.exit).toBe(3);
  expect(other.stderr).toMatch(/error\[TVD6\d\d\d\]/);
  expect(run('--where', 't: x < y - 0.1', '--overwrite').exit).toBe(0);
}, 60_000);

test('a plan has its conditions already', () => {
  const cwd = scratch();
  writeFileSync(join(cwd, 'spec.yaml'), SPEC);
  expect(tvdd(['compile', 'spec.yaml', '--where', 't: x < y', '-o', 'plan.json'], { cwd }).exit).toBe(0);
  expect(tvdd(['run', 'plan.json', '--out', 'out'], { cwd }).exit).toBe(0);
  const refused = tvdd(['run', 'plan.json', '--out', 'out', '--where', 't: x < y'], { cwd });
  expect(refused.exit).toBe(2);
  expect(refused.stderr).toContain('TVD7015');
}, 60_000);

test('a condition that no row meets is told before anything is made, with its place', () => {
  const cwd = scratch();
  writeFileSync(join(cwd, 'spec.yaml'), SPEC);
  const started = performance.now();
  const { exit, stderr } = tvdd(['run', 'spec.yaml', '--where', 't: x * x + y * y < 2 * x * y - 0.1'], {
    cwd,
  });
  expect(exit).toBe(1);
  expect(stderr).toContain('error[TVD4102]');
  expect(stderr).toContain('--> --where:1:4');
  expect(readdirSync(cwd)).toEqual(['spec.yaml']);
  expect(performance.now() - started).toBeLessThan(20_000);
}, 60_000);
