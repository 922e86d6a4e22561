// Conditioned tables: with the optimizer's rules and without, and beside generators that have constraints.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine, median, number, pinned, python, root, run, versionsIn, writeResults } from './measure.mjs';

const SPEC = 'test/bench/constraints.yaml';
const TABLES = ['visits', 'policies'];
/** What is left of the optimizer where every rule that can be is left out. */
const ESSENTIAL = 'reject-rest';
const PEERS = [
  { name: 'Data Designer', folder: 'peers/data-designer' },
  { name: 'SDV', folder: 'peers/sdv' },
];

export async function constraints(args) {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '1000000' },
      'peer-rows': { type: 'string', default: '20000' },
      rounds: { type: 'string', default: '3' },
    },
  });
  run(process.execPath, ['cli/build/setup.mjs']);
  const auditor = python();
  const peers = PEERS.map(installed);
  const plain = (await explained([])).rules.map((rule) => rule.name).filter((name) => name !== ESSENTIAL);
  const sides = [
    { name: 'tvdd', without: [], measure: (out) => measureOurs([], values.rows, out) },
    { name: 'tvdd without rules', without: plain, measure: (out) => measureOurs(plain, values.rows, out) },
    ...peers
      .filter((peer) => peer.program !== null)
      .map((peer) => ({ ...peer, measure: (out) => measurePeer(peer, values['peer-rows'], out) })),
  ];
  const scratch = mkdtempSync(join(tmpdir(), 'tvdd-bench-'));
  const rounds = [];
  const audits = [];
  try {
    for (let round = 0; round < Number(values.rounds); round++) {
      const measured = [];
      for (const { name, measure } of sides) {
        const out = join(scratch, 'out');
        measured.push(await measure(out));
        if (round === 0)
          audits.push(await audit(auditor, name.startsWith('tvdd') ? join(out, 'visits') : out));
        console.error(`round ${round + 1}: ${name} ${number(measured.at(-1).visits)} rows/s of visits`);
        rmSync(out, { recursive: true, force: true });
      }
      rounds.push(measured);
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  const command = ['npm run bench -- constraints', ...args].join(' ');
  const acceptances = await Promise.all([[], plain].map(acceptance));
  const text = report({ command, sides, peers, rounds, audits, acceptances });
  console.log(text);
  writeResults('constraints', text);
}

/** A peer with its Python; without, and why, where it cannot be installed here. */
function installed(peer) {
  try {
    return { ...peer, program: python(`${peer.folder}/requirements.txt`, `${peer.folder}/.venv`) };
  } catch (error) {
    return { ...peer, program: null, why: error.message };
  }
}

const leavingOut = (without) => without.flatMap((rule) => ['--without', rule]);

async function explained(without) {
  const { lines } = await pinned(process.execPath, [
    'dist/cli.js',
    'compile',
    SPEC,
    '--explain=json',
    ...leavingOut(without),
  ]);
  return JSON.parse(lines.join('\n'));
}

/** Of a row, by table: the product over its groups. */
async function acceptance(without) {
  const { tables } = await explained(without);
  return Object.fromEntries(
    tables.map(({ name, groups }) => [
      name,
      groups.reduce((product, group) => product * (group.estimate?.acceptance?.share ?? 1), 1),
    ]),
  );
}

/** Rows a second by table, one worker. */
async function measureOurs(without, count, out) {
  const { lines } = await pinned(process.execPath, [
    'dist/cli.js',
    'run',
    SPEC,
    ...TABLES.flatMap((table) => ['--rows', `${table}=${count}`]),
    ...leavingOut(without),
    '--workers',
    '1',
    '--out',
    out,
    '--json',
  ]);
  const done = lines.map((line) => JSON.parse(line)).findLast((event) => event.event === 'done');
  return Object.fromEntries(done.tables.map(({ table, rows, seconds }) => [table, rows / seconds]));
}

async function measurePeer({ program, folder }, count, out) {
  const { lines } = await pinned(program, [`test/bench/${folder}/constraints.py`, out, '--rows', count]);
  const { rows, generate_s, write_s, fit_s, failed } = JSON.parse(lines.at(-1));
  return { visits: rows / (generate_s + write_s), fit: fit_s, failed };
}

async function audit(program, folder) {
  const { lines } = await pinned(program, ['test/bench/peers/audit_constraints.py', folder]);
  return JSON.parse(lines.at(-1));
}

function report({ command, sides, peers, rounds, audits, acceptances }) {
  const speed = (side, table) => median(rounds.map((round) => round[side][table]));
  const against = (side) => median(rounds.map((round) => round[0].visits / round[side].visits));
  const { known } = audits[0];
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const names = Object.keys(known);
  const figure = (value) => value.toPrecision(4);
  const ours = TABLES.map((table) => {
    const ratio = median(rounds.map((round) => round[0][table] / round[1][table]));
    const accepted = acceptances.map((of) => `${(100 * of[table]).toPrecision(3)} %`);
    return `| ${table} | ${number(speed(0, table))} | ${accepted[0]} | ${number(speed(1, table))} | ${accepted[1]} | ${ratio.toFixed(2)} |`;
  });
  const all = sides.map(
    ({ name }, i) =>
      `| ${name} | ${number(audits[i].rows)} | ${number(speed(i, 'visits'))} | ${against(i).toPrecision(3)} | ${number(audits[i].broken)} | ${names.map((key) => figure(audits[i].found[key])).join(' | ')} |`,
  );
  const remarks = sides.flatMap(({ name }, i) => {
    const of = (key) => median(rounds.map((round) => round[i][key] ?? 0));
    return [
      of('fit') > 0
        ? `${name} is shown 50,000 rows first, in ${of('fit').toFixed(1)} s not counted here.`
        : [],
      of('failed') > 0
        ? `${name} gives up ${of('failed')} of its batches of 1,000, which are made anew in the time counted.`
        : [],
    ].flat();
  });
  const missing = peers
    .filter((peer) => peer.program === null)
    .map((peer) => `${peer.name} could not be installed: ${peer.why}`);
  return [
    '## constraints: conditioned tables',
    '',
    `\`${command}\`, ${new Date().toISOString().slice(0, 10)}, tvdd ${version}, ${peers.map((peer) => versionsIn(`${peer.folder}/requirements.txt`).split(', ')[0]).join(', ')}`,
    `${machine()}; ${rounds.length} interleaved rounds, medians; Parquet with snappy.`,
    '',
    '| table | rows/s | acceptance | rows/s without rules | acceptance | ratio |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...ours,
    '',
    `The table \`visits\` beside peers, by speed relative to tvdd. The conditioned law has ${names.map((key) => `${label(key)} = ${figure(known[key])}`).join(', ')}.`,
    '',
    `| generator | rows | rows/s | tvdd ÷ it | rows that break a constraint | ${names.map(label).join(' | ')} |`,
    `| --- | ---: | ---: | ---: | ---: | ${names.map(() => '---:').join(' | ')} |`,
    ...all,
    ...[...remarks, ...missing].flatMap((line) => ['', line]),
  ].join('\n');
}

const label = (key) => (key === 'basic' ? 'P(basic)' : `E[${key}]`);
