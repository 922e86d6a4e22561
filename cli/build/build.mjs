// Builds everything that is generated: kernels.wasm (AssemblyScript), the diagnostics' catalogue, the bundles in dist/.
// A step is skipped when its inputs have not changed since its output was written.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
process.chdir(root);
const only = process.argv[2];

const newest = (path) => {
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0);
};
const stale = (output, inputs) =>
  !existsSync(output) || Math.max(...inputs.map(newest)) > statSync(output).mtimeMs;

async function kernels() {
  const output = 'stdlib/kernels/kernels.generated.ts';
  if (!stale(output, ['stdlib/kernels/assembly'])) return;
  const asc = await import('assemblyscript/asc');
  mkdirSync('dist', { recursive: true });
  const { error, stderr } = await asc.main([
    'stdlib/kernels/assembly/index.ts',
    '--outFile',
    'dist/kernels.wasm',
    '--runtime',
    'stub',
    '--optimizeLevel',
    '3',
    '--shrinkLevel',
    '0',
    '--converge',
    '--noAssert',
    '--enable',
    'simd',
  ]);
  if (error) {
    process.stderr.write(stderr.toString());
    throw error;
  }
  const bytes = readFileSync('dist/kernels.wasm').toString('base64');
  writeFileSync(output, `/** kernels.wasm, base64. */\nexport const KERNELS = '${bytes}';\n`);
}

async function bundles() {
  if (!existsSync('cli/main.ts')) return;
  const inputs = ['cli', 'compiler', 'runtime', 'stdlib', 'package.json'];
  if (!stale('dist/cli.js', inputs)) return;
  const { build } = await import('rolldown');
  const version = JSON.parse(readFileSync('package.json', 'utf8')).version;
  // Built aside: a build that fails leaves the last one whole.
  const aside = `dist/.next-${process.pid}`;
  try {
    await build({
      input: { cli: 'cli/main.ts', index: 'cli/library/index.ts', worker: 'runtime/pool/worker.ts' },
      platform: 'node',
      external: ['apache-arrow', /^parquet-wasm/],
      transform: { define: { __TVDD_VERSION__: JSON.stringify(version) } },
      output: {
        dir: aside,
        format: 'esm',
        entryFileNames: '[name].js',
        chunkFileNames: 'chunk-[name]-[hash].js',
        minify: false,
      },
      logLevel: 'warn',
    });
    for (const name of readdirSync('dist')) if (name.endsWith('.js')) rmSync(join('dist', name));
    for (const name of readdirSync(aside)) renameSync(join(aside, name), join('dist', name));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** What `import … from 'tvdd'` has: its own declarations, free of ours. */
function declarations() {
  const output = 'dist/index.d.ts';
  if (!stale(output, ['cli/library/api.ts'])) return;
  const aside = `dist/.types-${process.pid}`;
  const { status } = spawnSync(
    process.execPath,
    [
      ...['node_modules/typescript/bin/tsc', 'cli/library/api.ts', '--ignoreConfig', '--outDir', aside],
      ...['--declaration', '--emitDeclarationOnly', '--target', 'ES2022', '--module', 'NodeNext'],
    ],
    { stdio: 'inherit' },
  );
  if (status === 0) renameSync(join(aside, 'api.d.ts'), output);
  rmSync(aside, { recursive: true, force: true });
  if (status !== 0) throw new Error('the declarations were not made');
}

async function catalogue() {
  if (!existsSync('compiler/diagnostics/generate.mjs')) return;
  await (await import('../../compiler/diagnostics/generate.mjs')).generate();
}

const steps = { kernels, catalogue, bundles, declarations };
for (const [name, step] of Object.entries(steps)) if (!only || only === name) await step();
