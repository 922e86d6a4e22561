import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { comparable } from '../../compiler/diff/compare.ts';
import { type Compared, diff } from '../../compiler/diff/diff.ts';
import { columnSteps } from '../../compiler/diff/signatures.ts';
import { createEngine } from '../../runtime/engine/engine.ts';

type Case = {
  readonly name: string;
  readonly replace: Readonly<Record<string, string>>;
  /** By column: why it changes. */
  readonly expect: Readonly<Record<string, string>>;
};
const { spec, cases }: { readonly spec: string; readonly cases: readonly Case[] } = parse(
  readFileSync(new URL('cases.yaml', import.meta.url), 'utf8'),
);

function compiled(text: string): Compared {
  const options = { host: { readFile: () => null }, version: 'test' };
  const { value, diagnostics } = comparable({ name: 'spec', text }, options);
  expect(diagnostics).toEqual([]);
  return value!;
}

/** Every column's values in the rows that both have. */
function values(
  { logical, physical, blobs }: Compared,
  rows: (table: string) => number,
): ReadonlyMap<string, string> {
  const engine = createEngine(physical, blobs);
  const named = new Set(
    logical.tables.flatMap(({ name, columns }) => columns.map(({ path }) => `${name}.${path}`)),
  );
  return new Map(
    physical.tables.flatMap((table) =>
      // Not those that rules have added.
      [...columnSteps(table)]
        .filter(([path]) => named.has(`${table.name}.${path}`))
        .map(([path, step]): [string, string] => {
          const count = rows(table.name);
          const column = engine.evaluate(table.name, { start: 0, count }, [step]).column(step);
          const { dictionary } = table.steps[step]!.slot;
          const { offset = 0, bytes = 0 } = dictionary === null ? {} : (physical.blobs[dictionary] ?? {});
          const texts = Buffer.from(blobs.subarray(offset, offset + bytes)).toString('base64');
          const seen = {
            ...column,
            texts,
            valid: column.valid && [...column.valid],
            values: [...column.values],
          };
          return [
            `${table.name}.${path}`,
            JSON.stringify(seen, (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
          ];
        }),
    ),
  );
}

test.each(cases)('$name', (one) => {
  const other = Object.entries(one.replace).reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, spec);
  const [a, b] = [compiled(spec), compiled(other)];
  const told = diff(a, b).tables.flatMap(({ table, columns }) =>
    columns
      .filter(({ change }) => change !== 'same')
      .map(({ column, change, why }): [string, string] => [
        `${table}.${column}`,
        change === 'added' ? '+' : change === 'removed' ? '-' : why.join('; '),
      ]),
  );
  expect(Object.fromEntries(told)).toEqual(one.expect);

  const rowsOf = (plan: Compared, name: string): number =>
    plan.physical.tables.find((table) => table.name === name)?.rows ?? 0;
  const both = (name: string): number => Math.min(rowsOf(a, name), rowsOf(b, name));
  const [before, after] = [values(a, both), values(b, both)];
  const changed = [...before.keys()].filter((key) => after.has(key) && before.get(key) !== after.get(key));
  const expected = Object.keys(one.expect).filter((key) => before.has(key) && after.has(key));
  expect(changed.sort()).toEqual(expected.sort());
});
