import type { Command } from '../command.ts';
import { EXIT } from '../exit.ts';
import { usage } from '../failure.ts';

export const schema: Command = {
  name: 'schema',
  summary: 'the JSON Schema of specs, for editors',
  operands: '',
  description:
    'Editors complete and check a spec by it. Put it beside the spec and say so in the spec’s first line:\n' +
    '# yaml-language-server: $schema=./tvdd.schema.json',
  options: {},
  examples: [{ line: 'tvdd schema > tvdd.schema.json', does: 'the schema of this version, as a file' }],
  execute: async (args, { out }) => {
    const [extra] = args.positionals;
    if (extra) throw usage(args.line, extra.at, 'TVD7007', { command: 'schema' });
    const { specSchema } = await import('../../compiler/editor/schema/spec-schema.ts');
    const { standardVocabulary } = await import('../../compiler/editor/schema/vocabulary.ts');
    out.write(`${JSON.stringify(specSchema(standardVocabulary), null, 2)}\n`);
    return EXIT.good;
  },
};
