import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Analysed, analyse } from '../../compiler/compile.ts';
import { evaluate } from '../exact/evaluate.ts';

type Spec = {
  readonly columns: Readonly<Record<string, string>>;
  readonly constraints: readonly string[];
};

const textOf = ({ columns, constraints }: Spec): string =>
  JSON.stringify({ tvdd: 1, dataset: 'd', seed: 1, tables: { t: { rows: 100, columns, constraints } } });

function analysed(spec: Spec): Analysed & { readonly shown: readonly (readonly string[])[] } {
  const text = textOf(spec);
  const found = analyse({ name: 'spec', text }, { host: { readFile: () => null }, version: 'test' });
  const errors = found.diagnostics.filter(({ severity }) => severity === 'error');
  const shown = errors.map(({ primary, secondary }) =>
    [primary, ...secondary].map(({ span }) => text.slice(span.start, span.end)),
  );
  return { ...found, shown };
}

describe('contradictions', () => {
  const cases: readonly (Spec & { readonly name: string; readonly culprits: readonly string[] })[] = parse(
    readFileSync(new URL('contradictions.yaml', import.meta.url), 'utf8'),
  );
  test.each(cases)('$name', ({ name: _, culprits, ...spec }) => {
    const start = performance.now();
    const { diagnostics, shown } = analysed(spec);
    expect(performance.now() - start).toBeLessThan(1000);
    expect(diagnostics.map(({ code }) => code)).toEqual([culprits.length > 1 ? 'TVD4002' : 'TVD4001']);
    expect(shown).toEqual([culprits]);
  });

  test('forty columns in a circle', () => {
    const names = Array.from({ length: 40 }, (_, i) => `c${i}`);
    const columns = Object.fromEntries(names.map((name) => [name, '~normal(0, 1)']));
    const constraints = names.map((name, i) => `${name} < ${names[(i + 1) % names.length]}`);
    const start = performance.now();
    expect(analysed({ columns, constraints }).shown).toEqual([constraints]);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

/** Columns of one kind, with values that often meet, and comparisons of sums of them. */
const kinds = [
  { law: 'floor(~uniform(0, 5))', small: ['1', '2'] },
  { law: 'floor(~uniform(0, 5)) as int8', small: ['1', '3'] },
  { law: '~uniform(0, 5) as decimal(5, 1)', small: ['1', '2'] },
  { law: 'round(~uniform(0, 5), 1)', small: ['0.1', '0.3', '0.7'] },
  { law: 'floor(~uniform(0, 5)) * 0.1', small: ['0.1', '0.2', '0.3'] },
  { law: '(floor(~uniform(0, 5)) * 0.1) as float32', small: ['0.1', '0.3'] },
  { law: '2024-01-01 + floor(~uniform(0, 4))', small: ['1', '2'] },
  { law: 'if ~bernoulli(0.8) then floor(~uniform(0, 4)) else null', small: ['1', '2'] },
] as const;

const specs: fc.Arbitrary<Spec> = fc.constantFrom(...kinds).chain(({ law, small }) => {
  const step = fc.constantFrom(...small);
  const column = fc.constantFrom('a', 'b', 'c', 'd');
  const term = fc.oneof(
    { weight: 4, arbitrary: column },
    {
      weight: 1,
      arbitrary: fc.tuple(column, fc.constantFrom('+', '-'), step).map((parts) => parts.join(' ')),
    },
  );
  const comparison = fc
    .tuple(term, fc.constantFrom('<', '<=', '>', '>=', '=='), term)
    .map((parts) => parts.join(' '));
  const constraint = fc.oneof(
    { weight: 6, arbitrary: comparison },
    { weight: 1, arbitrary: comparison.map((one) => `not (${one})`) },
    {
      weight: 1,
      arbitrary: fc.tuple(comparison, comparison).map(([one, other]) => `${one} implies ${other}`),
    },
    { weight: 1, arbitrary: fc.tuple(comparison, comparison).map(([one, other]) => `${one} or ${other}`) },
  );
  return fc.record({
    columns: fc.record({
      a: fc.constant(law),
      b: fc.constant(law),
      c: fc.oneof(
        fc.constant(law),
        fc.tuple(fc.constantFrom('a +', 'b -'), step).map((parts) => parts.join(' ')),
      ),
      d: fc.oneof(
        fc.constantFrom('max(a, b)', 'min(b, c)', 'a', law),
        step.map((by) => `c - ${by}`),
      ),
    }),
    constraints: fc.uniqueArray(constraint, { minLength: 2, maxLength: 4 }),
  });
});

const RUNS = 150;
const ROWS = 4000;

/** Rows of the columns without constraints, and whether each constraint is false there. No statistics: every row must agree. */
function failures({ columns, constraints }: Spec): readonly (readonly boolean[])[] {
  const checks = Object.fromEntries(constraints.map((check, i) => [`k${i}`, check]));
  const cells = evaluate({ tables: { t: { rows: ROWS, columns: { ...columns, ...checks } } } }, 't', {
    seed: 5,
  });
  if ('errors' in cells) throw new Error(cells.errors.map(({ message }) => message).join('; '));
  const falses = constraints.map((_, i) => cells.get(`k${i}`)!.map((cell) => cell === false));
  return Array.from({ length: ROWS }, (_, row) => falses.map((column) => column[row]!));
}

describe('rounding is reckoned with', () => {
  const law = 'floor(~uniform(0, 100)) * 0.1';
  // Over the rationals the first of each pair is impossible, and the second always true.
  const cases: readonly (readonly [string, Record<string, string>, string, string])[] = [
    ['a sum taken back', { a: law, b: 'a + 0.1', c: 'b - 0.1' }, 'c < a', 'c >= a'],
    ['in the comparison', { a: law }, 'a + 0.1 - 0.1 < a', 'a + 0.1 - 0.1 >= a'],
    ['a multiple', { a: law, c: 'a / 49' }, 'c * 49 < a', 'c * 49 >= a'],
    ['a float32', { a: law, c: 'a as float32' }, 'c < a', 'c >= a'],
    [
      'a decimal beside a real',
      { a: `(${law}) as decimal(9, 1)`, c: '0.1 * a' },
      '10 * c > a',
      '10 * c <= a',
    ],
  ];
  test.each(cases)('%s', (_, columns, impossible, certain) => {
    const checked = evaluate({ tables: { t: { rows: ROWS, columns: { ...columns, k: impossible } } } }, 't', {
      seed: 1,
    });
    expect('errors' in checked ? checked.errors : checked.get('k')).toContain(true);
    expect(analysed({ columns, constraints: [impossible] }).diagnostics).toEqual([]);
    const { firings } = analysed({ columns, constraints: [certain] });
    expect(firings.filter(({ rule, applied }) => applied && rule.startsWith('prove'))).toEqual([]);
  });
});

test('what is proved holds, and what is refused cannot, in every row', () => {
  const told = { proved: 0, refused: 0 };
  fc.assert(
    fc.property(specs, (spec) => {
      const { logical, firings, diagnostics, shown } = analysed(spec);
      const linear = diagnostics.every(({ code }) => code.startsWith('TVD400'));
      if (!linear) return;
      const rows = failures(spec);
      for (const culprits of shown) {
        told.refused++;
        const indices = culprits.map((culprit) => spec.constraints.indexOf(culprit));
        expect(rows.some((row) => indices.every((index) => row[index] === false))).toBe(false);
      }
      if (logical === null) return;
      const proved = firings
        .filter(({ rule, applied }) => rule === 'prove-inequalities' && applied)
        .map(({ target }) => spec.constraints.indexOf(target));
      told.proved += proved.length;
      for (const row of rows)
        if (row.every((fails, index) => !fails || proved.includes(index))) expect(row).not.toContain(true);
    }),
    { numRuns: RUNS, seed: 11 },
  );
  expect(told.proved).toBeGreaterThan(RUNS / 5);
  expect(told.refused).toBeGreaterThan(RUNS / 10);
}, 120_000);
