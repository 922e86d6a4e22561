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
    expect(enumerated.every(({ after }) => after.includes('largest factor 9 cells;'))).toBe(true);
    expect(enumerated.length).toBe(59);
    const values = of(spec, names);
    for (const [i, column] of values.entries()) {
      if (i > 0) expect(column.every((value, row) => value !== values[i - 1]![row])).toBe(true);
    }
  });
});
