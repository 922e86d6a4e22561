#!/usr/bin/env node
import { nearest } from '../compiler/diagnostics/nearest.ts';
import { parseArguments } from './arguments.ts';
import { commandNames, loadCommand } from './commands/index.ts';
import { report } from './errors.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { commandLine, usage } from './failure.ts';
import { commandHelp, overview } from './help.ts';
import { type Output, standardOutput } from './output.ts';
import { VERSION } from './version.ts';

async function main(argv: readonly string[], output: Output): Promise<ExitCode> {
  const [first = 'help', ...rest] = argv;
  if (first === '--version' || first === '-v' || first === 'version') {
    output.out.write(`tvdd ${VERSION}\n`);
    return EXIT.good;
  }
  if (first === 'help' || first === '--help' || first === '-h') {
    const [about] = rest;
    if (about === undefined) output.out.write(await overview(output.out));
    else output.out.write(commandHelp(await find(about, argv, 1), output.out));
    return EXIT.good;
  }
  const command = await find(first, argv, 0);
  const optionsEnd = rest.indexOf('--');
  const asked = optionsEnd < 0 ? rest : rest.slice(0, optionsEnd);
  if (asked.includes('--help') || asked.includes('-h')) {
    output.out.write(commandHelp(command, output.out));
    return EXIT.good;
  }
  return command.execute(parseArguments(commandLine(argv), argv, command.options), output);
}

async function find(name: string, argv: readonly string[], at: number) {
  const command = await loadCommand(name);
  if (command) return command;
  const near = nearest(name, [...commandNames, 'help']);
  const hints = near ? { label: `did you mean \`${near}\`?` } : { help: '`tvdd help` lists the commands' };
  throw usage(commandLine(argv), at, 'TVD7001', { command: name }, hints);
}

const output = standardOutput();
try {
  process.exitCode = await main(process.argv.slice(2), output);
} catch (error) {
  process.exitCode = await report(error, output.err);
}
