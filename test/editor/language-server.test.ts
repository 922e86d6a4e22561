import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type LanguageServer, startLanguageServer } from './language-server.ts';

type Case = {
  readonly in: string;
  readonly at?: 'table';
  readonly expect: readonly string[];
  readonly text?: string;
};
const beside = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const cases: Readonly<Record<'faults' | 'offers' | 'hovers', readonly Case[]>> = parse(beside('cases.yaml'));

let server: LanguageServer;
beforeAll(async () => {
  server = await startLanguageServer();
}, 60_000);
afterAll(() => server.stop());

const indented = (text: string, by: number): string => text.replace(/^/gm, ' '.repeat(by));
const specOf = ({ in: part, at }: Case): string =>
  [
    'tvdd: 1',
    'dataset: shop',
    'seed: 1',
    'tables:',
    '  orders:',
    '    rows: 100_000',
    '    columns:',
    '      id: row + 1',
    at === 'table' ? indented(part, 4) : indented(part, 6),
    '',
  ].join('\n');

/** A list of what is there ends a message: a change of the library changes it. */
const shown = (message: string): string => message.replace(/; there are .*|; functions are .*/, '');

test.each(cases.faults)('faults of $in', async (one) => {
  const found = (await server.faults(specOf(one))).map(({ text, message }) => `${text}: ${shown(message)}`);
  expect(found).toHaveLength(one.expect.length);
  for (const [i, expected] of one.expect.entries()) expect(found[i]).toContain(expected);
});

test.each(cases.offers)('what is offered at $in', async (one) => {
  const offers = await server.offers(specOf(one));
  expect(offers.map(({ label }) => label)).toEqual(expect.arrayContaining([...one.expect]));
  if (one.text) expect(offers.find(({ label }) => label === one.expect[0])?.text).toBe(one.text);
});

test.each(cases.hovers)('what is shown at $in', async (one) => {
  const page = await server.hover(specOf(one));
  for (const part of one.expect) expect(page).toContain(part);
});

/** As a person would mistype them, in `config/media_dataset.yaml`. */
const FAULTS: readonly (readonly [string, string])[] = [
  ['rows: 100_000_000', 'row: 100_000_000'],
  ['~pick(genres, weight=weight)"', '~pick(genres, wieght=weight)"'],
  ['hidden: true', 'hiden: true'],
  ['within 3..360 as int16\n', 'within 3..360 as int16\n        kind: int16\n'],
  ['unique: true', 'unique: yes'],
];

test('the flagship with five faults', async () => {
  const flagship = beside('../../config/media_dataset.yaml');
  const wrong = FAULTS.reduce((text, [right, mistyped]) => {
    expect(text).toContain(right);
    return text.replace(right, mistyped);
  }, flagship);
  const found = await server.faults(wrong);
  const transcript = found.map(({ line, text, message }) => `${line}: ${text}\n    ${message}\n`).join('');
  const golden = new URL('five-faults.expected.txt', import.meta.url);
  if (process.env.UPDATE) writeFileSync(golden, transcript);
  expect(transcript).toBe(readFileSync(golden, 'utf8'));
  expect(await server.faults(flagship)).toEqual([]);
});
