import type { Source } from '../1-parse/source.ts';
import { ESSENTIAL, rules } from '../4-optimize/rules/index.ts';
import { analyse, type CompileOptions, compile } from '../compile.ts';
import type { Outcome } from '../diagnostics/diagnostic.ts';
import { excerptIn } from '../text-layout.ts';
import type { Compared } from './diff.ts';

/** A spec made ready to be compared: compiled as it would run, and analysed without the rules that rewrite it. */
export function comparable(source: Source, options: CompileOptions): Outcome<Compared> {
  const { plan, blobs, diagnostics } = compile(source, options);
  const without = rules.map(({ name }) => name).filter((name) => !ESSENTIAL.has(name));
  const { logical, layout } = analyse(source, { ...options, without });
  if (!plan || !logical) return { value: null, diagnostics };
  const excerpt: Compared['excerpt'] = (span) => excerptIn(layout, span);
  return { value: { logical, physical: plan, blobs, excerpt }, diagnostics };
}
