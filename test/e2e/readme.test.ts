import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root, tvdd } from './tvdd.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const block = (language: string): string => readme.split(`\`\`\`${language}\n`)[1]?.split('```')[0] ?? '';

it('the README shows the example as it is', () => {
  const spec = readFileSync(join(root, 'examples/quickstart/spec.yaml'), 'utf8');
  expect(spec.trimEnd().endsWith(block('yaml').trimEnd())).toBe(true);
  expect(block('yaml')).toContain('tables:');
});

it('the README shows what its command prints', () => {
  const [, command = ''] = /`tvdd (sample [^`]*)`/.exec(readme) ?? [];
  expect(tvdd(command.split(' ')).stdout.trimEnd()).toBe(block('text').trimEnd());
});

it('the README links to what is there', () => {
  const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, path]) => path ?? '');
  expect(links.length).toBeGreaterThan(1);
  expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
