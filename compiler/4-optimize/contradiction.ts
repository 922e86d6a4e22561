import type { Span } from '../1-parse/source.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';

type Condition = { readonly name: string; readonly span: Span };

/** What can never hold: one constraint, of which `text` says why, or several together. */
export function contradiction(guilty: readonly Condition[], text: string): Diagnostic {
  const [first, ...others] = guilty;
  if (!first) throw new Error('a contradiction of nothing');
  if (others.length === 0) return diagnose('TVD4001', { constraint: first.name }, { span: first.span, text });
  return diagnose(
    'TVD4002',
    { constraints: guilty.map(({ name }) => `\`${name}\``).join(', ') },
    { span: first.span, text: 'this' },
    { secondary: others.map(({ span }) => ({ span, text: 'and this' })) },
  );
}
