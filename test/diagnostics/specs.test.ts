import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseSpec } from '../../compiler/1-parse/parse.ts';
import { renderDiagnostics } from '../../compiler/diagnostics/render.ts';

/**
 * A folder a case, `code--what`: spec.yaml, and what a user sees of it in expected.txt. UPDATE=1 rewrites it; the code
 * of the folder's name must be among what is reported, and nothing may be reported that is not in expected.txt.
 */
const folder = new URL('./specs/', import.meta.url);
const HEAD = 'tvdd: 1\ndataset: shop\nseed: 1\n';

test.each(readdirSync(folder))('%s', (name) => {
  const written = readFileSync(new URL(`${name}/spec.yaml`, folder), 'utf8');
  const text = written.startsWith('tvdd') ? written : HEAD + written;
  const { diagnostics } = parseSpec({ name: 'spec.yaml', text });
  const rendered = renderDiagnostics(diagnostics, [{ name: 'spec.yaml', text }], {
    color: false,
    format: 'text',
  });
  const expected = new URL(`${name}/expected.txt`, folder);
  if (process.env.UPDATE) writeFileSync(expected, rendered);
  const [code = ''] = name.split('--');
  if (code === 'good') expect(rendered).toBe('');
  else expect(diagnostics.map((one) => one.code)).toContain(code);
  if (existsSync(expected)) expect(rendered).toBe(readFileSync(expected, 'utf8'));
  else expect.fail('no expected.txt: UPDATE=1 writes it');
});
