import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root, scratch, tvdd } from './tvdd.ts';

const examples = readdirSync(join(root, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

it.each(examples)('%s can be started from', (name) => {
  const cwd = scratch();
  const listed = tvdd(['init'], { cwd });
  expect(listed.stdout).toContain(`  ${name} `);
  expect(tvdd(['init', name, 'mine'], { cwd })).toMatchObject({ exit: 0, stderr: '' });
  expect(tvdd(['check', 'mine/spec.yaml', '--deny-warnings'], { cwd }).exit).toBe(0);
  const spec = readFileSync(join(cwd, 'mine/spec.yaml'), 'utf8');
  expect(spec).toMatch(/^# yaml-language-server: \$schema=\.\/tvdd\.schema\.json\n/);
  expect(spec.match(/yaml-language-server/g)).toHaveLength(1);
  expect(readFileSync(join(cwd, 'mine/tvdd.schema.json'), 'utf8')).toBe(
    readFileSync(join(root, 'config/tvdd.schema.json'), 'utf8'),
  );
});

it('init overwrites nothing, and writes nothing beside what is there', () => {
  const cwd = scratch();
  writeFileSync(join(cwd, 'tvdd.schema.json'), 'mine');
  const { exit, stderr } = tvdd(['init', 'quickstart', '.'], { cwd });
  expect({ exit, code: /TVD\d+/.exec(stderr)?.[0] }).toEqual({ exit: 2, code: 'TVD7021' });
  expect(readdirSync(cwd)).toEqual(['tvdd.schema.json']);
  expect(readFileSync(join(cwd, 'tvdd.schema.json'), 'utf8')).toBe('mine');
});

/** What bash offers for the last word. */
function offered(...words: readonly string[]): readonly string[] {
  const cwd = scratch();
  writeFileSync(join(cwd, 'complete.bash'), tvdd(['completion', 'bash']).stdout);
  writeFileSync(join(cwd, 'shop.yaml'), '');
  const before = words.at(-2) ?? '';
  const script = [
    'source complete.bash',
    `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})`,
    `COMP_CWORD=${words.length - 1}`,
    `_tvdd tvdd '${words.at(-1)}' '${before}'`,
    `printf '%s\\n' "\${COMPREPLY[@]}"`,
  ].join('\n');
  return execFileSync('bash', ['-c', script], { cwd, encoding: 'utf8' }).split('\n').filter(Boolean);
}

it('bash completes commands, options, their words, and files', () => {
  expect(offered('tvdd', 'sa')).toEqual(['sample']);
  expect(offered('tvdd', 'check', '--deny')).toEqual(['--deny-warnings']);
  expect(offered('tvdd', 'check', '--format', 'j')).toEqual(['json']);
  expect(offered('tvdd', 'check', 'sh')).toEqual(['shop.yaml']);
});

it('fish is given every command with its options', () => {
  const script = tvdd(['completion', 'fish']).stdout;
  expect(script).toContain("-a sample -d 'show rows at once: the first ones, or any by number'");
  expect(script).toContain("-n '__fish_seen_subcommand_from check' -l format -x -a 'text json github'");
});
