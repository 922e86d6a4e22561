import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { kernelsPlan } from '../../cli/bench/measure.ts';
import { hostOf } from '../../cli/spec-file.ts';
import { COSTS } from '../../compiler/5-lower/cost/costs.ts';
import type { PhysicalPlan } from '../../compiler/5-lower/physical-plan.ts';
import { compile } from '../../compiler/compile.ts';

const root = join(import.meta.dirname, '../..');

function planOf(path: string): PhysicalPlan {
  const file = join(root, path);
  const source = { name: path, text: readFileSync(file, 'utf8') };
  const { plan } = compile(source, { host: hostOf(join(dirname(file), 'spec')), version: 'test' });
  if (!plan) throw new Error(`${path} does not compile`);
  return plan;
}

const kernelsOf = ({ tables }: PhysicalPlan): ReadonlySet<string> =>
  new Set(
    tables.flatMap(({ steps }) => steps.flatMap(({ body }) => (body.op === 'kernel' ? [body.kernel] : []))),
  );

it.each(['config/media_dataset.yaml', 'test/conformance/laws.yaml', 'test/bench/constraints.yaml'])(
  'every kernel of %s is measured by tvdd bench kernels, and in the committed table',
  (path) => {
    const used = [...kernelsOf(planOf(path))];
    const measured = kernelsOf(kernelsPlan().plan);
    expect(used.filter((kernel) => !measured.has(kernel))).toEqual([]);
    expect(used.filter((kernel) => !(kernel in COSTS.kernels))).toEqual([]);
  },
);
