import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { COSTS } from '../../compiler/5-lower/cost/costs.ts';
import { scratch, tvdd } from './tvdd.ts';

const SPEC = 'examples/quickstart/spec.yaml';
const SLOW = { ns: 1e6 };

it('forecasts are by the costs that this machine has measured, and say so; what cannot be read is left alone', () => {
  const cache = scratch();
  const env = { XDG_CACHE_HOME: cache };
  const forecast = () => tvdd(['run', SPEC, '--dry-run'], { env }).stdout;
  const seconds = () => JSON.parse(tvdd(['run', SPEC, '--dry-run', '--json'], { env }).stdout).seconds;
  expect(forecast()).toContain('`tvdd bench kernels` measures this machine');
  const committed = seconds();

  mkdirSync(join(cache, 'tvdd'));
  const write = (text: string): void => writeFileSync(join(cache, 'tvdd/costs.json'), text);
  write(JSON.stringify({ ...COSTS, kernels: { ...COSTS.kernels, zipf: SLOW } }));
  expect(forecast()).toContain('`tvdd bench kernels` has measured on this machine');
  // Ten thousand references, a millisecond each.
  expect(seconds()).toBeGreaterThan(committed + 9);

  write('{"version":1}');
  expect(seconds()).toBe(committed);
});
