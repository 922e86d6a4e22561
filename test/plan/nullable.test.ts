import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile } from '../../compiler/compile.ts';
import { createEngine } from '../../runtime/engine/engine.ts';

const ROWS = 500;

const { condition, number } = fc.letrec<{ condition: string; number: string }>((tie) => ({
  number: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a', 'n', 'm', '0.5'),
    fc.tuple(tie('number'), tie('number')).map(([x, y]) => `coalesce(${x}, ${y})`),
    fc.tuple(tie('number'), tie('number')).map(([x, y]) => `(${x}) + (${y})`),
    fc
      .tuple(tie('condition'), tie('number'), tie('number'))
      .map(([c, x, y]) => `(if ${c} then ${x} else ${y})`),
    fc
      .tuple(fc.constantFrom('n', 'm'), tie('number'), tie('number'))
      .map(([guard, x, y]) => `(if ${guard} is null then ${x} else ${y})`),
  ),
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a < 0.5', 'n > 0.2', 'm is null', 'n is not null', 'n is null'),
    fc
      .tuple(tie('condition'), fc.constantFrom('and', 'or', 'implies'), tie('condition'))
      .map(([x, op, y]) => `(${x}) ${op} (${y})`),
    tie('condition').map((x) => `not (${x})`),
    fc.tuple(tie('number'), tie('number')).map(([x, y]) => `(${x}) < (${y})`),
  ),
}));

/** A column stored as never null that holds a null would be a counterexample. */
test('what is stored as never null is never null', () => {
  let required = 0;
  let open = 0;
  fc.assert(
    fc.property(fc.oneof(number, condition), (text) => {
      const columns = {
        a: '~uniform(0, 1)',
        n: 'if a < 0.3 then null else a',
        m: { value: 'a * 2', missing: 0.4 },
        x: text,
      };
      const spec = { tvdd: 1, dataset: 'd', seed: 1, tables: { t: { rows: ROWS, columns } } };
      const source = { name: 'spec', text: JSON.stringify(spec) };
      const { plan, blobs } = compile(source, { host: { readFile: () => null }, version: 'test' });
      const column = plan?.tables[0]?.columns.find(({ name }) => name === 'x');
      if (!plan || column?.body.kind !== 'leaf') return;
      const { step } = column.body;
      const { valid } = createEngine(plan, blobs)
        .evaluate('t', { start: 0, count: ROWS }, [step])
        .column(step);
      const holes = valid?.includes(0) ?? false;
      if (column.nullable) open++;
      else required++;
      if (!column.nullable) expect(holes, text).toBe(false);
    }),
    { numRuns: 300, seed: 4 },
  );
  expect(required).toBeGreaterThan(60);
  expect(open).toBeGreaterThan(60);
}, 120_000);
