import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Arg, DataTable } from '../../../stdlib/define.ts';
import { laws } from '../../../stdlib/laws/index.ts';
import { aliasCells } from '../../../stdlib/samplers/alias.ts';
import { FLOAT64, INT64, TEXT } from '../../../stdlib/types.ts';
import { constant, draw, range, typeOfDraw } from '../draw.ts';
import { type Harness, harness } from '../harness.ts';
import { aliasIndex, probabilities } from '../twins/alias.ts';
import { uniform, word } from '../twins/random.ts';

const real = (h: Harness, values: readonly (number | null)[]): Arg => ({
  kind: 'slot',
  slot: h.column('f64', values),
  type: FLOAT64,
  domain: { kind: 'any', nullable: values.includes(null) },
});

describe('alias tables', () => {
  const weights = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e6, noNaN: true })), {
    minLength: 1,
    maxLength: 200,
  });
  test('realise their weights to 2^-40', () => {
    fc.assert(
      fc.property(weights, (list) => {
        fc.pre(list.some((weight) => weight > 0));
        const total = list.reduce((a, b) => a + b, 0);
        for (const [i, p] of probabilities(aliasCells(list)).entries()) {
          expect(Math.abs(p - list[i]! / total)).toBeLessThan(1e-11);
          if (list[i] === 0) expect(p).toBe(0);
        }
      }),
    );
  });
  test('are read as their twin reads them', () => {
    const cells = aliasCells([3, 0, 1, 1, 7, 0.01]);
    const h = harness({ rows: 5000 });
    const key = h.key('alias');
    const codes = h.view(
      h.b.kernel('alias', { kind: 'code' }, [key, h.b.blob(cells), { i32: cells.length }]),
    );
    for (let row = 0; row < 5000; row++)
      expect(codes[row]).toBe(aliasIndex(cells, word(BigInt(key.key), BigInt(row), 0n, 0n)));
  });
  test.each([[[]], [[0, 0]], [[1, -1]], [[1, Number.NaN]], [[1, Number.POSITIVE_INFINITY]]])(
    'weights %j are none',
    (list) => {
      expect(() => aliasCells(list)).toThrow('weights must be');
    },
  );
});

test('a draw depends on stream, row and attempt alone', () => {
  const drawn = { law: 'normal', args: { mu: constant(0), sigma: constant(1) } };
  const values = (batch: { rows: number; start?: number; attempts?: number }, stream = 's') => {
    const h = harness(batch);
    return [...h.view(draw(h, { ...drawn, stream }).slot)].map(Number);
  };
  const whole = values({ rows: 100 });
  expect(values({ rows: 40, start: 60 })).toEqual(whole.slice(60));
  expect(values({ rows: 100, attempts: 1 })).not.toContain(whole[0]);
  expect(values({ rows: 100 }, 't')).not.toContain(whole[0]);
});

describe('bounds', () => {
  test('half-open bounds are never reached, closed ones may be', () => {
    const h = harness({ rows: 50_000 });
    const mu = real(h, Array<number>(50_000).fill(1e9));
    for (const args of [
      { mu: constant(1e9), sigma: constant(1e-6) },
      { mu, sigma: constant(1e-6) },
    ]) {
      const values = h.view(
        draw(h, { law: 'normal', args, within: range(1e9 - 1e-6, 1e9 + 1e-6, true) }).slot,
      );
      expect(values.every((x) => Number(x) >= 1e9 - 1e-6 && Number(x) < 1e9 + 1e-6)).toBe(true);
    }
  });
  test('bounds by row hold in every row; an empty interval is a fault of that row', () => {
    const h = harness({ rows: 4 });
    const args = { shape: constant(2), rate: constant(1) };
    const within = range(real(h, [0, 1, 5, 3]), real(h, [1, 2, 6, 3]));
    const values = h.values(draw(h, { law: 'gamma', args, within }).slot).map(Number);
    expect(values.slice(0, 3).map(Math.floor)).toEqual([0, 1, 5]);
    expect(values[3]).toBeNaN();
  });
  test('histograms take no bounds that vary', () => {
    const h = harness({ rows: 1 });
    const drawn = { law: 'histogram', free: { '1..9': 1 }, within: range(0, real(h, [3])) };
    expect(() => draw(h, drawn)).toThrow('constant bounds');
  });
});

