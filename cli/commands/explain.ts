import { nearest } from '../../compiler/diagnostics/nearest.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit.ts';
import { usage } from '../failure.ts';
import { renderMarkdown } from '../terminal/markdown.ts';

export const explain: Command = {
  name: 'explain',
  summary: 'the page of a diagnostic: what it means, a wrong and a right example',
  operands: 'CODE',
  description: 'Every error and warning has a code, and every code a page.',
  options: {},
  examples: [{ line: 'tvdd explain TVD1001', does: 'what a message with that code means' }],
  execute: async (args, { out }) => {
    const { codes, explainCode } = await import('../../compiler/diagnostics/explain-code.ts');
    const [word, extra] = args.positionals;
    const end = args.line.source.text.length;
    if (!word)
      throw usage(
        args.line,
        end,
        'TVD7006',
        { command: 'explain', what: 'a code' },
        { help: 'codes look like TVD1001' },
      );
    if (extra) throw usage(args.line, extra.at, 'TVD7007', { command: 'explain' });
    const page = explainCode(word.text);
    if (page === null) {
      const near = nearest(word.text.toUpperCase(), codes);
      throw usage(
        args.line,
        word.at,
        'TVD7013',
        { code: word.text },
        near ? { label: `did you mean ${near}?` } : {},
      );
    }
    out.write(out.color ? renderMarkdown(page, out.style) : page);
    return EXIT.good;
  },
};
