import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { rules } from '../../compiler/4-optimize/rules/index.ts';
import { analyse } from '../../compiler/compile.ts';

type Case = {
  readonly name: string;
  readonly let?: Record<string, unknown>;
  readonly columns: Record<string, unknown>;
  readonly constraints?: readonly string[];
  readonly weigh?: string;
  readonly expect?: Record<string, string>;
  readonly 'expect-not'?: readonly string[];
};

const cases: readonly Case[] = parse(readFileSync(new URL('cases.yaml', import.meta.url), 'utf8'));

describe('rules', () => {
  for (const {
    name,
    let: lets,
    columns,
    constraints,
    weigh,
    expect: expected = {},
    'expect-not': unexpected = [],
  } of cases) {
    test(name, () => {
      const spec = {
        tvdd: 1,
        dataset: 'd',
        seed: 1,
        ...(lets ? { let: lets } : {}),
        tables: {
          t: { rows: 100, columns, ...(constraints ? { constraints } : {}), ...(weigh ? { weigh } : {}) },
        },
      };
      const text = JSON.stringify(spec);
      const { firings, diagnostics } = analyse(
        { name: 'spec.yaml', text },
        { host: { readFile: () => null }, version: 'test' },
      );
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      const applied = firings.filter((firing) => firing.applied);
      for (const [rule, change] of Object.entries(expected)) {
        expect(
          applied.filter((firing) => firing.rule === rule).map(({ before, after }) => `${before} → ${after}`),
        ).toContain(change);
      }
      for (const rule of unexpected) expect(applied.map((firing) => firing.rule)).not.toContain(rule);
    });
  }
});

test('what is put around rules sees each of them once, in order, but for those left out', () => {
  const seen: string[] = [];
  analyse(
    { name: 'spec', text: 'tvdd: 1\ndataset: d\nseed: 1\ntables: { t: { rows: 1, columns: { a: row } } }\n' },
    {
      host: { readFile: () => null },
      version: 'test',
      without: ['canonical-forms'],
      around: (rule, work) => {
        seen.push(rule);
        return work();
      },
    },
  );
  expect(seen).toEqual(rules.map(({ name }) => name).filter((name) => name !== 'canonical-forms'));
});
