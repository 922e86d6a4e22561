import { describe, expect, test } from 'vitest';
import { ESSENTIAL, rules } from '../../compiler/4-optimize/rules/index.ts';
import { type Evaluated, evaluate, type Spec } from './evaluate.ts';
import { criticalValue } from './statistics.ts';

/** What other generators were measured to get wrong (README.md). Statistical comparisons here: 8, at 10^-7 in all. */
const CRITICAL = criticalValue(1e-7 / 8);
const PLAIN = rules.map((rule) => rule.name).filter((name) => !ESSENTIAL.has(name));

const table = (rows: number, columns: Record<string, string>, constraints: readonly unknown[]): Spec => ({
  tables: { t: { rows, columns, constraints } },
});

function rowsOf(spec: Spec, seed: number, without: readonly string[] = []): Evaluated {
  const found = evaluate(spec, 't', { seed, without });
  if ('errors' in found) throw new Error(found.errors.map(({ message }) => message).join('\n'));
  return found;
}

const numbers = (cells: Evaluated, name: string): readonly number[] => (cells.get(name) ?? []).map(Number);
const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('values that violate after rounding', () => {
  // Data Designer up to 0.9.0rc1: 77 of 20,000 rows (mended in 0.9.6). SDV: sdv-dev/SDV#2550.
  const columns = {
    'a real': 'round(~uniform(0, 10), 1)',
    'a decimal': '~uniform(0, 10) as decimal(5, 1)',
    'an integer': '~uniform(0, 10) as int8',
    'a float32': '~uniform(0, 10) as float32',
  };
  const scale = { 'a real': 1, 'a decimal': 10, 'an integer': 1, 'a float32': 1 };
  for (const kind of ['a real', 'a decimal', 'an integer', 'a float32'] as const) {
    test(kind, () => {
      const x = numbers(rowsOf(table(20_000, { x: columns[kind] }, ['x < 9.99']), 1), 'x');
      expect(x.filter((value) => !(value / scale[kind] < 9.99))).toEqual([]);
    });
  }
  test('two rounded columns in order', () => {
    const columns = { x: 'round(~uniform(0, 10), 1)', y: 'round(~uniform(0, 10), 1)' };
    const cells = rowsOf(table(20_000, columns, ['x < y']), 1);
    const y = numbers(cells, 'y');
    expect(numbers(cells, 'x').filter((value, i) => !(value < (y[i] ?? 0)))).toEqual([]);
  });
});

describe('one record with an acceptance of 16 %', () => {
  // Data Designer 0.9.6 tries five times a record: 112 of 300 runs fail. At that rate 30 pass with probability 10^-6.
  for (const [name, check] of [
    ['by one column', 'x > 1'],
    ['by two', 'x - y > 1.4142135623730951'],
  ] as const) {
    test(name, () => {
      const spec = table(1, { x: '~normal(0, 1)', y: '~normal(0, 1)' }, [check]);
      for (let seed = 0; seed < 30; seed++) expect(rowsOf(spec, seed, PLAIN).get('x')).toHaveLength(1);
    }, 120_000);
  }
});

describe('unsatisfiable constraints are found within a second, before any row', () => {
  // Data Designer 0.9.6: 5,001 tries of 1,000 rows of uniform(0, 1) > 2, in 3 s or more.
  const columns = { x: '~uniform(0, 1)', y: '~uniform(0, 1)', k: '~categorical(a=1, b=1)' };
  for (const constraints of [
    ['x > 2'],
    ['x > 0.6', 'x < 0.4'],
    ['x + y > 3'],
    ['x < y', 'y < x'],
    ["k == 'a'", "k == 'b'"],
    ["k != 'a'", "k != 'b'"],
  ]) {
    test(constraints.join(', '), () => {
      const spec = table(1_000_000, columns, constraints);
      const seconds = [1, 2, 3].map(() => {
        const start = performance.now();
        evaluate(spec, 't', { seed: 1 });
        return (performance.now() - start) / 1000;
      });
      // The least of three: the machine may be busy with other tests.
      expect(Math.min(...seconds)).toBeLessThan(1);
      const found = evaluate(spec, 't', { seed: 1 });
      expect('errors' in found ? found.errors.map(({ code }) => code.slice(0, 4)) : []).not.toEqual([]);
    });
  }
});

describe('constraints that overlap', () => {
  // Data Designer redraws one column after the other; see also the last of all.
  test('three over the same columns', () => {
    const cells = rowsOf(
      table(200_000, { x: '~uniform(0, 1)', y: '~uniform(0, 1)' }, ['x < y', 'y - x < 0.5', 'x + y < 1']),
      1,
    );
    const [x, y] = [numbers(cells, 'x'), numbers(cells, 'y')];
    expect(
      x.every((value, i) => value < (y[i] ?? 0) && (y[i] ?? 0) - value < 0.5 && value + (y[i] ?? 0) < 1),
    ).toBe(true);
    // u = y − x and v = x + y: u in (0, 1/2), v in (u, 1): E[u] = 2/9, E[v] = 11/18.
    near(
      x.map((value, i) => (y[i] ?? 0) - value),
      2 / 9,
    );
    near(
      x.map((value, i) => (y[i] ?? 0) + value),
      11 / 18,
    );
  });
});

describe('x < y conditions both', () => {
  // Data Designer 0.9.6 redraws the column that the constraint names: E[x] = 0.249 and E[y] = 0.501.
  for (const check of ['x < y', 'y > x', 'not (x >= y)'])
    test(check, () => {
      const columns = { x: '~uniform(0, 1)', y: '~uniform(0, 1)' };
      const cells = rowsOf(table(200_000, columns, [check]), 1);
      near(numbers(cells, 'x'), 1 / 3);
      near(numbers(cells, 'y'), 2 / 3);
    });
});

function near(values: readonly number[], expected: number): void {
  const mean = meanOf(values);
  const variance = meanOf(values.map((value) => (value - mean) ** 2));
  expect(Math.abs(mean - expected)).toBeLessThan(CRITICAL * Math.sqrt(variance / values.length));
}
