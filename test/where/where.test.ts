import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { chiSquare, rejected } from '../stdlib/statistics.ts';
import { made, rowsOf, specOf } from './made.ts';

type Law = {
  readonly column: string;
  readonly from?: number;
  readonly to?: number;
  readonly weights: Readonly<Record<string, number>>;
};
type Case = {
  readonly name: string;
  readonly columns: Readonly<Record<string, unknown>>;
  readonly rows?: number;
  readonly constraints?: readonly string[];
  readonly where?: readonly string[];
  readonly quota?: readonly (readonly [string, number])[];
  readonly laws: readonly Law[];
};

const ROWS = 20_000;
/** All chi-square tests of this file together raise a false alarm with this probability (Holm), were the seeds drawn afresh. */
const RATE = 1e-6;
const tests = new Map<string, number>();

describe('rows are draws of the law given the condition, as many as asked for', () => {
  const { cases }: { readonly cases: readonly Case[] } = parse(
    readFileSync(new URL('cases.yaml', import.meta.url), 'utf8'),
  );
  test.each(cases)('$name', (one) => {
    const conditions = [
      ...(one.where ?? []).map((text) => ({ text, rows: null })),
      ...(one.quota ?? []).map(([text, rows]) => ({ text, rows })),
    ];
    const columns = { ...one.columns, missing_income: 'income is null' };
    const spec = specOf({ t: { rows: one.rows ?? ROWS, columns, constraints: one.constraints ?? [] } });
    const { plan, blobs } = made(spec, conditions);
    const quotas = (one.quota ?? []).reduce((sum, [, rows]) => sum + rows, 0);
    const rows = rowsOf(plan, blobs, 't');
    expect(rows.length).toBe(quotas || (one.rows ?? ROWS));
    for (const { column, from = 0, to = rows.length, weights } of one.laws) {
      const values = Object.keys(weights);
      const counts = new Map(values.map((value) => [value, 0]));
      for (const row of rows.slice(from, to)) {
        const value = String(row[column]);
        expect(values, `${column} of row`).toContain(value);
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      const total = values.reduce((sum, value) => sum + weights[value]!, 0);
      const expected = values.map((value) => (weights[value]! / total) * (to - from));
      if (to - from > 100)
        tests.set(`${one.name}: ${column} from ${from}`, chiSquare([...counts.values()], expected));
    }
  });
});

afterAll(() => {
  expect(tests.size).toBeGreaterThan(12);
  expect(rejected(tests, RATE)).toEqual([]);
});

describe('references', () => {
  const columns = { city: '~categorical(Ghent=1, Namur=3)', code: 'row' };
  const spec = specOf({
    users: { rows: 500, key: 'id', columns: { id: 'row', ...columns } },
    orders: { rows: ROWS, columns: { user: '~ref(users)', city: 'user.city', big: '~bernoulli(0.2)' } },
  });

  test('children of a conditioned table refer to its rows', () => {
    const { plan, blobs } = made(spec, [{ text: "users: city == 'Ghent'", rows: null }]);
    expect(new Set(rowsOf(plan, blobs, 'users').map(({ city }) => city))).toEqual(new Set(['Ghent']));
    expect(new Set(rowsOf(plan, blobs, 'orders').map(({ city }) => city))).toEqual(new Set(['Ghent']));
    expect(plan.tables.map(({ rows }) => rows)).toEqual([500, ROWS]);
  });

  test('a condition on the parent conditions the choice of the parent, and leaves the parents as they are', () => {
    const free = made(spec, []);
    const { plan, blobs } = made(spec, [{ text: "orders: user.city == 'Ghent'", rows: null }]);
    const parents = rowsOf(plan, blobs, 'users');
    expect(parents).toEqual(rowsOf(free.plan, free.blobs, 'users'));
    const eligible = parents.filter(({ city }) => city === 'Ghent').map(({ id }) => id);
    const counts = new Map(eligible.map((id) => [id, 0]));
    for (const { user } of rowsOf(plan, blobs, 'orders'))
      counts.set(user, (counts.get(user) ?? -Infinity) + 1);
    const each = ROWS / eligible.length;
    // Uniform among them; a false alarm in a million.
    expect(
      chiSquare(
        [...counts.values()],
        eligible.map(() => each),
      ),
    ).toBeGreaterThan(1e-6);
  });
});

describe('identity', () => {
  const spec = specOf({ t: { rows: 1000, columns: { x: '~uniform(0, 1)', y: '~uniform(0, 1)' } } });
  const hash = (texts: readonly string[]) =>
    made(
      spec,
      texts.map((text) => ({ text, rows: null })),
    ).plan.planHash;

  test('a plan knows its conditions', () => {
    const hashes = [hash([]), hash(['t: x < y']), hash(['t: x < y * 2']), hash(['t: x < y', 't: x < 0.5'])];
    expect(new Set(hashes).size).toBe(4);
  });

  test('how a condition is written is nothing to it', () => {
    expect(hash(['t: x < y'])).toBe(hash(['  t :   x<y ']));
    const inSpec = specOf({
      t: { rows: 1000, columns: { x: '~uniform(0, 1)', y: '~uniform(0, 1)' }, constraints: ['x < y'] },
    });
    expect(hash(['t: x < y'])).toBe(made(inSpec, []).plan.planHash);
  });

  test('a row is the same alone and in any batch', () => {
    const { plan, blobs } = made(spec, [{ text: 't: x < y / 4', rows: null }]);
    const rows = rowsOf(plan, blobs, 't');
    expect(rowsOf(plan, blobs, 't', [777, 3, 999])).toEqual([rows[777], rows[3], rows[999]]);
  });
});
