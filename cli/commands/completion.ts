import type { Command } from '../command.ts';
import { completionScript, isShell, SHELLS } from '../completion.ts';
import { EXIT } from '../exit.ts';
import { usage } from '../failure.ts';
import { commandNames, loadCommand } from './index.ts';

export const completion: Command = {
  name: 'completion',
  summary: 'a script that completes commands and options in a shell',
  operands: SHELLS.join('|'),
  description: 'Prints the script; the shell reads it when it starts.',
  options: {},
  examples: [
    { line: 'source <(tvdd completion bash)', does: 'in ~/.bashrc' },
    { line: 'tvdd completion zsh > ~/.zsh/completions/_tvdd', does: 'once, in a folder of $fpath' },
    { line: 'tvdd completion fish > ~/.config/fish/completions/tvdd.fish', does: 'once, for fish' },
  ],
  execute: async (args, { out }) => {
    const [shell, extra] = args.positionals;
    if (extra) throw usage(args.line, extra.at, 'TVD7007', { command: 'completion' });
    const end = args.line.source.text.length;
    if (!shell)
      throw usage(
        args.line,
        end,
        'TVD7006',
        { command: 'completion', what: 'a shell' },
        { help: `there are ${SHELLS.join(', ')}` },
      );
    if (!isShell(shell.text))
      throw usage(
        args.line,
        shell.at,
        'TVD7023',
        { shell: shell.text },
        { help: `there are ${SHELLS.join(', ')}` },
      );
    const commands = (await Promise.all(commandNames.map(loadCommand))).filter((one) => one !== null);
    out.write(completionScript(shell.text, commands));
    return EXIT.good;
  },
};
