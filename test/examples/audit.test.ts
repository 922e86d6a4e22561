import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { count, openFolder } from '../e2e/duckdb.ts';
import { scratch, tvdd } from '../e2e/tvdd.ts';

type Audit = {
  readonly rows: Readonly<Record<string, number>>;
  /** Queries by what they count: what must not be there, and what must. */
  readonly zero: Readonly<Record<string, string>>;
  readonly some: Readonly<Record<string, string>>;
};
const audits: Readonly<Record<string, Audit>> = parse(
  readFileSync(new URL('audits.yaml', import.meta.url), 'utf8'),
);

describe.each(Object.entries(audits))('%s', (name, { rows, zero, some }) => {
  it('is as its spec says', async () => {
    const out = join(scratch(), 'out');
    const sizes = Object.entries(rows).flatMap(([table, n]) => ['--rows', `${table}=${n}`]);
    const spec = `examples/${name}/spec.yaml`;
    expect(tvdd(['run', spec, ...sizes, '--out', out, '--quiet'])).toMatchObject({ exit: 0, stderr: '' });
    const read = await openFolder(
      out,
      readdirSync(out, { withFileTypes: true })
        .filter((one) => one.isDirectory())
        .map((one) => one.name),
    );
    const counted = async (queries: Audit['zero']) =>
      Object.fromEntries(
        await Promise.all(Object.entries(queries).map(async ([what, sql]) => [what, await count(read, sql)])),
      );
    const none = await counted(zero);
    expect(none).toEqual(Object.fromEntries(Object.keys(none).map((what) => [what, 0])));
    for (const found of Object.values(await counted(some))) expect(found).toBeGreaterThan(0);
  });
});