test('nulls in a parameter are nulls of the draw; a parameter outside its domain is poison', () => {
  const h = harness({ rows: 4 });
  for (const law of ['normal', 'lognormal']) {
    const values = h.values(
      draw(h, { law, args: { mu: constant(0), sigma: real(h, [1, null, 0, -1]) } }).slot,
    );
    expect(values[1]).toBeNull();
    expect(values.map((x) => Number.isFinite(x))).toEqual([true, false, false, false]);
  }
  const p = h.values(draw(h, { law: 'bernoulli', args: { p: real(h, [0, 1, 1.5, Number.NaN]) } }).slot);
  expect(p).toEqual([false, true, 'poison', 'poison']);
  const rate = h.values(
    draw(h, { law: 'poisson', args: { rate: real(h, [0, -1, Number.NaN, 1e300]) } }).slot,
  );
  expect(rate).toEqual([0n, -(2n ** 63n), -(2n ** 63n), -(2n ** 63n)]);
});

test('a code without a map is poison', () => {
  const h = harness({ rows: 3 });
  const by = h.column('code', [0, 1, -1], ['a', 'b']);
  const type = { kind: 'map', keys: ['x'], of: FLOAT64 } as const;
  const cases = [{ map: new Map([['x', 1]]) }, null];
  const { slot } = draw(h, { law: 'categorical', args: { of: { kind: 'choice', by, cases, type } } });
  expect(h.values(slot)).toEqual([0, -1, -1]);
});

test('pick draws rows of a data table by a column of weights', () => {
  const data: DataTable = {
    name: 'cities',
    rows: 3,
    columns: [
      { name: 'city', type: TEXT, values: ['A', 'B', 'C'] },
      { name: 'population', type: INT64, values: [0n, 5n, 1n] },
    ],
    hash: '',
  };
  const h = harness({ rows: 60_000 });
  const args: Record<string, Arg> = {
    from: { kind: 'data', name: 'cities', data },
    weight: constant([0n, 5n, 1n]),
  };
  expect(typeOfDraw({ law: 'pick', args })).toEqual({ kind: 'row', data: 'cities' });
  const counts = [0, 0, 0];
  for (const row of h.view(draw(h, { law: 'pick', args }).slot)) counts[Number(row)]! += 1;
  // One binomial test at 5 standard deviations: false alarm 6 · 10^-7.
  expect(counts[0]).toBe(0);
  expect(Math.abs(counts[2]! - 10_000)).toBeLessThan(5 * Math.sqrt((60_000 * 5) / 36));
});

test('uniform is the uniform word, stretched', () => {
  const h = harness({ rows: 100 });
  const { key } = h.key('uniform');
  const values = h.view(draw(h, { law: 'uniform', args: { lo: constant(0), hi: constant(1) } }).slot);
  expect([...values]).toEqual(
    Array.from({ length: 100 }, (_, row) => uniform(word(BigInt(key), BigInt(row), 0n, 0n))),
  );
});

describe('what is no law has no type', () => {
  test.each([
    ['histogram', { '1..10': 1, '10..20': 1 }, 'the ranges 1..10 and 10..20 overlap: both hold 10'],
    ['histogram', { '0.0..2.5': 1, '2.0..3.0': 1 }, 'the ranges 0.0..2.5 and 2.0..3.0 overlap'],
    ['histogram', { '5..4': 1 }, '5..4: it holds no value'],
    ['histogram', { a: 1 }, 'a: it is no range of numbers'],
    ['categorical', { a: 0, b: 0 }, 'at least one weight must be above zero'],
    ['categorical', { a: 1, b: -1 }, 'a weight must not be negative'],
    ['dirichlet', { a: 1 }, 'dirichlet needs two components or more: dirichlet(a=2, b=1)'],
    ['dirichlet', { a: 1, b: 0 }, 'the concentration of b must be above zero'],
  ])('%s %j', (law, free, reason) => {
    expect(typeOfDraw({ law, free })).toBe(reason);
  });
  test('ranges of integers that touch do not overlap, nor half-open reals', () => {
    expect(typeOfDraw({ law: 'histogram', free: { '1..9': 1, '10..20': 1 } })).toEqual(INT64);
    expect(typeOfDraw({ law: 'histogram', free: { '0.0..2.5': 1, '2.5..3': 1 } })).toEqual(FLOAT64);
  });
});

test.each([...laws.values()])('$name is documented', (law) => {
  expect(law.summary).toMatch(/\.$/);
  expect(law.source.length).toBeGreaterThan(10);
  expect(law.examples.every((example) => example.startsWith(`~${law.name}(`))).toBe(true);
});
