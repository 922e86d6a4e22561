import type { Source } from '../compiler/1-parse/source.ts';
import type { Code, Extra, Params, Place } from '../compiler/diagnostics/diagnose.ts';
import { diagnose, NOWHERE } from '../compiler/diagnostics/diagnose.ts';
import type { Diagnostic } from '../compiler/diagnostics/diagnostic.ts';
import { EXIT, type ExitCode } from './exit.ts';

/** Ends a command: diagnostics to show, the texts that they point into, and the exit code. */
export class Failure extends Error {
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly Source[];
  readonly exit: ExitCode;

  constructor(diagnostics: readonly Diagnostic[], sources: readonly Source[], exit: ExitCode) {
    super(diagnostics.map((diagnostic) => diagnostic.message).join('; '));
    this.name = 'Failure';
    this.diagnostics = diagnostics;
    this.sources = sources;
    this.exit = exit;
  }
}

/** A failure that lies in no text: an unreadable file, a full disk. */
export function failure<C extends Code>(code: C, params: Params<C>, exit: ExitCode, help?: string): Failure {
  return new Failure([diagnose(code, params, NOWHERE, helping(help))], [], exit);
}

/** The words that the user typed, as a text that diagnostics point into. */
export type CommandLine = {
  readonly source: Source;
  readonly place: (argument: number, text?: string) => Place;
};

export function commandLine(argv: readonly string[]): CommandLine {
  const words = ['tvdd', ...argv].map((word) =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/\s+/g, ' ')}'`,
  );
  const starts: number[] = [];
  let at = 0;
  for (const word of words) {
    starts.push(at);
    at += word.length + 1;
  }
  const text = words.join(' ');
  return {
    source: { name: 'command line', text },
    place: (argument, label) => {
      const start = starts[argument + 1] ?? text.length;
      const end = start + (words[argument + 1]?.length ?? 0);
      return { span: { start, end }, ...(label === undefined ? {} : { text: label }) };
    },
  };
}

/** What is written at the place of a fault, and the way out. */
export type Hints = { readonly label?: string; readonly help?: string };

/** A fault in what the user asked for, wherever that is written. */
export type Blame = <C extends Code>(code: C, params: Params<C>, hints?: Hints) => Failure;

/** A fault in the words that the user typed; `argument` counts from 0, the command's own name included. */
export function usage<C extends Code>(
  line: CommandLine,
  argument: number,
  code: C,
  params: Params<C>,
  hints: Hints = {},
): Failure {
  const diagnostic = diagnose(code, params, line.place(argument, hints.label), helping(hints.help));
  return new Failure([diagnostic], [line.source], EXIT.usage);
}

const helping = (help: string | undefined): Extra => (help === undefined ? {} : { help: [{ text: help }] });
