import { expect, test } from 'vitest';
import { planSpec } from '../../compiler/3-plan/plan.ts';
import { optimize } from '../../compiler/4-optimize/optimize.ts';
import { COSTS } from '../../compiler/5-lower/cost/costs.ts';
import { lowerPlan } from '../../compiler/5-lower/lower.ts';
import { check } from '../../compiler/compile.ts';
import type { FunctionDefinition } from '../../stdlib/define.ts';
import { functions } from '../../stdlib/functions/index.ts';
import { loadKernels } from '../../stdlib/kernels/load.ts';
import { laws } from '../../stdlib/laws/index.ts';
import { diagnosed } from '../check/diagnosed.ts';

const spec = (columns: string): string => `
tvdd: 1
dataset: d
seed: 1
data:
  cities: [{ city: Paris }, { city: Lagos }]
tables:
  t:
    rows: 10
    columns:
${columns.replace(/^/gm, '      ')}
`;

/** Columns, and why they are not supported. */
const CASES: readonly (readonly [string, string])[] = [
  ['x: "[1, 2]"', 'a list that is the same in every row'],
  ['x: cities', 'a data table is no value of a row'],
  ['x: cities is null', 'a data table is no value of a row'],
  [
    `a: { text: "{row}" }\nl: "~choose(1..2, ['S', 'M'])"\nx: a in l`,
    'a text that varies is sought in a list: give it a finite set of values',
  ],
];

test.each(CASES)('%s', (columns, reason) => {
  const found = check(
    { name: 'spec.yaml', text: spec(columns) },
    { host: { readFile: () => null }, version: 'test' },
  );
  expect(found.map(({ code, severity, message }) => ({ code, severity, message }))).toEqual([
    { code: 'TVD2911', severity: 'warning', message: `this is not supported yet: ${reason}` },
  ]);
});

test('an error of a function that is no reason of the library’s is a bug, not a diagnostic', () => {
  const { typed, text } = diagnosed(spec('x: abs(row - 5)'));
  const planned = typed && planSpec(typed, { name: 'spec.yaml', text }).value;
  if (!planned) throw new Error('the spec is good');
  const context = { kernels: loadKernels(), laws, functions, excerpt: () => '' };
  const { plan } = optimize(planned, context);
  const abs = functions.get('abs');
  if (!abs) throw new Error('there is abs');
  const broken: FunctionDefinition = {
    ...abs,
    overloads: abs.overloads.map((overload) => ({
      ...overload,
      lower: () => {
        throw new TypeError('operands is not iterable');
      },
    })),
  };
  const lower = (library: ReadonlyMap<string, FunctionDefinition>) =>
    lowerPlan({
      plan,
      library: { laws, functions: library },
      kernels: loadKernels(),
      versions: { tvdd: 'test', kernels: 'test' },
      specHash: '',
      output: { path: 'out', format: 'parquet', compression: 'snappy' },
      without: [],
      place: () => ({ text: '', line: 1, column: 1 }),
      estimates: null,
      costs: COSTS,
    });
  expect(lower(functions).diagnostics).toEqual([]);
  expect(() => lower(new Map([...functions, ['abs', broken]]))).toThrow('operands is not iterable');
});
