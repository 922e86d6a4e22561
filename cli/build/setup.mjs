// Makes a clone ready to run: installs when the lock file changed, then builds. Node and npm are all it needs.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [major] = process.versions.node.split('.').map(Number);
if (major < 20) {
  console.error(`tvdd needs Node 20 or newer; this is ${process.version}`);
  process.exit(1);
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const stamp = `${root}node_modules/.tvdd-lock`;
const lock = createHash('sha256')
  .update(readFileSync(`${root}package-lock.json`))
  .digest('hex');

const run = (command, args) => {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
};

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  // Development tools too: NODE_ENV=production would leave them out. Not `npm ci`: it refuses a lock file made where a
  // registry lacks the binaries of other platforms; this installs what is locked and leaves the lock file alone.
  run('npm', ['install', '--no-save', '--include=dev', '--loglevel=error']);
  writeFileSync(stamp, lock);
}
run(process.execPath, ['cli/build/build.mjs']);
