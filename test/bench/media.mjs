// The flagship beside NumPy + PyArrow doing the same: rows a second by table, bytes, peak memory.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  machine,
  median,
  megabytes,
  number,
  pinned,
  python,
  root,
  run,
  versionsIn,
  writeResults,
} from './measure.mjs';

const TABLES = ['media', 'users', 'interactions'];

export async function media(args) {
  const { values } = parseArgs({
    args,
    options: {
      media: { type: 'string', default: '1000000' },
      users: { type: 'string', default: '100000' },
      interactions: { type: 'string', default: '2000000' },
      rounds: { type: 'string', default: '3' },
    },
  });
  const sizes = TABLES.map((table) => [table, values[table]]);
  run(process.execPath, ['cli/build/setup.mjs']);
  const peer = python();
  const scratch = mkdtempSync(join(tmpdir(), 'tvdd-bench-'));
  const rounds = [];
  try {
    for (let round = 0; round < Number(values.rounds); round++) {
      const ours = await measureOurs(sizes, join(scratch, 'ours'));
      const theirs = await measurePeer(peer, sizes, join(scratch, 'peer'));
      rounds.push({ ours, theirs });
      console.error(
        `round ${round + 1}: tvdd ${ours.seconds.toFixed(1)} s, NumPy + PyArrow ${theirs.seconds.toFixed(1)} s`,
      );
      for (const folder of ['ours', 'peer']) rmSync(join(scratch, folder), { recursive: true, force: true });
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  const text = report(rounds, ['npm run bench -- media', ...args].join(' '));
  console.log(text);
  writeResults('media', text);
}

/** Tables one after the other by one worker; seconds are each table's own. */
async function measureOurs(sizes, out) {
  const rows = sizes.flatMap(([table, count]) => ['--rows', `${table}=${count}`]);
  const { lines, seconds, peak } = await pinned(process.execPath, [
    'dist/cli.js',
    'run',
    'config/media_dataset.yaml',
    ...rows,
    '--workers',
    '1',
    '--out',
    out,
    '--json',
  ]);
  const done = lines.map((line) => JSON.parse(line)).findLast((event) => event.event === 'done');
  return {
    seconds,
    peak,
    tables: done.tables.map(({ table, rows, bytes, seconds }) => ({ name: table, rows, bytes, seconds })),
  };
}

async function measurePeer(program, sizes, out) {
  const options = sizes.flatMap(([table, count]) => [`--${table}`, count]);
  const { lines, seconds, peak } = await pinned(program, [
    'test/bench/peers/media_numpy.py',
    out,
    ...options,
  ]);
  const tables = lines.map((line) => {
    const { table, rows, file_bytes: bytes, generate_s, write_s } = JSON.parse(line);
    return { name: table, rows, bytes, seconds: generate_s + write_s };
  });
  return { seconds, peak, tables };
}

function report(rounds, command) {
  const rows = TABLES.map((name) => {
    const of = (side) => rounds.map((round) => round[side].tables.find((table) => table.name === name));
    const speed = (side) => median(of(side).map((table) => table.rows / table.seconds));
    const ratio = median(
      rounds.map(({ ours, theirs }) => {
        const [a, b] = [ours, theirs].map((side) => side.tables.find((table) => table.name === name));
        return a.rows / a.seconds / (b.rows / b.seconds);
      }),
    );
    const [a, b] = ['ours', 'theirs'].map((side) => of(side)[0]);
    return `| ${name} | ${number(a.rows)} | ${number(speed('ours'))} | ${number(speed('theirs'))} | ${ratio.toFixed(2)} | ${megabytes(a.bytes)} | ${megabytes(b.bytes)} |`;
  });
  const whole = (side, key) => median(rounds.map((round) => round[side][key]));
  const versions = versionsIn('peers/requirements.txt');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return [
    '## media: the flagship beside NumPy + PyArrow',
    '',
    `\`${command}\`, ${new Date().toISOString().slice(0, 10)}, tvdd ${version}, ${versions}`,
    `${machine()}; ${rounds.length} interleaved rounds, medians; Parquet with snappy on both sides.`,
    '',
    '| table | rows | tvdd rows/s | peer rows/s | ratio | tvdd MB | peer MB |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
    '',
    `Whole process: tvdd ${whole('ours', 'seconds').toFixed(1)} s and ${megabytes(whole('ours', 'peak'))} MB at its peak (compiling included), ` +
      `peer ${whole('theirs', 'seconds').toFixed(1)} s and ${megabytes(whole('theirs', 'peak'))} MB.`,
  ].join('\n');
}
