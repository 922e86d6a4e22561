import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compile } from '../../compiler/compile.ts';
import { createEngine } from '../../runtime/engine/engine.ts';

type Case = {
  readonly name: string;
  readonly data?: Record<string, unknown>;
  readonly columns: Record<string, unknown>;
  readonly others?: Record<string, unknown>;
  readonly holds: readonly string[];
};

const ROWS = 2000;
const cases: readonly Case[] = parse(readFileSync(new URL('semantics.yaml', import.meta.url), 'utf8'));

describe('what expressions mean', () => {
  for (const { name, data, columns, others, holds } of cases) {
    test(name, () => {
      const statements = Object.fromEntries(holds.map((statement, i) => [`holds_${i}`, statement]));
      const tables = { t: { rows: ROWS, columns: { ...columns, ...statements } }, ...others };
      const text = JSON.stringify({ tvdd: 1, dataset: 'd', seed: 5, ...(data ? { data } : {}), tables });
      const options = { host: { readFile: () => null }, version: 'test' };
      const { plan, blobs, diagnostics } = compile({ name: 'spec', text }, options);
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      const { paths } = plan!.tables[0]!;
      const steps = Object.keys(statements).map((path) => paths[path]!);
      const batch = createEngine(plan!, blobs).evaluate('t', { start: 0, count: ROWS }, steps);
      for (const [i, step] of steps.entries()) {
        const { values, valid } = batch.column(step);
        const failing = Array.from({ length: ROWS }, (_, row) => row).filter(
          (row) => values[row] !== 1 || valid?.[row] === 0,
        );
        expect({ statement: holds[i], failing: failing.slice(0, 3) }).toEqual({
          statement: holds[i],
          failing: [],
        });
      }
    });
  }
});
