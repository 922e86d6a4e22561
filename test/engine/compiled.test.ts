import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compile } from '../../compiler/compile.ts';
import { createEngine } from '../../runtime/engine/engine.ts';
import { readBytes } from './read.ts';
import { createReference } from './reference.ts';

/** Plans as the compiler writes them: with the laws and functions that hand-made plans lack. */
const SPECS = ['../../examples/quickstart/spec.yaml', '../e2e/shop.yaml', '../conformance/laws.yaml'];

describe('compiled plans mean the same row by row', () => {
  for (const spec of SPECS) {
    test(spec, () => {
      const at = new URL(spec, import.meta.url);
      const host = { readFile: (path: string) => readFileSync(new URL(path, at)) };
      const { plan, blobs } = compile(
        { name: spec, text: readFileSync(at, 'utf8') },
        { host, version: 'test' },
      );
      if (plan === null) throw new Error(`${spec} does not compile`);
      const reference = createReference(plan, blobs);
      const engine = createEngine(plan, blobs);
      for (const { name, rows, paths } of plan.tables) {
        const steps = Object.values(paths);
        const count = Math.min(1000, rows);
        const some = [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89].filter((row) => row < count);
        for (const start of [0, rows - count]) {
          const batch = engine.evaluate(name, { start, count }, steps);
          for (const [path, step] of Object.entries(paths)) {
            for (const i of some) {
              const value = readBytes(batch.column(step), i);
              expect(value, `${name}.${path}, row ${start + i}`).toEqual(
                reference.value(name, start + i, step),
              );
            }
          }
        }
      }
    });
  }
});
