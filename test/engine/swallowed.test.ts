import { expect, test } from 'vitest';
import { compile } from '../../compiler/compile.ts';
import { createEngine } from '../../runtime/engine/engine.ts';
import { RunFault } from '../../runtime/engine/fault.ts';

/** Columns that have no value where p = q. */
const COLUMNS = [
  'uuid(10 // (p - q))',
  'uuid(10 // (p - q)) as text',
  'if 10 // (p - q) > 3 then uuid(row) else uuid(row + 1_000_000)',
  'if 10 // (p - q) > 3 then uuid(row) else null',
  '{ value: uuid(row), missing: "10 // (p - q) > 3" }',
  '{ value: uuid(row), missing: uuid(10 // (p - q)) is null }',
  'uuid(10 // (p - q)) == uuid(row)',
  'uuid(10 // (p - q)) != uuid(row)',
  '(10 // (p - q)) is null',
  '(10 // (p - q)) is not null',
  '(if p > 1 then 10 // (p - q) else 10 // (p - q)) is null',
  'coalesce(10 // (p - q), 3)',
  'coalesce(if row < 0 then null else 10 // (p - q), 3)',
  'coalesce(if row < 0 then null else uuid(10 // (p - q)), uuid(row))',
  "{ text: '{10 // (p - q)}' }",
];

test.each(COLUMNS)('a fault is not swallowed by %s', (column) => {
  const text = `
tvdd: 1
dataset: d
seed: 1
tables:
  t:
    rows: 100
    columns:
      p: ~bernoulli(0.5) as int8
      q: ~bernoulli(0.5) as int8
      x: ${column}
`;
  const { plan, blobs, diagnostics } = compile(
    { name: 'spec.yaml', text },
    { host: { readFile: () => null }, version: 'test' },
  );
  expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual(
    [],
  );
  const [table] = plan!.tables;
  const body = table!.columns.find(({ name }) => name === 'x')!.body;
  if (body.kind !== 'leaf') throw new Error('x is one column');
  const engine = createEngine(plan!, blobs);
  const { p, q } = table!.paths;
  const drawn = engine.evaluate('t', { start: 0, count: 100 }, [p!, q!]);
  const [left, right] = [drawn.column(p!).values, drawn.column(q!).values].map((values) => [...values]);
  const equal = left!.findIndex((value, row) => value === right![row]);
  let fault: unknown;
  try {
    engine.evaluate('t', { start: 0, count: 100 }, [body.step]);
  } catch (error) {
    fault = error;
  }
  expect(fault).toBeInstanceOf(RunFault);
  expect(fault).toMatchObject({ detail: { code: 'TVD6001', row: equal } });
});
