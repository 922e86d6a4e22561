import { expect, it } from 'vitest';
import { kernelsPlan } from '../../cli/bench/measure.ts';
import { COSTS } from '../../compiler/5-lower/cost/costs.ts';
import type { PhysicalPlan } from '../../compiler/5-lower/physical-plan.ts';
import { compiledFrom } from './specs.ts';

const kernelsOf = ({ tables }: PhysicalPlan): ReadonlySet<string> =>
  new Set(
    tables.flatMap(({ steps }) => steps.flatMap(({ body }) => (body.op === 'kernel' ? [body.kernel] : []))),
  );

it.each(['config/media_dataset.yaml', 'test/conformance/laws.yaml', 'test/bench/constraints.yaml'])(
  'every kernel of %s is measured by tvdd bench kernels, and in the committed table',
  (path) => {
    const used = [...kernelsOf(compiledFrom(path).plan)];
    const measured = kernelsOf(kernelsPlan().plan);
    expect(used.filter((kernel) => !measured.has(kernel))).toEqual([]);
    expect(used.filter((kernel) => !(kernel in COSTS.kernels))).toEqual([]);
  },
);
