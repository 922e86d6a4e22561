import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openFolder } from './duckdb.ts';
import { jsonLines, scratch, tvdd } from './tvdd.ts';

/** Parents by Zipf's law over 10^8 rows, a redrawn group, a parent's column. */
const SPEC = `tvdd: 1
dataset: large
seed: 11
tables:
  titles:
    rows: 100_000_000
    key: id
    columns:
      id: row + 1
      rank: { value: ~permutation(), hidden: true }
      fame: { value: rank ^ -1.5, hidden: true }
      minutes: ~lognormal(4.5, 0.3) within 3..360 as int16
  views:
    rows: 1_000_000_000
    columns:
      title: ~ref(titles, by=fame)
      share: ~beta(2, 5)
      seconds: title.minutes * 60 * share
    constraints:
      - seconds >= 30
`;
const ROW = 987_654_321;

it('a row of a thousand million is that row of the file that holds it', async () => {
  const folder = scratch();
  const spec = join(folder, 'large.yaml');
  writeFileSync(spec, SPEC);

  const { files } = JSON.parse(tvdd(['run', spec, '--dry-run', '--json']).stdout) as {
    files: readonly { table: string; shard: number; rows: number }[];
  };
  const views = files.filter(({ table }) => table === 'views');
  const size = views[0]?.rows ?? 0;
  const shard = files.findIndex(({ table, shard }) => table === 'views' && shard === Math.floor(ROW / size));
  const out = join(folder, 'out');
  const made = tvdd(['run', spec, '--shard', `${shard + 1}/${files.length}`, '--out', out, '--quiet']);
  expect(made).toEqual({ exit: 0, stdout: '', stderr: '' });

  const read = await openFolder(out, ['views']);
  const [stored] = await read(`SELECT title, share, seconds FROM views WHERE row_number = ${ROW % size}`);
  const start = performance.now();
  const { stdout } = tvdd(['sample', spec, 'views', '--json', '--row', String(ROW)]);
  // A generous bound: what is made is one row, not the 987 million before it.
  expect(performance.now() - start).toBeLessThan(15_000);
  const [alone] = jsonLines<Readonly<Record<string, number>>>(stdout);
  expect(alone).toEqual({ ...stored, title: Number(stored?.title) });
});
