import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ExplainFormat } from '../../compiler/explain/formats.ts';
import { renderExplanation } from '../../compiler/explain/render.ts';
import { explained } from './explained.ts';

/** What is pinned of each spec; UPDATE=1 writes it anew. The plan's hash is left out: it follows from versions too. */
const PINNED: readonly (readonly [spec: string, formats: readonly ExplainFormat[]])[] = [
  ['config/media_dataset.yaml', ['text', 'rules']],
  ['test/conformance/laws.yaml', ['text']],
  ['test/explain/awkward.yaml', ['text', 'rules', 'nodes', 'json', 'html', 'dot', 'mermaid']],
  ...readdirSync(new URL('../../examples/', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [`examples/${name}/spec.yaml`, ['rules', 'dot', 'mermaid']] as const),
];
const EXTENSIONS: Readonly<Record<ExplainFormat, string>> = {
  text: 'text.txt',
  rules: 'rules.txt',
  nodes: 'nodes.txt',
  json: 'json',
  html: 'html',
  dot: 'dot',
  mermaid: 'mmd',
};

describe.each(PINNED)('%s', (spec, formats) => {
  const { explain } = explained(spec);
  it.each(formats)('%s', (format) => {
    const text = renderExplanation(explain, format, { width: 120 })
      .replace(/plan [0-9a-f]{12}/g, 'plan …')
      .replace(/"planHash": "\w+"/, '"planHash": "…"');
    const name = spec.replace(/\/spec\.yaml$|\.yaml$/, '').replaceAll('/', '-');
    const file = new URL(`expected/${name}.${EXTENSIONS[format]}`, import.meta.url);
    if (process.env.UPDATE) {
      mkdirSync(new URL('.', file), { recursive: true });
      writeFileSync(file, text);
    }
    expect(text).toBe(readFileSync(file, 'utf8'));
  });
});
