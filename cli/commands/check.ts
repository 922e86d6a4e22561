import type { Source } from '../../compiler/1-parse/source.ts';
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';
import { type Arguments, badValue, isOn, optionOf } from '../arguments.ts';
import type { Command } from '../command.ts';
import { report } from '../errors.ts';
import { EXIT } from '../exit.ts';
import { Failure, usage } from '../failure.ts';
import type { Output } from '../output.ts';
import { hostOf, readSpec } from '../spec-file.ts';
import { plural } from '../terminal/quantity.ts';
import { VERSION } from '../version.ts';

export const check: Command = {
  name: 'check',
  summary: 'say everything that is wrong with a spec',
  operands: 'FILE…',
  description:
    'Reads, types and plans each spec and reports every fault at once, with its place and a way out. `-` is standard input. ' +
    'What only an estimate can tell (constraints that almost no row meets) is reported by compile, sample and run.',
  options: {
    print: { summary: 'print the spec as tvdd understood it' },
    format: {
      value: 'text|json|github',
      summary: 'text for people (default), json with ranges as in LSP, github annotations',
    },
    'deny-warnings': { summary: 'exit with 1 when there are warnings, too' },
  },
  examples: [
    { line: 'tvdd check config/media_dataset.yaml', does: 'the faults of one spec' },
    { line: 'tvdd check specs/*.yaml --deny-warnings --format github', does: 'in continuous integration' },
    { line: 'cat draft.yaml | tvdd check - --print', does: 'from standard input, printed back' },
  ],
  execute: async (args, output) => {
    if (args.positionals.length === 0) {
      throw usage(
        args.line,
        args.line.source.text.length,
        'TVD7006',
        { command: 'check', what: 'a spec' },
        {
          help: 'name a file, or `-` for standard input',
        },
      );
    }
    const format = formatOf(args);
    let worst: 0 | 1 | 2 = EXIT.good;
    for (const { text: path } of args.positionals) {
      const exit = await checkOne(path, format, args, output);
      worst = exit > worst ? exit : worst;
    }
    return worst;
  },
};

type Format = 'text' | 'json' | 'github';

function formatOf(args: Arguments): Format {
  const word = optionOf(args, 'format');
  if (!word) return 'text';
  if (word.text === 'text' || word.text === 'json' || word.text === 'github') return word.text;
  throw badValue(args, 'format', word, 'text, json or github');
}

async function checkOne(path: string, format: Format, args: Arguments, output: Output): Promise<0 | 1 | 2> {
  let checked: Checked;
  try {
    checked = await checkSource(path, isOn(args, 'print'));
  } catch (error) {
    // An unreadable file is reported like a fault in it, and the others are still checked.
    if (!(error instanceof Failure)) throw error;
    return (await report(error, output.err)) === EXIT.usage ? EXIT.usage : EXIT.spec;
  }
  const { diagnostics, source, printed } = checked;
  const { renderDiagnostics } = await import('../../compiler/diagnostics/render.ts');
  const people = format === 'text';
  const channel = people ? output.err : output.out;
  const text = renderDiagnostics(diagnostics, [source], { color: people && channel.color, format });
  if (text.trim() !== '') channel.write(`${text.trimEnd()}\n`);
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
  const warnings = diagnostics.length - errors;
  if (people) output.err.write(`${verdict(source.name, errors, warnings, output)}\n`);
  if (printed !== null) output.out.write(printed.endsWith('\n') ? printed : `${printed}\n`);
  return errors > 0 || (warnings > 0 && isOn(args, 'deny-warnings')) ? EXIT.spec : EXIT.good;
}

type Checked = {
  readonly diagnostics: readonly Diagnostic[];
  readonly source: Source;
  readonly printed: string | null;
};

async function checkSource(path: string, print: boolean): Promise<Checked> {
  const source = readSpec(path);
  const { check } = await import('../../compiler/compile.ts');
  const diagnostics = check(source, { host: hostOf(path), version: VERSION });
  return { diagnostics, source, printed: print ? await printed(source) : null };
}

/** Null where there is nothing to print back. */
async function printed(source: Source): Promise<string | null> {
  const { parseSpec } = await import('../../compiler/1-parse/parse.ts');
  const { printSpec } = await import('../../compiler/1-parse/print/print-spec.ts');
  const { value } = parseSpec(source);
  return value && printSpec(value);
}

function verdict(name: string, errors: number, warnings: number, { err: { style } }: Output): string {
  const parts = [
    ...(errors > 0 ? [style.red(plural(errors, 'error'))] : []),
    ...(warnings > 0 ? [style.yellow(plural(warnings, 'warning'))] : []),
  ];
  return `${name}: ${parts.length > 0 ? parts.join(', ') : style.green('good')}`;
}
