import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import type * as api from '../../cli/library/api.ts';
import * as library from '../../cli/library/index.ts';

const { compile, RunError, run, SpecError, sample } = library;
const root = fileURLToPath(new URL('../..', import.meta.url));
const example = (name: string): string => join(root, 'examples', name, 'spec.yaml');
const examples = readdirSync(join(root, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const SHOP = example('quickstart');

const one = (columns: Readonly<Record<string, unknown>>, rows = 3): api.Spec => ({
  tvdd: 1,
  dataset: 'one',
  seed: 1,
  tables: { t: { rows, columns } },
});

async function faultOf(work: () => unknown): Promise<api.SpecError | api.RunError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof SpecError || error instanceof RunError) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
}

it('is what its declarations say', () => {
  const declared: typeof api = library;
  expect(Object.keys(declared).sort()).toEqual(['RunError', 'SpecError', 'compile', 'run', 'sample']);
});

describe('rows', () => {
  it.each(examples)('of %s are what JSON lines say', async (name) => {
    const dataset = await compile(example(name));
    const lines = dataset.tables.flatMap((table) => [
      table.name,
      ...dataset.sample(table.name, { rows: 5 }).map((row) => JSON.stringify(row)),
    ]);
    const expected = readFileSync(join(root, 'examples', name, 'expected/sample.jsonl'), 'utf8');
    const read = expected.trimEnd().split('\n');
    // As JSON.parse reads them: 9.50 is 9.5.
    expect(lines).toEqual(
      read.map((line) => (line.startsWith('{') ? JSON.stringify(JSON.parse(line)) : line)),
    );
  });

  it('have values of JavaScript, exact ones', async () => {
    const spec = one({
      safe: '9_007_199_254_740_990 + row',
      low: '-9_007_199_254_740_990 - row',
      money: '(row + 12) as decimal(18, 2)',
      fine: '(row + 999_999) as decimal(18, 9)',
      short: '(-0.1 - row) as float32',
      day: '2024-01-01 + 3d',
      at: '2024-01-01T00:00:00Z + row * 1h',
      wait: 'row * 1500ms',
      none: 'if row == 1 then null else row',
      id: 'uuid(row)',
      doc: `'{"a": [1, null]}' as json`,
      place: { struct: { x: 'row', inside: { struct: { y: 'row == 1' } } } },
    });
    const [first, second, third] = (await compile(spec)).sample('t', { row: [0, 1, 2] });
    expect(first).toMatchObject({
      safe: 9_007_199_254_740_990,
      money: 12,
      fine: 999_999,
      short: -0.1,
      day: '2024-01-04',
      at: '2024-01-01T00:00:00.000000Z',
      wait: 0,
      none: 0,
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      doc: { a: [1, null] },
      place: { x: 0, inside: { y: false } },
    });
    expect(second).toMatchObject({
      fine: '1000000.000000000',
      none: null,
      wait: 1_500_000,
      place: { inside: { y: true } },
    });
    expect(third).toMatchObject({ safe: 9_007_199_254_740_992n, low: -9_007_199_254_740_992n });
  });

  it('are those of the numbers asked for, and the first ten without', async () => {
    const shop = await compile(SHOP);
    const first = shop.sample<{ readonly id: number }>('orders', { rows: 2000 });
    expect(first.map(({ id }) => id)).toEqual(Array.from({ length: 2000 }, (_, i) => i + 1));
    expect(shop.sample('orders', { row: [1999, 3] })).toEqual([first[1999], first[3]]);
    expect(shop.sample('orders', { row: 7 })).toEqual([first[7]]);
    expect(shop.sample('orders')).toEqual(first.slice(0, 10));
    expect(await sample(SHOP, 'orders', { rows: 3 })).toEqual(first.slice(0, 3));
    expect(shop.sample('customers', { rows: 5000 })).toHaveLength(1000);
  });

  it('take the plan as it is compiled: a thousand asks make no second engine', async () => {
    const shop = await compile(SHOP);
    shop.sample('orders');
    const start = performance.now();
    for (let i = 0; i < 1000; i++) shop.sample('orders', { row: i });
    // About 0.2 ms each; an engine takes more than 5.
    expect((performance.now() - start) / 1000).toBeLessThan(3);
  });
});

describe('a spec', () => {
  it('is a path, a text, or what YAML gives for it', async () => {
    const text = readFileSync(SHOP, 'utf8');
    const rows = await sample(SHOP, 'orders');
    expect(await sample({ text }, 'orders')).toEqual(rows);
    expect(await sample(parse(text), 'orders')).toEqual(rows);
  });

  it('finds its data in the folder that is named', async () => {
    const text = readFileSync(example('belgium'), 'utf8');
    const [table] = (await compile({ text, folder: join(root, 'examples/belgium') })).tables;
    expect(table?.rows).toBeGreaterThan(0);
    const { diagnostics } = await faultOf(() =>
      compile({ text, name: 'mine.yaml', folder: join(root, 'examples') }),
    );
    expect(diagnostics[0]).toMatchObject({ code: 'TVD2401', place: { file: 'mine.yaml' } });
  });

  it('is what options make of it', async () => {
    const given = await compile(SHOP, {
      scale: 0.1,
      rows: { orders: 50 },
      seed: 8n,
      where: "customers: city == 'Ghent'",
      without: ['truncate-draws'],
    });
    expect(given.tables.map(({ rows }) => rows)).toEqual([100, 50]);
    const cities = given
      .sample<{ readonly city: string }>('customers', { rows: 100 })
      .map(({ city }) => city);
    expect(new Set(cities)).toEqual(new Set(['Ghent']));
    expect(given.sample('orders')).not.toEqual(await sample(SHOP, 'orders'));
    const quota = [
      { where: 'orders: express', rows: 20 },
      { where: 'orders: not express', rows: 30 },
    ];
    const blocks = (await compile(SHOP, { quota })).sample<{ readonly express: boolean }>('orders', {
      rows: 99,
    });
    expect(blocks.map(({ express }) => express)).toEqual(Array.from({ length: 50 }, (_, i) => i < 20));
  });
});

