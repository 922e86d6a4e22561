import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hostOf } from '../../cli/spec-file.ts';
import { type Compiled, type CompileOptions, compile } from '../../compiler/compile.ts';

const root = join(import.meta.dirname, '../..');

/** A spec of the repository, compiled. */
export function compiledFrom(path: string, options: Partial<CompileOptions> = {}) {
  const file = join(root, path);
  const source = { name: path, text: readFileSync(file, 'utf8') };
  const compiled: Compiled = compile(source, {
    host: hostOf(join(dirname(file), 'spec')),
    version: 'test',
    ...options,
  });
  const { plan } = compiled;
  if (!plan) throw new Error(compiled.diagnostics.map(({ message }) => message).join('; '));
  return { ...compiled, plan };
}
