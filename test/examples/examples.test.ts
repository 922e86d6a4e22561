import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { firstRows, writeRows } from '../../cli/rows.ts';
import { compile } from '../../compiler/compile.ts';
import { explainText } from '../../compiler/explain/text.ts';
import { createEngine } from '../../runtime/engine/engine.ts';
import { probe } from '../../runtime/probe/probe.ts';
import { jsonlText } from '../../runtime/sinks/jsonl/encode.ts';

const folder = new URL('../../examples/', import.meta.url);
const examples = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe('examples', () => {
  for (const { name } of examples) {
    const at = new URL(`${name}/`, folder);
    const compiled = compile(
      { name: 'spec.yaml', text: readFileSync(new URL('spec.yaml', at), 'utf8') },
      { host: { readFile: (path) => readFileSync(new URL(path, at)) }, version: 'test', probe },
    );
    test(`${name}: the explained plan`, () => {
      expect(compiled.diagnostics).toEqual([]);
      matches(
        new URL('expected/explain.txt', at),
        explainText(compiled.explain!, { width: 110 }).replace(/plan \w+/, 'plan …'),
      );
    });
    test(`${name}: a sample`, () => {
      const { plan, blobs } = compiled;
      const engine = createEngine(plan!, blobs);
      const lines = plan!.tables.flatMap((table) => [
        table.name,
        [...writeRows(engine, table, jsonlText(table), firstRows(table, 5), 8192)].join('').trimEnd(),
      ]);
      matches(new URL('expected/sample.jsonl', at), `${lines.join('\n')}\n`);
    });
  }
});

function matches(file: URL, text: string): void {
  if (process.env.UPDATE) {
    mkdirSync(new URL('.', file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
}
