import type { Option } from './arguments.ts';
import type { Command } from './command.ts';
import { commandNames, loadCommand } from './commands/index.ts';
import type { Channel } from './output.ts';
import { padEnd, wrap } from './terminal/width.ts';
import { VERSION } from './version.ts';

/** What `tvdd` alone and `tvdd help` print. */
export async function overview({ style, width }: Channel): Promise<string> {
  const commands = (await Promise.all(commandNames.map(loadCommand))).filter((command) => command !== null);
  return [
    `${style.bold(`tvdd ${VERSION}`)}: declare the laws of a dataset, get the data.`,
    '',
    style.bold('Usage'),
    '  tvdd COMMAND …',
    '',
    style.bold('Commands'),
    ...rows(
      [
        ...commands.map((command) => [`${command.name} ${command.operands}`, command.summary] as const),
        ['help COMMAND', 'what a command does, its options, examples'] as const,
      ],
      width,
    ),
    '',
    style.bold('Exit codes'),
    '  0 good · 1 the spec has errors · 2 wrong usage · 3 the run failed · 130 interrupted',
    '',
    style.bold('Start here'),
    '  tvdd init quickstart && tvdd sample quickstart/spec.yaml',
    '',
  ].join('\n');
}

/** What `tvdd COMMAND --help` prints. */
export function commandHelp(command: Command, { style, width }: Channel): string {
  const options = Object.entries(command.options).map(
    ([name, option]) => [spelling(name, option), option.summary] as const,
  );
  return [
    `${style.bold('Usage')}  tvdd ${command.name} ${command.operands}${options.length > 0 ? ' [options]' : ''}`,
    '',
    ...command.description.split('\n').flatMap((paragraph) => wrap(paragraph, Math.min(width, 100))),
    '',
    ...(options.length > 0 ? [style.bold('Options'), ...rows(options, width), ''] : []),
    style.bold('Examples'),
    ...command.examples.flatMap(({ line, does }) => [`  ${line}`, `      ${style.dim(does)}`]),
    '',
  ].join('\n');
}

function spelling(name: string, { short, value, optional }: Option): string {
  const shown = value === undefined ? '' : optional ? `[=${value}]` : ` ${value}`;
  return `${short ? `-${short}, ` : ''}--${name}${shown}`;
}

function rows(entries: readonly (readonly [string, string])[], width: number): readonly string[] {
  const margin = Math.max(...entries.map(([left]) => left.length)) + 4;
  return entries.flatMap(([left, right]) =>
    wrap(right, Math.max(30, Math.min(width, 110) - margin)).map(
      (line, part) => `${part === 0 ? padEnd(`  ${left}`, margin) : ' '.repeat(margin)}${line}`,
    ),
  );
}
