import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { check } from '../../compiler/compile.ts';

const host = { readFile: () => null };
const codesOf = (text: string): readonly string[] =>
  check({ name: 'spec.yaml', text }, { host, version: 'test' }).map(({ code }) => code);

/** Tables, and the faults of all phases that one run tells. */
const CASES: readonly {
  readonly name: string;
  readonly tables: string;
  readonly codes: readonly string[];
}[] = [
  {
    name: 'faults of the checker in one table, of the planner and the optimizer in others',
    tables: `
  a: { rows: 10, columns: { x: nobody } }
  b: { rows: 4, columns: { t: { text: "{~pick(['a', 'aa'])}{~pick(['a', 'aa'])}", unique: true } } }
  c: { rows: 10, columns: { k: "~categorical(a=1, b=1)", j: "~categorical(a=1, b=1)" }, constraints: [k == j, k != j] }
  d: { rows: 10, columns: { r: ~permutation() }, constraints: [r > 5] }`,
    codes: ['TVD2001', 'TVD3002', 'TVD4002', 'TVD4003'],
  },
  {
    name: 'groups that read themselves, beside a fault of another table',
    tables: `
  a: { rows: 10, columns: { x: nobody } }
  staff:
    rows: 10
    columns: { manager: ~ref(staff), salary: "~lognormal(10, 0.5)" }
    constraints: [salary < manager.salary]`,
    codes: ['TVD2001', 'TVD3004'],
  },
  {
    name: 'what reads a table at fault is not looked at, through any number of references',
    tables: `
  a: { rows: 10, columns: { x: nobody } }
  b: { rows: 10, columns: { a: ~ref(a), r: ~permutation() }, constraints: [r > 5] }
  c: { rows: 10, columns: { b: ~ref(b), r: ~permutation() }, constraints: [r > 5] }`,
    codes: ['TVD2001'],
  },
  {
    name: 'a text that cannot be unique, beside one that can never be satisfied in the same table',
    tables: `
  b:
    rows: 4
    columns:
      t: { text: "{~pick(['a', 'aa'])}{~pick(['a', 'aa'])}", unique: true }
      k: ~categorical(a=1, b=1)
      j: ~categorical(a=1, b=1)
    constraints: [k == j, k != j]`,
    codes: ['TVD3002', 'TVD4002'],
  },
  {
    name: 'what is not supported yet hides no fault of other tables',
    tables: `
  a: { rows: 10, columns: { x: "~student_t(3, 0, 1)" } }
  d: { rows: 10, columns: { r: ~permutation() }, constraints: [r > 5] }`,
    codes: ['TVD2904', 'TVD4003'],
  },
];

describe('all faults in one run', () => {
  test.each(CASES)('$name', ({ tables, codes }) => {
    expect(codesOf(`tvdd: 1\ndataset: d\nseed: 1\ntables:${tables}\n`)).toEqual(codes);
  });

  test('faults of the output and of measures do not keep tables from being planned', () => {
    const spec = `
tvdd: 1
dataset: d
seed: 1
tables:
  d: { rows: 10, columns: { r: ~permutation() }, constraints: [r > 5] }
quality:
  - nobody > 3
output:
  parquet: { compression: zip }
`;
    expect([...codesOf(spec)].sort()).toEqual(['TVD1104', 'TVD2001', 'TVD2901', 'TVD4003']);
  });

  test('whatever the checker finds, the later phases do not fall over it', () => {
    const folder = new URL('cases/', import.meta.url);
    for (const file of readdirSync(folder)) {
      const cases: readonly { spec?: string; columns?: string }[] = parse(
        readFileSync(new URL(file, folder), 'utf8'),
      );
      for (const { spec, columns } of cases) {
        const tables = columns?.trimEnd().replace(/^(?=.)/gm, '      ');
        const text =
          spec ??
          `tables:\n  sound:\n    rows: 9\n    columns:\n      x: ~normal(0, 1)\n  t:\n    rows: 1000\n    columns:\n${tables}\n`;
        expect(() => codesOf(`tvdd: 1\ndataset: test\nseed: 1\n${text}`)).not.toThrow();
      }
    }
  });
});
