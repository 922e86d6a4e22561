import type { ExprAst } from '../1-parse/ast.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Context } from './context.ts';
import type { Known } from './known.ts';
import type { Meaning } from './typed-spec.ts';

/** Writes what is known of an expression into the side tables, and gives it back. */
export function note(context: Context, expr: { readonly id: number }, known: Known): Known {
  context.types.set(expr.id, known.type);
  context.domains.set(expr.id, known.domain);
  if (known.value !== undefined) context.values.set(expr.id, known.value);
  if (known.cases !== undefined) context.cases.set(expr.id, known.cases);
  return known;
}

export const mean = (context: Context, expr: ExprAst, meaning: Meaning): void => {
  context.meanings.set(expr.id, meaning);
};

/**
 * A list or map that the row chooses (`language_of[region]`) stands in laws and indexes only: it is no value that a row
 * holds. Reports and returns false elsewhere.
 */
export function isValue(context: Context, expr: ExprAst, known: Known): boolean {
  const { kind } = known.type;
  if ((kind !== 'list' && kind !== 'map') || known.value !== undefined || known.cases === undefined)
    return true;
  context.report(
    diagnose('TVD2908', { what: `a ${kind} chosen by the row, outside of laws,` }, { span: expr.span }),
  );
  return false;
}
