import { describe, expect, test } from 'vitest';
import type { Arg, ScalarMath } from '../../../stdlib/define.ts';
import { laws } from '../../../stdlib/laws/index.ts';
import { type ContinuousLaw, truncate } from '../../../stdlib/samplers/truncated.ts';
import { constant, draw, range } from '../draw.ts';
import { type Harness, harness } from '../harness.ts';
import { kolmogorovSmirnov, rejected } from '../statistics.ts';

/**
 * Every continuous law against its own cdf, 10^6 values each. Seeds are fixed; were they not, all tests of this file
 * together would raise a false alarm once in 10,000 runs (Holm). That they can fail at all: the last test.
 */
const RATE = 1e-4;
const ROWS = 1_000_000;

function shapeOf(name: string): ContinuousLaw {
  const found = laws.get(name)?.shape;
  if (found?.kind !== 'continuous') throw new Error(`${name} is not continuous`);
  return found;
}

const named = (law: string, values: readonly (number | bigint)[]): Record<string, Arg> =>
  Object.fromEntries(
    (laws.get(law)?.params ?? []).map((param, i) => [param.name, constant(values[i] ?? null)]),
  );

/** F(x) under the law as truncated, in (0, 1). */
function transform(
  h: Harness,
  law: ContinuousLaw,
  p: readonly number[],
  bounds: readonly [number, number] | null,
) {
  const within = bounds && { lo: bounds[0], hi: bounds[1], halfOpen: false };
  const cut = truncate(h.b.math, law, p, within);
  // error(x, 0, upper) is the mass below x, or above it: the lesser is the accurate one.
  return (x: number) => {
    const above = cut.error(x, 0, true);
    return above < 0.5 ? 1 - above : cut.error(x, 0, false);
  };
}

type Case = {
  readonly law: string;
  readonly p: readonly number[];
  readonly within?: readonly [number, number];
};
const continuous: readonly Case[] = [
  { law: 'uniform', p: [-3, 5] },
  { law: 'uniform', p: [0, 10], within: [2, 30] },
  { law: 'normal', p: [38, 14] },
  { law: 'normal', p: [38, 14], within: [13, 95] },
  { law: 'normal', p: [0, 1], within: [6, 8] },
  { law: 'normal', p: [0, 1], within: [-9, -5] },
  { law: 'lognormal', p: [4.5, 0.25] },
  { law: 'lognormal', p: [0, 1], within: [0.1, 0.2] },
  { law: 'exponential', p: [0.05] },
  { law: 'exponential', p: [2], within: [3, 4] },
  { law: 'gamma', p: [2.5, 0.1] },
  { law: 'gamma', p: [0.3, 2] },
  { law: 'gamma', p: [9, 0.5], within: [40, 60] },
  { law: 'beta', p: [2, 5] },
  { law: 'beta', p: [0.5, 0.4] },
  { law: 'beta', p: [30, 400], within: [0.05, 0.1] },
];

describe('continuous laws', () => {
  test('constant parameters', () => {
    const tests = new Map<string, number>();
    for (const [i, { law, p, within }] of continuous.entries()) {
      const h = harness({ rows: ROWS });
      const drawn = {
        law,
        args: named(law, p),
        within: within ? range(...within) : null,
        stream: `${law} ${i}`,
      };
      const values = h.numbers(draw(h, drawn).slot);
      const u = transform(h, shapeOf(law), p, within ?? null);
      tests.set(`${law}(${p}) within ${within}`, kolmogorovSmirnov(values.map((x) => u(x))));
    }
    expect(rejected(tests, RATE)).toEqual([]);
  });

  type Ends = (law: ContinuousLaw, math: ScalarMath, p: readonly number[]) => readonly [number, number];
  /** Inside the support, at its end (0 of positive laws), beyond it, and where there is none. */
  const bounds: Readonly<Record<string, Ends | null>> = {
    none: null,
    inside: (law, math, p) => [law.quantile(math, 0.6, p), law.upper(math, 0.05, p)],
    below: (law, math, p) => [-Infinity, law.upper(math, 0.4, p)],
    above: (law, math, p) => [law.quantile(math, 0.7, p), Infinity],
    'from the end': (law, math, p) => [
      law.cdf(math, 0, p) === 0 ? 0 : law.quantile(math, 0.01, p),
      law.upper(math, 0.1, p),
    ],
    anywhere: () => [-Infinity, Infinity],
  };

  /** Two sets of parameters, row by row in turn, as slots: the closed forms, or the standard table. */
  test('parameters by row', () => {
    const tests = new Map<string, number>();
    const other: Record<string, readonly number[]> = {
      uniform: [2, 4],
      normal: [-5, 0.1],
      lognormal: [1, 2],
      exponential: [7],
      gamma: [0.7, 3],
      beta: [5, 0.8],
    };
    for (const [where, endsOf] of Object.entries(bounds)) {
      for (const { law, p } of continuous.filter(
        (one, i, all) => all.findIndex((x) => x.law === one.law) === i,
      )) {
        const rows = 100_000;
        const h = harness({ rows });
        const q = other[law]!;
        const slot = (a: number, b: number): Arg => ({
          kind: 'slot',
          slot: h.column(
            'f64',
            Array.from({ length: rows }, (_, row) => (row % 2 === 0 ? a : b)),
          ),
          type: { kind: 'float', bits: 64 },
          domain: { kind: 'any', nullable: false },
        });
        const law_ = shapeOf(law);
        const ends = [p, q].map((at) => endsOf?.(law_, h.b.math, at) ?? null);
        const [even, odd] = ends;
        const args = Object.fromEntries(
          (laws.get(law)?.params ?? []).map((param, i) => [param.name, slot(p[i]!, q[i]!)]),
        );
        const within = even && odd ? range(slot(even[0], odd[0]), slot(even[1], odd[1])) : null;
        const values = h.numbers(draw(h, { law, args, within, stream: `by row ${law} ${where}` }).slot);
        const u = [p, q].map((at, i) => transform(h, law_, at, ends[i]!));
        tests.set(`${law} ${where}`, kolmogorovSmirnov(values.map((x, row) => u[row % 2]!(x))));
      }
    }
    expect(rejected(tests, RATE)).toEqual([]);
  });

  test('parameters chosen by a code', () => {
    const rows = 200_000;
    const h = harness({ rows });
    const by = h.column(
      'code',
      Array.from({ length: rows }, (_, row) => row % 3),
      ['a', 'b', 'c'],
    );
    const cases = [1, 2.5, 40];
    const args: Record<string, Arg> = {
      shape: { kind: 'choice', by, cases, type: constant(1).type },
      rate: constant(2),
    };
    const values = h.numbers(draw(h, { law: 'gamma', args, within: range(0.2, 30) }).slot);
    const u = cases.map((a) => transform(h, shapeOf('gamma'), [a, 2], [0.2, 30]));
    expect(kolmogorovSmirnov(values.map((x, row) => u[row % 3]!(x)))).toBeGreaterThan(RATE);
  });
});

test('a standard deviation that is 1 % off is seen', () => {
  const h = harness({ rows: ROWS });
  const values = h.numbers(draw(h, { law: 'normal', args: named('normal', [0, 1.01]) }).slot);
  const u = transform(h, shapeOf('normal'), [0, 1], null);
  expect(rejected(new Map([['normal', kolmogorovSmirnov(values.map((x) => u(x)))]]), RATE)).toHaveLength(1);
});
