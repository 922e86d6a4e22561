import type { Arguments, Options } from './arguments.ts';
import type { ExitCode } from './exit.ts';
import type { Output } from './output.ts';

/** A command is one file of commands/: what `--help` says, and what it does. */
export type Command = {
  readonly name: string;
  /** One line for `tvdd help`. */
  readonly summary: string;
  /** What stands after the command: `SPEC [TABLE]`. */
  readonly operands: string;
  readonly description: string;
  readonly options: Options;
  readonly examples: readonly { readonly line: string; readonly does: string }[];
  readonly execute: (args: Arguments, output: Output) => Promise<ExitCode>;
};
