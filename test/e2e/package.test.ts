import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './tvdd.ts';

/** The package as npm packs it, unpacked where npm would put it, beside the dependencies that it names and no others. */
const home = mkdtempSync(join(tmpdir(), 'tvdd-package-'));
const installed = join(home, 'node_modules/tvdd');
type Manifest = {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly bin: { readonly tvdd: string };
};
let packed: {
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
};
let manifest: Manifest;

const inside = (command: string, args: readonly string[]): string =>
  execFileSync(command, args, { cwd: home, encoding: 'utf8' });

beforeAll(() => {
  const said = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', home], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  [packed] = JSON.parse(said);
  mkdirSync(installed, { recursive: true });
  const [tarball = ''] = readdirSync(home).filter((name) => name.endsWith('.tgz'));
  inside('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  // @types/node for the reader of the declarations alone.
  for (const name of [...Object.keys(manifest.dependencies), '@types/node']) {
    mkdirSync(dirname(join(home, 'node_modules', name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(home, 'node_modules', name));
  }
  writeFileSync(join(home, 'package.json'), '{ "name": "user", "type": "module" }\n');
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('holds what is needed, and no more', () => {
  const paths = packed.files.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining([
      'dist/cli.js',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/worker.js',
      'config/tvdd.schema.json',
    ]),
  );
  expect(paths.filter((path) => /test|expected|\.map$|\.mjs$|(?<!\.d)\.ts$/.test(path))).toEqual([]);
  expect(packed.size).toBeLessThan(1_000_000);
  expect(packed.unpackedSize).toBeLessThan(4_000_000);
});

it('has nothing run when it is installed', () => {
  const { scripts = {} }: { readonly scripts?: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(join(installed, 'package.json'), 'utf8'),
  );
  expect(Object.keys(scripts).filter((name) => /^(pre|post)?(install|prepare)$/.test(name))).toEqual([]);
});

it('depends on what its files import', () => {
  const dist = join(installed, 'dist');
  const named = readdirSync(dist)
    .filter((name) => name.endsWith('.js'))
    .flatMap((name) => [
      ...readFileSync(join(dist, name), 'utf8').matchAll(
        /(?:^import .*from |^import |\bimport\()["']([^."'][^"']*)["']/gm,
      ),
    ])
    .map(([, name = '']) => name)
    .filter((name) => !name.startsWith('node:'))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  expect([...new Set(named)].sort()).toEqual(Object.keys(manifest.dependencies).sort());
});

describe('installed', () => {
  it('has the command', () => {
    const spec = 'node_modules/tvdd/examples/quickstart/spec.yaml';
    const said = inside(process.execPath, [
      join(installed, manifest.bin.tvdd),
      'sample',
      spec,
      'orders',
      '-n',
      '2',
      '--json',
    ]);
    expect(said.trimEnd().split('\n')).toHaveLength(2);
  });

  it('runs the example of the README in Node', () => {
    const [, code = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
    expect(code).toContain("from 'tvdd'");
    inside('cp', [join(installed, 'examples/quickstart/spec.yaml'), 'shop.yaml']);
    writeFileSync(join(home, 'example.js'), code);
    expect(inside(process.execPath, ['example.js'])).toBe(
      "93.52 2024-11-23T05:46:31.185710Z\n[ 'customers: 1000', 'orders: 10000' ]\n",
    );
    expect(readdirSync(join(home, 'out/shop')).sort()).toEqual(['customers', 'manifest.jsonl', 'orders']);
  });

  it('has types', () => {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const check = (text: string): string => {
      writeFileSync(join(home, 'user.ts'), text);
      const options = [
        '--noEmit',
        '--strict',
        '--module',
        'nodenext',
        '--target',
        'es2022',
        '--types',
        'node',
      ];
      try {
        return inside(process.execPath, [tsc, ...options, 'user.ts']);
      } catch (error) {
        return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
      }
    };
    expect(check(USER)).toBe('');
    expect(check(USER.replace('rows: 5', "rows: '5'"))).toContain('TS2322');
  });

  it('has the schema', () => {
    const code = `import schema from 'tvdd/tvdd.schema.json' with { type: 'json' }; console.log(typeof schema.properties.tables)`;
    expect(inside(process.execPath, ['--no-warnings', '--input-type=module', '-e', code])).toBe('object\n');
  });
});

const USER = `import { compile, type RunReport, run, sample, SpecError } from 'tvdd';
type Order = { readonly id: number; readonly placed_at: string };
const shop = await compile('shop.yaml', { scale: 0.1, where: "customers: age < 30" });
const orders: Order[] = shop.sample<Order>('orders', { rows: 5 });
const [row] = await sample({ tvdd: 1, dataset: 'd', seed: 1, tables: {} }, 't', { row: [1, 2] });
const report: RunReport = await run('shop.yaml', { out: 'out', workers: 2, onEvent: (event) => console.log(event.event) });
const name: string | undefined = shop.tables[0]?.name;
const place = (fault: unknown): number | null => fault instanceof SpecError ? fault.diagnostics[0]?.place?.line ?? null : null;
console.log(orders, row?.id, report.seconds, name, place);
`;
