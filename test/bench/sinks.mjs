// The sinks of text alone beside DuckDB's COPY of the same rows: both hold them in memory and write files, one thread.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'rolldown';
import { machine, median, megabytes, number, pinned, root, run, writeResults } from './measure.mjs';

const SPEC = 'config/media_dataset.yaml';
const FORMATS = ['csv', 'jsonl'];

export async function sinks(args) {
  const { values } = parseArgs({
    args,
    options: {
      media: { type: 'string', default: '200000' },
      interactions: { type: 'string', default: '500000' },
      rounds: { type: 'string', default: '5' },
    },
  });
  const tables = ['media', 'interactions'].map((table) => [table, values[table]]);
  run(process.execPath, ['cli/build/setup.mjs']);
  const scratch = mkdtempSync(join(root, 'dist/bench-'));
  const files = mkdtempSync(join(tmpdir(), 'tvdd-bench-'));
  const found = [];
  try {
    await build({
      cwd: root,
      input: { encode: 'test/bench/encode.ts' },
      platform: 'node',
      external: ['apache-arrow', /^parquet-wasm/],
      output: { dir: scratch, format: 'esm', entryFileNames: '[name].js' },
      logLevel: 'warn',
    });
    const rows = tables.flatMap(([table, count]) => ['--rows', `${table}=${count}`]);
    const only = ['--tables', tables.map(([table]) => table).join()];
    run(process.execPath, [
      'dist/cli.js',
      'run',
      SPEC,
      ...rows,
      ...only,
      '--out',
      `${files}/parquet`,
      '--quiet',
    ]);
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const [table, count] of tables) {
        // Twice: what counts is code that has been compiled, as in a run of many files.
        const ours = await pinned(process.execPath, [
          join(scratch, 'encode.js'),
          SPEC,
          table,
          count,
          files,
          ...FORMATS,
          ...FORMATS,
        ]);
        const theirs = await pinned(process.execPath, [
          'test/bench/peers/duckdb_copy.mjs',
          `${files}/parquet/${table}/*.parquet`,
          files,
          ...FORMATS,
        ]);
        const [a, b] = [ours, theirs].map(({ lines }) =>
          lines.map((line) => JSON.parse(line)).slice(-FORMATS.length),
        );
        found.push(...a.map((one, i) => ({ table, ours: one, theirs: b[i] })));
      }
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
    rmSync(files, { recursive: true, force: true });
  }
  const text = report(found, ['npm run bench -- sinks', ...args].join(' '), values.rounds);
  console.log(text);
  writeResults('sinks', text);
}

function report(found, command, rounds) {
  const keys = [...new Set(found.map(({ table, ours }) => `${table} ${ours.format}`))];
  const lines = keys.map((key) => {
    const of = found.filter(({ table, ours }) => `${table} ${ours.format}` === key);
    const speed = (side) => number(median(of.map((one) => one[side].rows / one[side].seconds)));
    const ratio = median(of.map(({ ours, theirs }) => theirs.seconds / ours.seconds)).toFixed(2);
    const [{ ours, theirs }] = of;
    return `| ${key} | ${number(ours.rows)} | ${speed('ours')} | ${speed('theirs')} | ${ratio} | ${megabytes(ours.bytes)} | ${megabytes(theirs.bytes)} |`;
  });
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return [
    '## sinks: text beside DuckDB’s COPY of the same rows',
    '',
    `\`${command}\`, ${new Date().toISOString().slice(0, 10)}, tvdd ${version}, DuckDB ${devDependencies['@duckdb/node-api']}`,
    `${machine()}; ${rounds} interleaved rounds, medians; rows in memory on both sides, one thread, CPU seconds.`,
    '',
    '| table, format | rows | tvdd rows/s | DuckDB rows/s | ratio | tvdd MB | DuckDB MB |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...lines,
  ].join('\n');
}
