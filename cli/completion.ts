import type { Option } from './arguments.ts';
import type { Command } from './command.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];
export const isShell = (text: string): text is Shell => SHELLS.some((shell) => shell === text);

/** The commands, and for each its options with the words that an option takes; elsewhere the shell offers files. */
export function completionScript(shell: Shell, commands: readonly Command[]): string {
  switch (shell) {
    case 'bash':
      return bash(commands);
    case 'zsh':
      return `#compdef tvdd\nautoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`;
    case 'fish':
      return fish(commands);
  }
}

/** `text|json|github` are words to offer; `DIR` is what the user knows. */
const wordsOf = ({ value = '' }: Option): readonly string[] =>
  /^[a-z]+(\|[a-z]+)+$/.test(value) ? value.split('|') : [];

const names = (commands: readonly Command[]): string =>
  ['help', ...commands.map(({ name }) => name)].join(' ');

function bash(commands: readonly Command[]): string {
  const options = commands.map(
    ({ name, options }) =>
      `    ${name}) offers='${[...Object.keys(options), 'help'].map((one) => `--${one}`).join(' ')}' ;;`,
  );
  const values = commands.flatMap(({ name, options }) =>
    Object.entries(options).flatMap(([option, declared]) => {
      const words = wordsOf(declared);
      return words.length > 0
        ? [`    ${name}:--${option}) COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$word")); return ;;`]
        : [];
    }),
  );
  return [
    '_tvdd() {',
    `  local word=$2 before=$3 command=\${COMP_WORDS[1]} offers=`,
    `  if [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W '${names(commands)}' -- "$word")); return; fi`,
    '  case "$command:$before" in',
    ...values,
    '  esac',
    '  case "$command" in',
    ...options,
    `    help) COMPREPLY=($(compgen -W '${names(commands)}' -- "$word")); return ;;`,
    '  esac',
    '  case "$word" in',
    '    -*) COMPREPLY=($(compgen -W "$offers" -- "$word")) ;;',
    '    *) COMPREPLY=($(compgen -f -- "$word")) ;;',
    '  esac',
    '}',
    'complete -o filenames -F _tvdd tvdd',
    '',
  ].join('\n');
}

function fish(commands: readonly Command[]): string {
  const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = commands.flatMap(({ name, summary, options }) => [
    `complete -c tvdd -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
    ...Object.entries(options).map(([option, declared]) => {
      const words = wordsOf(declared);
      const takes =
        declared.value === undefined ? '' : words.length > 0 ? ` -x -a ${quoted(words.join(' '))}` : ' -r';
      const short = declared.short ? ` -s ${declared.short}` : '';
      return `complete -c tvdd -n ${quoted(`__fish_seen_subcommand_from ${name}`)} -l ${option}${short}${takes} -d ${quoted(declared.summary)}`;
    }),
  ]);
  return `${lines.join('\n')}\n`;
}
