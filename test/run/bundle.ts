import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import type * as RunModule from '../../runtime/run.ts';
import type { RunOptions, RunReport } from '../../runtime/run.ts';
import type { Size } from './plan.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Worker threads cannot run TypeScript: runtime/ as JavaScript, in a folder of its own, worker.js beside it. */
export type Bundle = {
  readonly run: typeof RunModule;
  /** `before` is shell put before the command. */
  spawnRun(size: Size, options: Pick<RunOptions, 'out' | 'workers'>, more?: Spawning): Child;
  remove(): void;
};
export type Spawning = { readonly failpoint?: string; readonly before?: string };
export type Outcome = {
  readonly signal: string | null;
  readonly code: number | null;
  readonly report?: RunReport;
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly reason: string;
    readonly help: string;
  };
  readonly stderr: string;
};
export type Child = { readonly ended: Promise<Outcome>; kill(): void };

export async function bundle(): Promise<Bundle> {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const dir = mkdtempSync(join(root, 'dist/test-run-'));
  await build({
    cwd: root,
    input: { run: 'runtime/run.ts', worker: 'runtime/pool/worker.ts', child: 'test/run/child.ts' },
    platform: 'node',
    external: ['apache-arrow', /^parquet-wasm/],
    output: { dir, format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
    logLevel: 'warn',
  });
  return {
    run: await import(pathToFileURL(join(dir, 'run.js')).href),
    spawnRun: (size, options, spawning = {}) =>
      spawnChild(join(dir, 'child.js'), JSON.stringify({ size, options }), spawning),
    remove: () => rmSync(dir, { recursive: true }),
  };
}

function spawnChild(script: string, argument: string, { before = '', failpoint }: Spawning): Child {
  const env = { ...process.env, ...(failpoint === undefined ? {} : { TVDD_FAILPOINT: failpoint }) };
  const command = `${before} exec "$0" "$1" "$2"`;
  const child = spawn('sh', ['-c', command, process.execPath, script, argument], { env });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const ended = new Promise<Outcome>((resolve) => {
    child.on('close', (code, signal) =>
      resolve({ code, signal, stderr, ...(stdout === '' ? {} : JSON.parse(stdout)) }),
    );
  });
  return { ended, kill: () => child.kill('SIGKILL') };
}
