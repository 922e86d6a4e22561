import { nearest } from '../../compiler/diagnostics/nearest.ts';
import type { Item } from '../../compiler/editor/library.ts';
import type { Arguments } from '../arguments.ts';
import { isOn } from '../arguments.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit.ts';
import { usage } from '../failure.ts';
import type { Channel } from '../output.ts';
import { renderMarkdown } from '../terminal/markdown.ts';
import { padEnd, wrap } from '../terminal/width.ts';

export const docs: Command = {
  name: 'docs',
  summary: 'the page of a law, a function, an attribute; or a list of them',
  operands: '[KIND] [NAME]',
  description:
    'What the language offers, from the declarations that the compiler itself reads. KIND is law, function or attribute.',
  options: { json: { summary: 'names, kinds, summaries and pages as one JSON array' } },
  examples: [
    { line: 'tvdd docs', does: 'every law, function and attribute in a line' },
    { line: 'tvdd docs normal', does: 'its parameters, formula, source, examples' },
    { line: 'tvdd docs attribute missing', does: 'the key of that name only' },
  ],
  execute: async (args, { out }) => {
    const { KINDS, libraryItems } = await import('../../compiler/editor/library.ts');
    const { standardVocabulary } = await import('../../compiler/editor/schema/vocabulary.ts');
    const all = libraryItems(standardVocabulary);
    const kind = KINDS.find((name) => name === args.positionals[0]?.text);
    const [name, extra] = kind ? args.positionals.slice(1) : args.positionals;
    if (extra) throw usage(args.line, extra.at, 'TVD7007', { command: 'docs' });
    const items = all.filter((item) => (!kind || item.kind === kind) && (!name || item.name === name.text));
    if (name && items.length === 0) throw unknown(args, name, all);
    if (isOn(args, 'json')) {
      const plain = items.map(({ page, ...item }) => ({ ...item, page: page() }));
      out.write(`${JSON.stringify(plain, null, 2)}\n`);
    } else if (name) {
      const page = items.map((item) => item.page()).join('\n');
      out.write(out.color ? renderMarkdown(page, out.style) : page);
    } else out.write(list(items, out));
    return EXIT.good;
  },
};

function unknown(
  args: Arguments,
  name: { readonly text: string; readonly at: number },
  all: readonly Item[],
): Error {
  const near = nearest(
    name.text,
    all.map((item) => item.name),
  );
  const hints = near ? { label: `did you mean ${near}?` } : { help: '`tvdd docs` lists them' };
  return usage(args.line, name.at, 'TVD7019', { name: name.text }, hints);
}

const HEADINGS = { law: 'Laws', function: 'Functions and operators', attribute: 'Attributes' } as const;

function list(items: readonly Item[], { style, width }: Channel): string {
  const margin = Math.max(...items.map(({ name }) => name.length)) + 4;
  const lines = (kind: Item['kind']): readonly string[] => {
    const some = items.filter((item) => item.kind === kind);
    const rows = some.flatMap(({ name, summary }) =>
      wrap(summary, Math.max(30, Math.min(width, 110) - margin)).map(
        (line, part) => `${part === 0 ? padEnd(`  ${name}`, margin) : ' '.repeat(margin)}${line}`,
      ),
    );
    return some.length > 0 ? [style.bold(HEADINGS[kind]), ...rows, ''] : [];
  };
  return [...lines('law'), ...lines('function'), ...lines('attribute')].join('\n');
}
