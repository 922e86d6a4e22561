import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderDiagnostics } from '../../compiler/diagnostics/render.ts';
import { diagnosed } from './diagnosed.ts';

/** A folder is a wrong spec with its data files and, in `expected.txt`, what a terminal shows. `UPDATE=1` writes it anew. */
function golden(folder: URL): void {
  const files = readdirSync(folder).filter((name) => name !== 'spec.yaml' && name !== 'expected.txt');
  const data = Object.fromEntries(files.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));
  const text = readFileSync(new URL('spec.yaml', folder), 'utf8');
  const { diagnostics } = diagnosed(text, data);
  const shown = renderDiagnostics(diagnostics, [{ name: 'spec.yaml', text }], {
    color: false,
    format: 'text',
  });
  const expected = new URL('expected.txt', folder);
  if (process.env.UPDATE) writeFileSync(expected, `${shown}\n`);
  expect(existsSync(expected) ? readFileSync(expected, 'utf8') : '').toBe(`${shown}\n`);
}

describe('wrong specs', () => {
  const root = new URL('wrong/', import.meta.url);
  for (const name of readdirSync(root).sort()) it(name, () => golden(new URL(`${name}/`, root)));
});

describe('the seed', () => {
  it('every mistake about language is reported', () => golden(new URL('seed/', import.meta.url)));
});
