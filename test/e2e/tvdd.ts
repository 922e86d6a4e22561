import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(root, 'dist/cli.js');
if (!existsSync(cli)) throw new Error('dist/cli.js is missing: npm run build');

export type Outcome = { readonly exit: number | null; readonly stdout: string; readonly stderr: string };
export type Conditions = {
  readonly cwd?: string;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
};

const environment = (extra: Conditions['env'] = {}): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  COLUMNS: '100',
  // Without what `tvdd bench kernels` may have measured here.
  XDG_CACHE_HOME: join(root, 'dist/no-cache'),
  ...extra,
});

/** Runs the built command line to its end, as a shell without a terminal would. */
export function tvdd(args: readonly string[], { cwd = root, stdin = '', env }: Conditions = {}): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    input: stdin,
    env: environment(env),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { exit: status, stdout, stderr };
}

/** The command line as a process under way. */
export const startTvdd = (args: readonly string[], { cwd = root, env }: Conditions = {}) =>
  spawn(process.execPath, [cli, ...args], { cwd, env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });

/** A folder that is gone when the test ends. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tvdd-e2e-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The objects of a text of one JSON object a line. */
export const jsonLines = <T>(text: string): readonly T[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): T => JSON.parse(line));
