import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { orderOf, storedOrder } from '../../compiler/3-plan/order.ts';
import { analyse, compile } from '../../compiler/compile.ts';
import { createEngine } from '../../runtime/engine/engine.ts';

const options = { host: { readFile: () => null }, version: 'test' };
const sourceOf = (columns: Record<string, unknown>, rows: number) => ({
  name: 'spec.yaml',
  text: JSON.stringify({ tvdd: 1, dataset: 'd', seed: 1, tables: { t: { rows, columns } } }),
});

function tableOf(columns: Record<string, unknown>, rows = 1000) {
  const { logical, diagnostics } = analyse(sourceOf(columns, rows), options);
  const table = logical?.tables[0];
  if (!table) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return table;
}

type Case = readonly [string, 'ascending' | 'descending' | 'none', boolean?];
const cases: readonly Case[] = parse(readFileSync(new URL('order.yaml', import.meta.url), 'utf8'));

describe('order along the rows', () => {
  for (const [text, direction, strict] of cases) {
    test(text, () => {
      const table = tableOf({ c: text });
      const known = direction === 'none' ? null : { direction, strict };
      expect(orderOf(table.columns[0]!.expr, table)).toEqual(known);
    });
  }

  test('a column that reads another has its order', () => {
    const table = tableOf({
      at: '2024-01-01T00:00Z + row * 1h',
      day: 'date(at)',
      n: { value: 'row', missing: 0.1 },
    });
    const orders = table.columns.map((column) => storedOrder(column, table));
    expect(orders).toEqual([
      { direction: 'ascending', strict: true },
      { direction: 'ascending', strict: false },
      null,
    ]);
  });
});

const integer = fc.integer({ min: -5, max: 5 }).map(String);
const real = fc.integer({ min: -50, max: 50 }).map((n) => `${n / 7}`);
const constant = fc.oneof(integer, real);
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant('row'),
    constant,
    fc
      .tuple(tie('expression'), fc.constantFrom('+', '-'), tie('expression'))
      .map(([a, op, b]) => `(${a}) ${op} (${b})`),
    fc.tuple(tie('expression'), constant).map(([a, k]) => `(${a}) * (${k})`),
    fc.tuple(constant, tie('expression')).map(([k, a]) => `(${k}) * (${a})`),
    fc.tuple(tie('expression'), fc.constantFrom('3', '-0.7', '11')).map(([a, k]) => `(${a}) / (${k})`),
    fc.tuple(tie('expression'), fc.constantFrom('3', '-4')).map(([a, k]) => `(${a}) // (${k})`),
    tie('expression').map((a) => `-(${a})`),
    fc.tuple(fc.constantFrom('floor', 'ceil', 'round'), tie('expression')).map(([f, a]) => `${f}(${a})`),
    fc
      .tuple(fc.constantFrom('min', 'max'), tie('expression'), tie('expression'))
      .map(([f, a, b]) => `${f}(${a}, ${b})`),
    fc
      .tuple(tie('expression'), fc.constantFrom('float64', 'float32', 'decimal(18, 1)', 'int64'))
      .map(([a, type]) => `((${a}) as ${type})`),
  ),
}));

const ROWS = 2 ** 40;
const COUNT = 512;

/** Where the kernels' values contradict an order that the compiler claims there would be a counterexample: none of 400 is. */
test('values are in the order that is claimed', () => {
  let claimed = 0;
  fc.assert(
    fc.property(expression, fc.integer({ min: 0, max: ROWS - COUNT }), (text, start) => {
      const { plan, blobs } = compile(sourceOf({ c: text }, ROWS), options);
      const body = plan?.tables[0]?.columns[0]?.body;
      if (!plan || body?.kind !== 'leaf' || body.order === null) return;
      const { direction, strict } = body.order;
      const engine = createEngine(plan, blobs, { batchRows: COUNT });
      for (const from of [0, start]) {
        const values = valuesOf(engine, body.step, from);
        if (values === null) return;
        claimed++;
        for (const [i, value] of values.entries()) {
          const before = values[i - 1];
          if (before === undefined) continue;
          const rises = value > before;
          const ordered = value === before ? !strict : rises === (direction === 'ascending');
          expect(ordered, `${text} at row ${from + i}: ${before}, ${value}`).toBe(true);
        }
      }
    }),
    { numRuns: 400, seed: 11 },
  );
  expect(claimed).toBeGreaterThan(200);
}, 120_000);

/** Null where a row is at fault (an overflow): there are no values then. */
function valuesOf(
  engine: ReturnType<typeof createEngine>,
  step: number,
  start: number,
): readonly (number | bigint)[] | null {
  try {
    return [...engine.evaluate('t', { start, count: COUNT }, [step]).column(step).values];
  } catch (error) {
    if (error instanceof Error && /TVD6001/.test(error.message)) return null;
    throw error;
  }
}
