import { parseArgs } from 'node:util';
import { nearest } from '../compiler/diagnostics/nearest.ts';
import { type CommandLine, usage } from './failure.ts';

/** How an option is written and explained. `value` names what it takes; without it the option is a switch. */
export type Option = {
  readonly summary: string;
  readonly short?: string;
  readonly value?: string;
  /** The value may be left out: `--explain`, `--explain=json`. */
  readonly optional?: boolean;
};
export type Options = Readonly<Record<string, Option>>;

/** A word with its place in the command line. */
export type Word = { readonly text: string; readonly at: number };

export type Arguments = {
  readonly line: CommandLine;
  readonly command: string;
  readonly positionals: readonly Word[];
  /** Each occurrence of an option, in order; switches have the text ''. */
  readonly all: (option: string) => readonly Word[];
};

/** `argv` starts with the command. Unknown options, missing and superfluous values are usage failures. */
export function parseArguments(line: CommandLine, argv: readonly string[], options: Options): Arguments {
  const command = argv[0] ?? '';
  const { tokens } = parseArgs({
    args: argv.slice(1),
    options: Object.fromEntries(
      Object.entries(options).map(([name, { short, value, optional }]) => [
        name,
        {
          type: value && !optional ? ('string' as const) : ('boolean' as const),
          ...(short ? { short } : {}),
        },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const positionals: Word[] = [];
  const given = new Map<string, Word[]>();
  for (const token of tokens) {
    const at = token.index + 1;
    if (token.kind === 'positional') positionals.push({ text: token.value, at });
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (!option) throw unknownOption(line, at, command, token.rawName, options);
    const text = token.value ?? '';
    const taken = option.value !== undefined && !option.optional;
    // parseArgs takes whatever comes next; an option's name is no value.
    if (taken && (token.value === undefined || (!token.inlineValue && /^-[^\d]/.test(text)))) {
      throw usage(
        line,
        at,
        'TVD7003',
        { option: token.rawName },
        { help: `write \`${token.rawName} ${option.value}\`` },
      );
    }
    if (option.value === undefined && token.value !== undefined) {
      throw usage(
        line,
        at,
        'TVD7004',
        { option: token.rawName },
        { help: `write \`${token.rawName}\` alone` },
      );
    }
    const words = given.get(token.name) ?? [];
    words.push({ text, at: taken && !token.inlineValue ? at + 1 : at });
    given.set(token.name, words);
  }
  return { line, command, positionals, all: (name) => given.get(name) ?? [] };
}

function unknownOption(
  line: CommandLine,
  at: number,
  command: string,
  written: string,
  options: Options,
): Error {
  const near = nearest(written.replace(/^-+/, ''), [...Object.keys(options), 'help']);
  const hints = near
    ? { label: `did you mean \`--${near}\`?` }
    : { help: `\`tvdd ${command} --help\` lists the options` };
  return usage(line, at, 'TVD7002', { command, option: written }, hints);
}

/** The switch was named. */
export const isOn = (args: Arguments, option: string): boolean => args.all(option).length > 0;

/** The option's value; the last one counts. */
export const optionOf = (args: Arguments, option: string): Word | undefined => args.all(option).at(-1);

/** A whole number in `min`…`max`, `_` between digits allowed. */
export function wholeNumber(args: Arguments, option: string, word: Word, min: number, max = 2 ** 48): number {
  const value = /^\d+(_\d+)*$/.test(word.text) ? Number(word.text.replaceAll('_', '')) : Number.NaN;
  if (value >= min && value <= max) return value;
  const upper = max === 2 ** 48 ? '' : ` to ${max}`;
  throw badValue(args, option, word, `a whole number from ${min}${upper}`);
}

/** A number above 0. */
export function positiveNumber(args: Arguments, option: string, word: Word): number {
  const value = /^(\d+(_\d+)*)(\.\d+)?(e[+-]?\d+)?$/i.test(word.text)
    ? Number(word.text.replaceAll('_', ''))
    : Number.NaN;
  if (value > 0 && Number.isFinite(value)) return value;
  throw badValue(args, option, word, 'a number above 0');
}

/** A 64-bit integer. */
export function seedOf(args: Arguments, word: Word): bigint {
  if (/^-?\d+(_\d+)*$/.test(word.text)) {
    const value = BigInt(word.text.replaceAll('_', ''));
    if (value === BigInt.asIntN(64, value)) return value;
  }
  throw badValue(args, 'seed', word, 'an integer of 64 bits');
}

export function badValue(args: Arguments, option: string, word: Word, expected: string): Error {
  return usage(args.line, word.at, 'TVD7005', { option: `--${option}`, expected, value: word.text });
}
