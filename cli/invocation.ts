import { basename, relative } from 'node:path';

/** How the user calls us, for commands to copy: `tvdd`, or `node dist/cli.js` in a clone. */
export function invocation(): string {
  const [, script = ''] = process.argv;
  return basename(script) === 'cli.js' ? `node ${relative('.', script)}` : 'tvdd';
}

/** Quoted where a shell needs it. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
