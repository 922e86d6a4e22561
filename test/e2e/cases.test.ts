import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Outcome, root, scratch, tvdd } from './tvdd.ts';

/**
 * A folder of cases: what is typed, and all that is answered. `files` are written first; `stdin` is piped in. An output
 * that is left out is not looked at, one that is empty must be.
 */
type Case = {
  readonly name: string;
  readonly type: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly exit: number;
  readonly stdout?: string;
  readonly stderr?: string;
};

const folder = join(root, 'test/e2e/cases');

describe.each(readdirSync(folder).filter((file) => file.endsWith('.yaml')))('%s', (file) => {
  const cases: readonly Case[] = parse(readFileSync(join(folder, file), 'utf8'));
  it.each(cases)('$name', (one) => {
    const cwd = scratch();
    for (const [name, text] of Object.entries(one.files ?? {})) writeFileSync(join(cwd, name), text);
    const given = {
      cwd,
      ...(one.stdin === undefined ? {} : { stdin: one.stdin }),
      ...(one.env ? { env: one.env } : {}),
    };
    expect(seen(tvdd(one.type, given), one)).toEqual(expected(one));
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
