// What plans estimate beside what runs take: time, bytes, memory, by table; processor time, as others may have the machine too.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine, median, megabytes, number, pinned, root, run, writeResults } from './measure.mjs';

/** Specs with rows that take a second or so each. */
const TABLES = [
  ['config/media_dataset.yaml', 'media', 400_000],
  ['config/media_dataset.yaml', 'users', 800_000],
  ['config/media_dataset.yaml', 'interactions', 1_500_000],
  ['examples/quickstart/spec.yaml', 'customers', 3_000_000],
  ['examples/quickstart/spec.yaml', 'orders', 2_000_000],
  ['examples/belgium/spec.yaml', 'persons', 500_000],
  ['examples/retail/spec.yaml', 'customers', 500_000],
  ['examples/retail/spec.yaml', 'orders', 500_000],
  ['examples/retail/spec.yaml', 'order_lines', 250_000],
  ['test/bench/constraints.yaml', 'visits', 2_000_000],
  ['test/bench/constraints.yaml', 'policies', 2_000_000],
  ['test/bench/constraints.yaml', 'policies', 100_000, '--without', 'ALL'],
  ['test/conformance/laws.yaml', 'parents', 100_000],
  ['test/conformance/laws.yaml', 'children', 500_000],
];

/** Ends with 1 where a time is off by more than this. */
const WITHIN = 2;

export async function estimates(args) {
  const { values } = parseArgs({
    args,
    options: { rounds: { type: 'string', default: '3' } },
  });
  run(process.execPath, ['cli/build/setup.mjs']);
  const scratch = mkdtempSync(join(tmpdir(), 'tvdd-bench-'));
  const rounds = [];
  try {
    // The committed costs, not this machine's own.
    process.env.XDG_CACHE_HOME = scratch;
    for (let round = 0; round < Number(values.rounds); round++) {
      const measured = [];
      for (const table of TABLES) measured.push(await measure(table, join(scratch, 'out')));
      rounds.push(measured);
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  const lines = TABLES.map((table, i) => {
    const of = (key) => median(rounds.map((round) => round[i][key]));
    return { table, ratio: of('cpu') / of('seconds'), ...rounds[0][i], cpu: of('cpu'), rss: of('rss') };
  });
  const text = report(lines, ['npm run bench -- estimates', ...args].join(' '), rounds.length);
  console.log(text);
  writeResults('estimates', text);
  const off = lines.filter(({ ratio }) => ratio > WITHIN || ratio < 1 / WITHIN);
  for (const { table, ratio } of off)
    console.error(`${table[1]} of ${table[0]} is off by ${ratio.toFixed(2)}`);
  if (off.length > 0) process.exitCode = 1;
}

async function measure([spec, table, rows, ...more], out) {
  const options = [spec, '--rows', `${table}=${rows}`, ...(more.length > 0 ? plain(spec) : [])];
  const args = ['run', ...options, '--tables', table, '--workers', '1', '--out', out, '--json'];
  const { lines } = await pinned(process.execPath, ['dist/cli.js', ...args]);
  const done = lines.map((line) => JSON.parse(line)).findLast(({ event }) => event === 'done');
  rmSync(out, { recursive: true, force: true });
  const [{ made, estimate, acceptance }] = done.tables;
  console.error(`${table}: ${done.cpuSeconds.toFixed(2)} s, estimated ${done.estimate.seconds.toFixed(2)} s`);
  return {
    cpu: done.cpuSeconds,
    seconds: done.estimate.seconds,
    bytes: made.bytes,
    bytesEstimate: estimate.bytes,
    rss: done.peakRss,
    memory: done.estimate.memory,
    acceptance,
  };
}

/** Every rule left out that can be. */
function plain(spec) {
  const { stdout } = spawnSync(process.execPath, ['dist/cli.js', 'compile', spec, '--explain=json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const names = JSON.parse(stdout).rules.map((rule) => rule.name);
  return names.filter((name) => name !== 'reject-rest').flatMap((name) => ['--without', name]);
}

function report(lines, command, rounds) {
  const share = (value) => `${(100 * value).toPrecision(3)} %`;
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return [
    '## estimates: what plans say beside what runs take',
    '',
    `\`${command}\`, ${new Date().toISOString().slice(0, 10)}, tvdd ${version}`,
    `${machine()}; ${rounds} interleaved rounds, medians; one worker, each table alone, start of the run included; processor time of all threads. Memory is estimated for the plan's largest table.`,
    '',
    '| spec | table | rows | s | estimate | ratio | MB | estimate | MB at peak | estimate | accepted (estimate) |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...lines.map(
      ({ table: [spec, name, rows, ...more], ...one }) =>
        `| ${spec}${more.length > 0 ? ', without rules' : ''} | ${name} | ${number(rows)} | ${one.cpu.toFixed(2)} | ${one.seconds.toFixed(2)} | ${one.ratio.toFixed(2)} | ${(one.bytes / 1e6).toFixed(1)} | ${(one.bytesEstimate / 1e6).toFixed(1)} | ${megabytes(one.rss)} | ${megabytes(one.memory)} | ${one.acceptance.map((each) => `${share(each.share)} (${share(each.estimate)})`).join(', ')} |`,
    ),
  ].join('\n');
}
