import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Group, PhysicalPlan, Step } from '../../compiler/5-lower/physical-plan.ts';
import { createEngine } from '../../runtime/engine/engine.ts';
import { readBytes } from './read.ts';
import { createReference, type Value } from './reference.ts';
import { world } from './world.ts';

/** Rows near 0, near each other and far out, so that batches mix them. */
const pool = (rows: number): readonly number[] =>
  [...Array.from({ length: 24 }, (_, i) => i), 10 ** 9, 10 ** 9 + 1, 2 ** 40 + 3, rows - 2, rows - 1].filter(
    (row) => row < rows,
  );

/** The plan, its parents never searched for those that repeat. */
const apart = (plan: PhysicalPlan): PhysicalPlan => ({
  ...plan,
  tables: plan.tables.map((table) => ({
    ...table,
    steps: table.steps.map(
      (step): Step =>
        step.body.op === 'parent' ? { ...step, body: { ...step.body, repeats: false } } : step,
    ),
  })),
});

const ORDERS: Readonly<Record<string, (all: Group['judging']) => Group['judging']>> = {
  'as written': (all) => all,
  'backwards, without those rejected': (all) =>
    [...all].reverse().map(({ of }, i) => ({ of, leaveOut: i === 0 ? null : 1 })),
  'in turn, without those rejected, however few': (all) => all.map(({ of }) => ({ of, leaveOut: 0 })),
  'in turn, without those rejected where they are some': (all) =>
    all.map(({ of }, i) => ({ of, leaveOut: i % 2 === 0 ? null : 4 })),
};

describe.each(Object.entries(ORDERS))('a value is a function of its row, judged %s', (order, judging) => {
  const repeats = order !== 'backwards, without those rejected';
  const { plan: made, blobs, cases } = world(judging);
  const plan = repeats ? made : apart(made);
  const reference = createReference(plan, blobs);
  const engines = new Map(
    [1, 3, 7, 64].map((batchRows) => [batchRows, createEngine(plan, blobs, { batchRows })]),
  );
  for (const { table, rows, steps } of cases) {
    const known = new Map<string, Value>();
    const defined = (row: number, step: number): Value => {
      const key = `${row} ${step}`;
      const value = known.get(key) ?? reference.value(table, row, step);
      known.set(key, value);
      return value;
    };

    test(`${table}: any rows, any steps, any batch, in any order`, () => {
      fc.assert(
        fc.property(
          fc.array(fc.constantFrom(...pool(rows)), { minLength: 1, maxLength: 80 }),
          fc.shuffledSubarray([...steps], { minLength: 1 }),
          fc.constantFrom(...engines.keys()),
          (wanted, asked, batchRows) => {
            const engine = engines.get(batchRows);
            for (let start = 0; start < wanted.length; start += batchRows) {
              const some = wanted.slice(start, start + batchRows);
              const batch = engine?.evaluate(table, some, asked);
              for (const step of asked) {
                const column = batch?.column(step);
                for (const [i, row] of some.entries()) {
                  const value = column === undefined ? undefined : readBytes(column, i);
                  expect(value, `${table} row ${row} step ${step}`).toEqual(defined(row, step));
                }
              }
            }
          },
        ),
        { numRuns: 200, seed: 1 },
      );
    });
  }

  test('a range of rows is the list of its numbers', () => {
    const engine = createEngine(plan, blobs);
    const start = 2 ** 47 - 50;
    const step = cases[2]?.steps.at(-3) ?? 0;
    const read = (rows: Parameters<typeof engine.evaluate>[1]): readonly Value[] => {
      const column = engine.evaluate('events', rows, [step]).column(step);
      return Array.from({ length: 100 }, (_, i) => readBytes(column, i));
    };
    expect(read({ start, count: 100 })).toEqual(read(Array.from({ length: 100 }, (_, i) => start + i)));
  });

  test('rows outside the table and batches too large are refused', () => {
    const engine = createEngine(plan, blobs, { batchRows: 4 });
    expect(() => engine.evaluate('cities', [50], [0])).toThrow(RangeError);
    expect(() => engine.evaluate('cities', [1.5], [0])).toThrow(RangeError);
    expect(() => engine.evaluate('cities', [-1], [0])).toThrow(RangeError);
    expect(() => engine.evaluate('cities', { start: 48, count: 3 }, [0])).toThrow(RangeError);
    expect(() => engine.evaluate('cities', [0, 1, 2, 3, 4], [0])).toThrow(RangeError);
    expect(engine.evaluate('cities', [], [0]).column(0).values.length).toBe(0);
  });
});
