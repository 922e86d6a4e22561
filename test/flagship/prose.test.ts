import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { jsonLines, tvdd } from '../e2e/tvdd.ts';

type Media = {
  readonly title: string;
  readonly genre: string;
  readonly mood: string;
  readonly release_year: number;
  readonly cultural_context: { readonly region: string };
  readonly description: string;
};

test('the fifty rows that a person has read are those that are made', () => {
  const { stdout } = tvdd(['sample', 'config/media_dataset.yaml', 'media', '-n', '50', '--json']);
  const rows = jsonLines<Media>(stdout).map(
    ({ title, genre, mood, release_year, cultural_context: { region }, description }) =>
      `**${title}** · ${genre} · ${mood} · ${release_year}, ${region}\n<br>${description}\n`,
  );
  expect(rows).toHaveLength(50);
  const file = new URL('prose.md', import.meta.url);
  const committed = readFileSync(file, 'utf8');
  const text = `${committed.slice(0, committed.indexOf('\n**'))}\n${rows.join('\n')}`;
  if (process.env.UPDATE) writeFileSync(file, text);
  expect(readFileSync(file, 'utf8')).toBe(text);
});
