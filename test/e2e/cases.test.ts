import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Outcome, root, scratch, tvdd } from './tvdd.ts';

/** `files` are written first, for each case anew. */
type Suite = { readonly files?: Readonly<Record<string, string>>; readonly cases: readonly Case[] };

/** What is typed, and all that is answered. An output that is left out is not looked at, one that is empty must be. */
type Case = {
  readonly name: string;
  readonly type: readonly string[];
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly exit: number;
  readonly stdout?: string;
  readonly stderr?: string;
};

const folder = join(root, 'test/e2e/cases');

describe.each(readdirSync(folder).filter((file) => file.endsWith('.yaml')))('%s', (file) => {
  const { files, cases }: Suite = parse(readFileSync(join(folder, file), 'utf8'));
  it.each(cases)('$name', (one) => {
    const cwd = scratch();
    for (const [name, text] of Object.entries(files ?? {})) writeFileSync(join(cwd, name), text);
    const given = {
      cwd,
      ...(one.stdin === undefined ? {} : { stdin: one.stdin }),
      ...(one.env ? { env: one.env } : {}),
    };
    const { exit, stdout, stderr } = tvdd(one.type, given);
    const here = (text: string) => text.replaceAll(cwd, 'HERE');
    expect(seen({ exit, stdout: here(stdout), stderr: here(stderr) }, one)).toEqual(expected(one));
  });
});

/** Only what the case speaks of. */
const seen = ({ exit, stdout, stderr }: Outcome, one: Case): Partial<Outcome> => ({
  exit,
  ...(one.stdout === undefined ? {} : { stdout }),
  ...(one.stderr === undefined ? {} : { stderr }),
});
const expected = ({ exit, stdout, stderr }: Case): Partial<Outcome> => ({
  exit,
  ...(stdout === undefined ? {} : { stdout }),
  ...(stderr === undefined ? {} : { stderr }),
});
