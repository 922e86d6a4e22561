import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rules } from '../../compiler/4-optimize/rules/index.ts';
import { compile } from '../../compiler/compile.ts';
import { createEngine } from '../../runtime/engine/engine.ts';

const ROWS = 20_000;
const BATCH = 4096;
const NAMES = ['a', 'b', 'c'] as const;

/** Byte-neutral: with or without them, every cell is the same. The others keep the law. */
const NEUTRAL = ['prove-constraints', 'prove-inequalities', 'drop-dead-columns', 'choose-encodings'];
const ALL = rules.map((rule) => rule.name);

type Spec = { readonly columns: Record<string, string>; readonly constraints: readonly string[] };

const real = fc.integer({ min: -20, max: 20 }).map((n) => n / 10);
const law = fc.oneof(
  fc
    .tuple(real, fc.integer({ min: 1, max: 30 }))
    .map(([lo, width]) => `~uniform(${lo}, ${lo} + ${width / 10})`),
  fc.tuple(real, fc.integer({ min: 1, max: 20 })).map(([mu, sigma]) => `~normal(${mu}, ${sigma / 10})`),
  fc.integer({ min: 5, max: 30 }).map((rate) => `~exponential(${rate} / 10)`),
  fc
    .tuple(fc.integer({ min: 5, max: 40 }), fc.integer({ min: 5, max: 40 }))
    .map(([a, b]) => `~beta(${a / 10}, ${b / 10})`),
  fc.constant('~histogram(-2..0=1, 1..3=2)'),
  fc.integer({ min: 1, max: 20 }).map((sigma) => `~normal(a, ${sigma / 10})`),
);
const comparison = fc
  .tuple(
    fc.constantFrom(...NAMES),
    fc.constantFrom('<', '<=', '>', '>='),
    fc.oneof(real.map(String), fc.constantFrom(...NAMES)),
  )
  .map(([left, op, right]) => `${left} ${op} ${right}`);
const first = fc.constantFrom('~normal(0, 1)', '~uniform(-1, 2)', '~exponential(1)', 'round(~normal(0, 2))');
const order = fc.constantFrom('a < b', 'b > a', 'b < c', 'a <= b', 'c < b', 'a < b and b < c');
/** Often two columns have one law, and are put in order. */
const specs: fc.Arbitrary<Spec> = fc
  .tuple(
    first,
    law,
    law,
    fc.boolean(),
    fc.boolean(),
    fc.option(order),
    fc.array(comparison, { minLength: 0, maxLength: 1 }),
  )
  .map(([a, b, c, ab, bc, order, others]) => {
    const second = ab ? a : b;
    const constraints = [...(order ? [order] : []), ...others];
    return { columns: { a, b: second, c: bc ? second : c }, constraints };
  });

type Sample = {
  readonly values: ReadonlyMap<string, Float64Array>;
  /** The rules that fired. */
  readonly fired: readonly string[];
};

/** Null where the spec is refused (a contradiction) or too unlikely to be met. */
function sample(spec: Spec, seed: number, without: readonly string[]): Sample | null {
  const table = {
    rows: ROWS,
    columns: spec.columns,
    ...(spec.constraints.length > 0 ? { constraints: spec.constraints } : {}),
  };
  const text = JSON.stringify({ tvdd: 1, dataset: 'd', seed, tables: { t: table } });
  const { plan, blobs, explain } = compile(
    { name: 'spec', text },
    { host: { readFile: () => null }, version: 'test', without },
  );
  if (!plan) return null;
  const engine = createEngine(plan, blobs, { batchRows: BATCH });
  const values = new Map(NAMES.map((name) => [name, new Float64Array(ROWS)]));
  const { paths } = plan.tables[0]!;
  try {
    for (let start = 0; start < ROWS; start += BATCH) {
      const batch = engine.evaluate(
        't',
        { start, count: Math.min(BATCH, ROWS - start) },
        NAMES.map((name) => paths[name]!),
      );
      for (const name of NAMES)
        values.get(name)!.set(Float64Array.from(batch.column(paths[name]!).values, Number), start);
    }
  } catch (error) {
    if (error instanceof Error && /tries/.test(error.message)) return null;
    throw error;
  }
  const fired = (explain?.rules ?? []).filter(({ state }) => state === 'fired').map(({ name }) => name);
  return { values, fired };
}

/** What is compared: the columns, and differences, which tell of their dependence. */
const STATISTICS: readonly ((values: Sample['values']) => Float64Array)[] = [
  ...NAMES.map((name) => (values: Sample['values']) => values.get(name)!),
  ...(
    [
      ['a', 'b'],
      ['b', 'c'],
    ] as const
  ).map(([left, right]) => (values: Sample['values']) => {
    const other = values.get(right)!;
    return values.get(left)!.map((value, i) => value - other[i]!);
  }),
];

/** Two-sample Kolmogorov–Smirnov distance; ties (integers) make the test conservative. */
function distance(x: Float64Array, y: Float64Array): number {
  const [a, b] = [x.toSorted(), y.toSorted()];
  let [i, j, most] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const at = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i]! <= at) i++;
    while (j < b.length && b[j]! <= at) j++;
    most = Math.max(most, Math.abs(i / a.length - j / b.length));
  }
  return most;
}

const RUNS = 60;
/** All comparisons together raise a false alarm with probability below 10^-6 (Kolmogorov's tail, Bonferroni). */
const CRITICAL = Math.sqrt((-Math.log(1e-6 / (2 * RUNS * STATISTICS.length)) / 2) * (2 / ROWS));

test('a plan without its rules draws the same law', () => {
  const fired = new Map<string, number>();
  let compared = 0;
  fc.assert(
    fc.property(specs, (spec) => {
      const [optimized, plain] = [sample(spec, 1, []), sample(spec, 2, ALL)];
      if (!optimized || !plain) return;
      compared++;
      for (const rule of optimized.fired) fired.set(rule, (fired.get(rule) ?? 0) + 1);
      for (const statistic of STATISTICS)
        expect(distance(statistic(optimized.values), statistic(plain.values))).toBeLessThan(CRITICAL);
    }),
    { numRuns: RUNS, seed: 42 },
  );
  expect(compared).toBeGreaterThan(RUNS / 2);
  // The rules that this is about did something.
  for (const rule of ['truncate-draws', 'tighten-draws', 'sort-exchangeable'])
    expect([rule, fired.get(rule) ?? 0]).toEqual([rule, expect.toSatisfy((times: number) => times >= 5)]);
}, 120_000);

test('byte-neutral rules change no byte', () => {
  fc.assert(
    fc.property(specs, (spec) => {
      const [optimized, plain] = [sample(spec, 1, []), sample(spec, 1, NEUTRAL)];
      if (optimized && plain) expect(plain.values).toEqual(optimized.values);
    }),
    { numRuns: 20, seed: 7 },
  );
}, 60_000);

test('x < y on two uniforms gives E[y] = 2/3', () => {
  const { values } = sample(
    { columns: { a: '~uniform(0, 1)', b: '~uniform(0, 1)', c: 'row * 1.0' }, constraints: ['a < b'] },
    3,
    [],
  )!;
  const mean = values.get('b')!.reduce((sum, value) => sum + value, 0) / ROWS;
  // Var y = 1/18: six standard errors are 0.0100, a false alarm in 5·10^8.
  expect(Math.abs(mean - 2 / 3)).toBeLessThan(0.01);
});
