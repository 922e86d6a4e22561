import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nearest } from '../../compiler/diagnostics/nearest.ts';
import type { Arguments, Word } from '../arguments.ts';
import type { Command } from '../command.ts';
import { systemReason } from '../errors.ts';
import { EXIT } from '../exit.ts';
import { failure, usage } from '../failure.ts';
import { invocation, shellWord } from '../invocation.ts';
import type { Channel } from '../output.ts';
import { type Template, templates } from '../templates.ts';
import { padEnd } from '../terminal/width.ts';

const SCHEMA = 'tvdd.schema.json';

export const init: Command = {
  name: 'init',
  summary: 'start a spec from a template; without one, list the templates',
  operands: '[TEMPLATE] [DIR]',
  description:
    'Writes the spec, its data and the JSON Schema for editors into a folder: DIR, or one named as the template. Nothing that is ' +
    'there is overwritten.',
  options: {},
  examples: [
    { line: 'tvdd init', does: 'the templates, a line each' },
    { line: 'tvdd init quickstart', does: 'quickstart/spec.yaml, ready to sample and to run' },
    { line: 'tvdd init quickstart shop', does: 'the same in a folder of that name' },
  ],
  execute: async (args, { out }) => {
    const [name, folder, extra] = args.positionals;
    if (extra) throw usage(args.line, extra.at, 'TVD7007', { command: 'init' });
    const all = templates();
    if (!name) {
      const margin = Math.max(...all.map((template) => template.name.length)) + 4;
      const lines = all.map((template) => `${padEnd(`  ${template.name}`, margin)}${template.summary}\n`);
      out.write(`${out.style.bold('Templates')}\n${lines.join('')}`);
      return EXIT.good;
    }
    const template = all.find((candidate) => candidate.name === name.text) ?? unknown(args, name, all);
    const target = folder?.text ?? template.name;
    const files = await contents(template);
    const there = files.map(([file]) => join(target, file)).find((path) => existsSync(path));
    if (there !== undefined)
      throw failure('TVD7021', { path: there }, EXIT.usage, 'name another folder: `tvdd init TEMPLATE DIR`');
    for (const [file, bytes] of files) write(join(target, file), bytes);
    out.write(written(target, files, out));
    return EXIT.good;
  },
};

function unknown(args: Arguments, name: Word, all: readonly Template[]): never {
  const names = all.map((template) => template.name);
  const near = nearest(name.text, names);
  const hints = near ? { label: `did you mean \`${near}\`?` } : { help: `there are ${names.join(', ')}` };
  throw usage(args.line, name.at, 'TVD7020', { name: name.text }, hints);
}

/** The template's files, its spec naming the schema beside it. */
async function contents(template: Template): Promise<readonly (readonly [string, Uint8Array])[]> {
  const { specSchema } = await import('../../compiler/editor/schema/spec-schema.ts');
  const { standardVocabulary } = await import('../../compiler/editor/schema/vocabulary.ts');
  const schema = `${JSON.stringify(specSchema(standardVocabulary), null, 2)}\n`;
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const files = template.files.map((file) => {
    const bytes = template.read(file);
    if (file !== 'spec.yaml') return [file, bytes] as const;
    const text = new TextDecoder().decode(bytes).replace(/^# yaml-language-server:.*\n/, '');
    return [file, encode(`# yaml-language-server: $schema=./${SCHEMA}\n${text}`)] as const;
  });
  return [...files, [SCHEMA, encode(schema)]];
}

function write(path: string, bytes: Uint8Array): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes, { flag: 'wx' });
  } catch (error) {
    throw failure('TVD7022', { path, reason: systemReason(error) }, EXIT.run);
  }
}

function written(
  target: string,
  files: readonly (readonly [string, Uint8Array])[],
  { style }: Channel,
): string {
  const spec = shellWord(join(target, 'spec.yaml'));
  return [
    ...files.map(([file]) => style.dim(`wrote ${join(target, file)}`)),
    '',
    'next:',
    `  ${invocation()} sample ${spec}`,
    `  ${invocation()} run ${spec} --out ${shellWord(join(target, 'out'))}`,
    '',
  ].join('\n');
}
