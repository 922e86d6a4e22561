// What the benches share: a pinned process with its peak memory, the Python peers' environment, medians, RESULTS.md.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));
const loadBefore = loadavg()[0];
const canPin = spawnSync('taskset', ['--version']).status === 0;

/** Runs a command on core 0; resolves to its lines on stdout, wall seconds and peak resident bytes of the process. */
export function pinned(command, args) {
  return new Promise((resolve, reject) => {
    const [program, ...rest] = canPin ? ['taskset', '-c', '0', command, ...args] : [command, ...args];
    const start = process.hrtime.bigint();
    const child = spawn(program, rest, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, residentPeak(child.pid));
    }, 50);
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.on('close', (status) => {
      clearInterval(watch);
      if (status !== 0) reject(new Error(`${command} ${args.join(' ')} ended with ${status}`));
      else
        resolve({
          lines: text.split('\n').filter((line) => line !== ''),
          seconds: Number(process.hrtime.bigint() - start) / 1e9,
          peak,
        });
    });
  });
}

function residentPeak(pid) {
  try {
    const match = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return match ? Number(match[1]) * 1024 : 0;
  } catch {
    return 0;
  }
}

/** The Python of a virtual environment with exactly a peer's requirements; made anew when that file changes. */
export function python(requirements = 'peers/requirements.txt', environment = '.venv') {
  const folder = join(here, environment);
  const wanted = join(here, requirements);
  const hash = createHash('sha256').update(readFileSync(wanted)).digest('hex');
  const stamp = join(folder, 'requirements.sha256');
  const program = join(folder, 'bin/python');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash) {
    run('python3', ['-m', 'venv', '--clear', folder]);
    run(program, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', wanted]);
    writeFileSync(stamp, hash);
  }
  return program;
}

export function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')} ended with ${status}`);
}

/** The exact versions of a peer, from its requirements. */
export const versionsIn = (requirements) =>
  readFileSync(join(here, requirements), 'utf8').trim().split('\n').join(', ');

export const number = (value) => Math.round(value).toLocaleString('en');
export const megabytes = (bytes) => (bytes / 1e6).toFixed(0);

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** With what else it had to do: a ratio taken on a busy machine says less. */
export const machine = () =>
  `${cpus()[0]?.model ?? 'unknown processor'}, load ${loadBefore.toFixed(1)} before, ${canPin ? 'pinned to one core' : 'not pinned (no taskset)'}, Node ${process.versions.node}`;

/** Replaces the bench's section of RESULTS.md, so that each stands there once, as last measured. */
export function writeResults(name, text) {
  const path = join(here, 'RESULTS.md');
  const section = `<!-- ${name} -->\n${text.trim()}\n<!-- /${name} -->`;
  const old = existsSync(path) ? readFileSync(path, 'utf8') : '# Results\n\nWritten by `npm run bench`.\n';
  const place = new RegExp(`<!-- ${name} -->[\\s\\S]*<!-- /${name} -->`);
  writeFileSync(
    path,
    place.test(old) ? old.replace(place, () => section) : `${old.trimEnd()}\n\n${section}\n`,
  );
}
