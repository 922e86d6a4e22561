import { readFileSync } from 'node:fs';
import { type Compiled, compile } from '../../compiler/compile.ts';
import type { Explanation } from '../../compiler/explain/tree.ts';
import { probe } from '../../runtime/probe/probe.ts';

export type Explained = Compiled & {
  readonly plan: NonNullable<Compiled['plan']>;
  readonly explain: Explanation;
};

/** A spec of the repository (`config/media_dataset.yaml`), compiled with its estimates. */
export function explained(path: string, without: readonly string[] = []): Explained {
  const file = new URL(`../../${path}`, import.meta.url);
  const host = { readFile: (name: string) => readFileSync(new URL(name, file)) };
  const source = { name: path, text: readFileSync(file, 'utf8') };
  const compiled = compile(source, { host, version: 'test', probe, without });
  const { plan, explain } = compiled;
  if (!plan || !explain)
    throw new Error(compiled.diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n'));
  return { ...compiled, plan, explain };
}
