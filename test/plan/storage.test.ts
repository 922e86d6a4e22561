import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costOf, type Setting } from '../../compiler/storage/costs.ts';
import type { Facts } from '../../compiler/storage/facts.ts';
import { distinctAmong, even, NEVER } from '../../compiler/storage/recurrence.ts';
import { loadKernels, scalarMath } from '../../stdlib/kernels/load.ts';

const math = scalarMath(loadKernels());

describe('distinct values among n', () => {
  const exact = (weights: readonly number[], n: number): number => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.reduce((sum, weight) => sum + 1 - (1 - weight / total) ** n, 0);
  };
  const ranks = (values: number, exponent: number): readonly number[] =>
    Array.from({ length: values }, (_, i) => (i + 1) ** -exponent);

  test('of equally likely values', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e4 }), fc.integer({ min: 1, max: 1e6 }), (values, n) => {
        const expected = exact(ranks(values, 0), n);
        expect(distinctAmong(even(values), n, math) / expected).toBeCloseTo(1, 9);
      }),
      { seed: 1 },
    );
  });

  test('of a power of the rank, whose long tail is taken by stretches', () => {
    const count = fc.integer({ min: 1, max: 2e5 });
    fc.assert(
      fc.property(count, fc.integer({ min: 1, max: 30 }), count, (values, tenths, n) => {
        const exponent = tenths / 10;
        const found = distinctAmong({ kind: 'power', values, exponent }, n, math);
        expect(Math.abs(found / exact(ranks(values, exponent), n) - 1)).toBeLessThan(0.005);
      }),
      { seed: 2, numRuns: 50 },
    );
  });

  test('is n where none comes again', () => expect(distinctAmong(NEVER, 1000, math)).toBe(1000));
});

describe('bytes and time', () => {
  const setting: Setting = { rows: 131_072, compressed: true, math };
  const facts: Facts = {
    type: { kind: 'int', bits: 64, signed: true },
    order: null,
    missing: 0,
    recurrence: even(1_000_000),
    span: 999_999,
    text: null,
    items: 0,
  };

  // What parquet-wasm made of such columns (`npm run bench -- encodings`), in bytes a value.
  test.each<readonly [string, Facts, Parameters<typeof costOf>[0], number]>([
    [
      'a key',
      { ...facts, order: { direction: 'ascending', strict: true }, recurrence: NEVER },
      'delta',
      0.03,
    ],
    [
      'a key',
      { ...facts, order: { direction: 'ascending', strict: true }, recurrence: NEVER },
      'plain',
      4.01,
    ],
    [
      'a year of 105',
      { ...facts, type: { kind: 'int', bits: 16, signed: true }, recurrence: even(105), span: 104 },
      'delta',
      1.05,
    ],
    [
      'a year of 105',
      { ...facts, type: { kind: 'int', bits: 16, signed: true }, recurrence: even(105), span: 104 },
      'plain',
      2.02,
    ],
    [
      'a year of 105',
      { ...facts, type: { kind: 'int', bits: 16, signed: true }, recurrence: even(105), span: 104 },
      'dictionary',
      0.89,
    ],
    [
      'a day of 105 years',
      { ...facts, type: { kind: 'date' }, recurrence: even(38_350), span: 38_349 },
      'delta',
      2.08,
    ],
    [
      'an instant of a year',
      { ...facts, type: { kind: 'timestamp' }, recurrence: even(3.16e13), span: 3.16e13 },
      'delta',
      5.81,
    ],
    ['a real', { ...facts, type: { kind: 'float', bits: 64 }, recurrence: NEVER, span: null }, 'plain', 8.01],
    [
      'a reference by r^-1.5',
      { ...facts, recurrence: { kind: 'power', values: 1e6, exponent: 1.5 } },
      'plain',
      2.1,
    ],
    [
      'a reference by r^-1.5',
      { ...facts, recurrence: { kind: 'power', values: 1e6, exponent: 1.5 } },
      'delta',
      2.66,
    ],
    [
      'one of 55 names',
      {
        ...facts,
        type: { kind: 'enum', values: Array.from({ length: 55 }, String) },
        recurrence: even(55),
        span: null,
      },
      'dictionary',
      0.77,
    ],
  ])('%s is foreseen within 15 %% (%#)', (_, facts, values, measured) => {
    expect(Math.abs(costOf(values, facts, setting)!.bytes / measured - 1)).toBeLessThan(0.15);
  });

  test.each(['plain', 'delta', 'dictionary', 'delta-length'] as const)(
    '%s is unknown for what it does not fit',
    (values) => {
      expect(costOf(values, { ...facts, type: { kind: 'struct', fields: [] } }, setting)).toBeNull();
    },
  );
});
