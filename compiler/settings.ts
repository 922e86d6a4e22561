import type { LetAst, NodeId, SpecAst } from './1-parse/ast.ts';
import { createContext, plainText } from './1-parse/context.ts';
import { readExpression } from './1-parse/expression/parse-expression.ts';
import { diagnose } from './diagnostics/diagnose.ts';
import type { Outcome } from './diagnostics/diagnostic.ts';
import { nearest } from './diagnostics/nearest.ts';
import type { TextLayout } from './text-layout.ts';

/** What a command line says of a constant: `vat=0.06`, the value being an expression. */
export type Setting = { readonly text: string };

/** Ids that no parse of a spec or of a condition reaches. */
const FIRST_ID: NodeId = 2 ** 41;

/** The spec with constants of `let:` as they are set. `first`: which text of the layout is the first setting's. */
export function settled(
  spec: SpecAst,
  layout: TextLayout,
  settings: readonly Setting[],
  first: number,
): Outcome<SpecAst> & { readonly value: SpecAst } {
  const context = createContext(FIRST_ID);
  const lets = new Map<string, LetAst>(spec.lets.map((entry) => [entry.name.text, entry]));
  for (const [i, { text }] of settings.entries()) {
    const start = layout.starts[first + i]!;
    const cut = text.indexOf('=');
    const name = text.slice(0, cut).trim();
    const known = lets.get(name);
    if (!known) {
      const near = nearest(name, lets.keys());
      const span = { start, end: start + cut };
      const label = near === null ? {} : { text: `did you mean \`${near}\`?` };
      context.report(diagnose('TVD4205', { name }, { span, ...label }));
      continue;
    }
    const value = readExpression(plainText(text.slice(cut + 1), start + cut + 1), context);
    lets.set(name, { ...known, value });
  }
  return { value: { ...spec, lets: [...lets.values()] }, diagnostics: context.diagnostics };
}
