import type { ArgAst, DrawAst } from '../1-parse/ast.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Context, Scope } from './context.ts';
import { check } from './expression.ts';
import { FAULTY, type Known } from './known.ts';
import { laterLaws } from './later.ts';
import { didYouMean, suggestion } from './names.ts';

/** What other libraries call laws. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['gaussian', 'normal'],
  ['norm', 'normal'],
  ['lognorm', 'lognormal'],
  ['expon', 'exponential'],
  ['gaussian_mixture', 'categorical'],
  ['category', 'categorical'],
  ['choice', 'categorical'],
  ['power_law', 'zipf'],
  ['zipfian', 'zipf'],
  ['sequence', 'permutation'],
  ['foreign_key', 'ref'],
]);

export function unknownLaw(context: Context, scope: Scope, expr: DrawAst): Known {
  checkLoosely(context, scope, expr.args);
  const name = expr.law.text;
  if (laterLaws.has(name)) {
    context.report(diagnose('TVD2904', { law: name }, { span: expr.law.span }));
    return FAULTY;
  }
  const notes = context.functions.has(name) ? [`\`${name}\` is a function: it is called without \`~\``] : [];
  const lets = [...context.lets.values()]
    .filter((entry) => entry.ast.value.kind === 'call')
    .map((entry) => entry.ast.name.text);
  context.report(
    diagnose(
      'TVD2004',
      { name },
      { span: expr.law.span },
      {
        help: OTHER_NAMES.has(name)
          ? [didYouMean(OTHER_NAMES.get(name) ?? name, expr.law.span)]
          : suggestion(expr.law, [...context.laws.keys(), ...lets, ...laterLaws]),
        notes,
      },
    ),
  );
  return FAULTY;
}

/** The names in the arguments of a law that is not known: what may be a table of whichever kind is left out. */
export function checkLoosely(context: Context, scope: Scope, args: readonly ArgAst[]): void {
  for (const arg of args) {
    const bare =
      arg.value.kind === 'name' && (context.tables.has(arg.value.name) || context.data.has(arg.value.name));
    if (!bare) check(context, scope, arg.value);
  }
}
