import { describe, expect, test } from 'vitest';
import { groupsOf } from '../../compiler/3-plan/groups.ts';
import { compile } from '../../compiler/compile.ts';
import { createEngine } from '../../runtime/engine/engine.ts';
import { analysed, loweringsOf, type Spec, textOf } from './spec.ts';

const ROWS = 2000;

/** Values of leaf columns of a table, row by row. */
function valuesOf(text: string, table: string, paths: readonly string[]): readonly (readonly unknown[])[] {
  const { plan, blobs, diagnostics } = compile(
    { name: 'spec.yaml', text },
    { host: { readFile: () => null }, version: 'test' },
  );
  if (!plan) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  const made = plan.tables.find(({ name }) => name === table)!;
  const steps = paths.map((path) => made.paths[path]!);
  const batch = createEngine(plan, blobs).evaluate(
    table,
    { start: 0, count: Math.min(made.rows, ROWS) },
    steps,
  );
  return steps.map((step) => [...batch.column(step).values]);
}

const of = (spec: Spec, paths: readonly string[]) => valuesOf(textOf(spec, ROWS), 't', paths);
const a = '~categorical(x=1, y=2, z=3)';
const b = '~categorical(p=1, q=2)';
const die = '~histogram(1..6=1)';

describe('enumerated plans', () => {
  test('nothing is redrawn where every constraint is enumerated', () => {
    const { logical } = analysed(
      textOf({ columns: { a, b, c: die }, constraints: ["a == 'x' implies b == 'p'"] }, 10),
    );
    expect(groupsOf(logical!.tables[0]!)).toEqual([]);
  });

  test('only what a rejected constraint depends on is redrawn', () => {
    const columns = { a: die, b: die, c: die, u: '~uniform(0, 6)' };
    const { logical } = analysed(textOf({ columns, constraints: ['a < b', 'c != b', '2 * u < a'] }, 10));
    expect(loweringsOf(logical!)).toEqual(['enumerate', 'enumerate', 'reject']);
    const [group, ...others] = groupsOf(logical!.tables[0]!);
    expect(others).toEqual([]);
    expect(group!.draws.size).toBeLessThanOrEqual(4);
  });

  test('cells do not depend on the order of columns and constraints', () => {
    const constraints = ["a == 'x' implies b == 'p'", "c > 3 or b == 'q'"];
    const written = of({ columns: { a, b, c: die }, constraints }, ['a', 'b', 'c']);
    const turned = of({ columns: { c: die, b, a }, constraints: constraints.toReversed() }, ['a', 'b', 'c']);
    expect(turned).toEqual(written);
  });

  test('other columns keep their cells', () => {
    const constraints = ["a == 'x' implies b == 'p'"];
    const few = of({ columns: { a, b, c: die }, constraints }, ['a', 'b', 'c']);
    const more = of({ columns: { d: die, a, e: b, b, c: die }, constraints }, ['a', 'b', 'c']);
    expect(more).toEqual(few);
    expect(of({ columns: { a, b, c: die } }, ['c'])).toEqual([few[2]]);
  });

  const mixed = {
    let: { mean: { x: 1, y: 2, z: 4 } },
    columns: { a, b, n: '~poisson(mean[a])', u: '~normal(mean[a], 1)', age: '~normal(38, 14) as int16' },
    constraints: ["u < 2 or b == 'q'", "a == 'x' implies n <= 1", "age < 18 implies b == 'p'", 'u >= 0'],
  };
  const read = ['a', 'b', 'n', 'u', 'age'];

  test('draws on the line need no redraw, and do not depend on order or on other columns', () => {
    expect(groupsOf(analysed(textOf(mixed, 10)).logical!.tables[0]!)).toEqual([]);
    const written = of(mixed, read);
    const columns = Object.fromEntries(Object.entries(mixed.columns).toReversed());
    expect(of({ ...mixed, columns, constraints: mixed.constraints.toReversed() }, read)).toEqual(written);
    const more = { first: die, ...mixed.columns, v: '~uniform(0, 1)' };
    expect(of({ ...mixed, columns: more, constraints: [...mixed.constraints, 'v < 0.5'] }, read)).toEqual(
      written,
    );
  });

  test('a child reads what its parent stores of a draw on the line', () => {
    const { let: lets, ...parent } = mixed;
    const columns = { parent: '~ref(t)', u: 'parent.u', n: 'parent.n', c: die };
    const text = JSON.stringify({
      tvdd: 1,
      dataset: 'd',
      seed: 3,
      let: lets,
      tables: {
        t: { rows: 50, ...parent },
        children: { rows: ROWS, columns, constraints: ['parent.u < c'] },
      },
    });
    const parents = valuesOf(text, 't', ['u', 'n']);
    const [ref, ...copies] = valuesOf(text, 'children', ['parent', 'u', 'n']);
    expect(copies).toEqual(parents.map((column) => ref!.map((row) => column[Number(row)])));
  });

  test('far tails keep their proportion', () => {
    // P(a) = sf(6) / (sf(6) + sf(5)) = 0.00343; beyond 6 a standard normal is 6.1585 on average, one about 1 is 6.1865.
    const [kinds, values] = of(
      {
        let: { mean: { x: 0, y: 1 } },
        columns: { a: '~categorical(x=1, y=1)', u: '~normal(mean[a], 1)' },
        constraints: ['u > 6'],
      },
      ['a', 'u'],
    );
    const mean = values!.reduce<number>((sum, value) => sum + Number(value), 0) / ROWS;
    // Four standard errors of 2,000 values with a deviation of 0.18: a false alarm in 16,000 seeds.
    expect(Math.abs(mean - 6.1864)).toBeLessThan(0.0165);
    expect(kinds!.filter((kind) => kind === 0).length).toBeLessThan(20);
    expect(values!.every((value) => Number(value) > 6)).toBe(true);
  });

  test('a child reads what its parent stores', () => {
    const text = JSON.stringify({
      tvdd: 1,
      dataset: 'd',
      seed: 3,
      tables: {
        t: { rows: 50, columns: { a: die, b: die }, constraints: ['a < b'] },
        children: {
          rows: ROWS,
          columns: { parent: '~ref(t)', a: 'parent.a', b: 'parent.b', c: die },
          constraints: ['parent.b > c'],
        },
      },
    });
    const parents = valuesOf(text, 't', ['a', 'b']);
    const [ref, ...read] = valuesOf(text, 'children', ['parent', 'a', 'b']);
    expect(read).toEqual(parents.map((column) => ref!.map((row) => column[Number(row)])));
  });

  test('sixty columns that differ from their neighbours are drawn at once', () => {
    const names = Array.from({ length: 60 }, (_, i) => `c${i}`);
    const spec = {
      columns: Object.fromEntries(names.map((name) => [name, '~histogram(1..3=1)'])),
      constraints: names.slice(1).map((name, i) => `c${i} != ${name}`),
    };
    const { firings } = analysed(textOf(spec, ROWS));
    const enumerated = firings.filter(({ rule }) => rule === 'enumerate-finite');
    expect(enumerated.length).toBe(names.length - 1);
    expect(enumerated.every(({ after }) => after.includes('largest factor 9 cells;'))).toBe(true);
    const values = of(spec, names);
    for (const [i, column] of values.entries()) {
      if (i > 0) expect(column.every((value, row) => value !== values[i - 1]![row])).toBe(true);
    }
  });
});
