import type { ExprAst } from '../1-parse/ast.ts';
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