it('has constants that are set', async () => {
  const spec = {
    tvdd: 1,
    dataset: 'one',
    seed: 1,
    let: { n: 1, s: "'a'" },
    tables: { t: { rows: 1, columns: { a: 'n', b: 's' } } },
  };
  expect(await sample(spec, 't', { set: { n: -2.5, s: "'b'" } })).toEqual([{ a: -2.5, b: 'b' }]);
  const { diagnostics } = await faultOf(() => compile(spec, { set: { m: 1 } }));
  expect(diagnostics).toMatchObject([{ code: 'TVD4205', place: { file: 'set', line: 1, column: 1 } }]);
});

describe('faults', () => {
  it('of a spec come all at once, with their places and the text of the command line', async () => {
    const fault = await faultOf(() =>
      compile({ text: 'tvdd: 1\ndataset: x\nseed: 1\ntables:\n  t: { rows: 1, columns: { a: b, c: d } }\n' }),
    );
    expect(fault).toBeInstanceOf(SpecError);
    expect(fault.message).toMatch(/^error\[TVD2001\]: there is no `b` here\n {1,2}--> <text>:5:\d+\n/);
    expect(fault.diagnostics.map(({ code, place }) => [code, place?.line, place?.column])).toEqual([
      ['TVD2001', 5, 31],
      ['TVD2001', 5, 37],
    ]);
    expect(fault.diagnostics[0]).toMatchObject({ severity: 'error', place: { endLine: 5, endColumn: 32 } });
  });

  it.each<[string, string, (shop: api.Dataset) => unknown]>([
    ['TVD7008', 'no such file', () => compile('nowhere.yaml')],
    ['TVD7005', 'a number above 0', () => compile(SHOP, { scale: 0 })],
    ['TVD7005', 'a whole number from 1', () => compile(SHOP, { rows: { orders: 1.5 } })],
    ['TVD7005', 'an integer of 64 bits', () => compile(SHOP, { seed: 2 ** 60 })],
    ['TVD7005', 'a table and a condition', () => compile(SHOP, { where: 'age < 18' })],
    ['TVD7011', 'did you mean `orders`?', () => compile(SHOP, { rows: { order: 5 } })],
    ['TVD7017', 'its rules are', () => compile(SHOP, { without: ['x'] })],
    ['TVD7011', 'did you mean `orders`?', (shop) => shop.sample('order')],
    ['TVD7012', 'its last row is 9,999', (shop) => shop.sample('orders', { row: 10_000 })],
    ['TVD7005', 'a whole number from 0', (shop) => shop.sample('orders', { rows: -1 })],
    ['TVD7005', 'a whole number from 1 to 1024', (shop) => shop.run({ workers: 0 })],
    ['TVD7011', 'its tables are', (shop) => shop.run({ tables: ['nothing'] })],
  ])('%s: %s', async (code, text, work) => {
    const fault = await faultOf(async () => work(await compile(SHOP)));
    expect(fault).toBeInstanceOf(SpecError);
    expect(fault.diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
    expect(fault.message).toContain(text);
  });

  it('of a row are of making rows, and the next rows are there', async () => {
    const dataset = await compile(one({ a: 'floor(~normal(0, 1) * row ^ 9.0) as int8' }));
    const fault = await faultOf(() => dataset.sample('t'));
    expect(fault).toBeInstanceOf(RunError);
    expect(fault.diagnostics).toMatchObject([{ code: 'TVD6001', place: { file: '<object>' } }]);
    expect(dataset.sample('t', { row: 0 })).toEqual([{ a: 0 }]);
    expect(dataset.warnings.map(({ code, severity }) => [code, severity])).toEqual([['TVD2203', 'warning']]);
  });
});

describe('a run', () => {
  const scratch = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'tvdd-library-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  };

  it('makes the files of the rows, and tells how', async () => {
    const out = scratch();
    const shop = await compile(SHOP, { format: 'jsonl', rows: { orders: 100 } });
    const events: string[] = [];
    const report = await shop.run({
      out,
      workers: 1,
      tables: ['orders'],
      onEvent: ({ event }) => events.push(event),
    });
    expect(report).toMatchObject({
      out,
      format: 'jsonl',
      interrupted: false,
      tables: [{ table: 'orders', rows: 100 }],
    });
    expect(events.filter((event) => event !== 'progress')).toEqual(['start', 'shard', 'table', 'done']);
    const lines = readFileSync(join(out, 'orders/part-000000.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(shop.sample('orders', { rows: 100 }));
    expect(await shop.run({ out, tables: ['orders'] })).toMatchObject({ upToDate: true });

    const fault = await faultOf(() => run(SHOP, { out, workers: 1 }));
    expect(fault).toBeInstanceOf(RunError);
    expect(fault.diagnostics.map(({ code }) => code)).toEqual(['TVD6011']);
  });

  it('stops where it is told to', async () => {
    const report = await run(SHOP, { out: scratch(), workers: 1, signal: AbortSignal.abort() });
    expect(report.interrupted).toBe(true);
  });
});
