import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compile } from '../../compiler/compile.ts';
import { createEngine, type Rows } from '../../runtime/engine/engine.ts';

const SPECS: readonly { readonly spec: string; readonly expected: string }[] = [
  { spec: 'laws.yaml', expected: 'laws.expected.json' },
];

const ROWS = 3000;

/** sha256 of each leaf column (values, lengths, validity) over the first rows and the last. */
function checksums(spec: string, batchRows: number): Record<string, string> {
  const text = readFileSync(new URL(spec, import.meta.url), 'utf8');
  const { plan, blobs, diagnostics } = compile(
    { name: spec, text },
    { host: { readFile: () => null }, version: 'test' },
  );
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const engine = createEngine(plan!, blobs, { batchRows });
  return Object.fromEntries(
    plan!.tables.flatMap((table) => {
      const hashes = new Map(
        Object.keys(table.paths).map((path) => [path, [0, 1, 2].map(() => createHash('sha256'))]),
      );
      for (const rows of batches(table.rows, batchRows)) {
        const batch = engine.evaluate(table.name, rows, Object.values(table.paths));
        for (const [path, step] of Object.entries(table.paths)) {
          const { values, offsets, valid } = batch.column(step);
          const lengths =
            offsets && Uint32Array.from({ length: batch.rows }, (_, i) => offsets[i + 1]! - offsets[i]!);
          for (const [i, array] of [values, lengths, valid].entries()) {
            if (array)
              hashes.get(path)![i]!.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
          }
        }
      }
      return [...hashes].map(([path, parts]) => [
        `${table.name}.${path}`,
        parts.map((hash) => hash.digest('hex').slice(0, 8)).join(''),
      ]);
    }),
  );
}

function batches(rows: number, size: number): readonly Rows[] {
  return [0, rows - ROWS].flatMap((first) =>
    Array.from({ length: Math.ceil(ROWS / size) }, (_, i) => ({
      start: first + i * size,
      count: Math.min(size, ROWS - i * size),
    })),
  );
}

for (const { spec, expected } of SPECS) {
  test(`${spec}: the bytes are those that are pinned`, () => {
    const file = new URL(expected, import.meta.url);
    const made = checksums(spec, 3000);
    if (process.env.UPDATE) writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`);
    expect(made).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });
  test(`${spec}: the bytes do not depend on the batch`, () => {
    expect(checksums(spec, 777)).toEqual(checksums(spec, 3000));
  });
}
