import type { Expr } from '../3-plan/expr.ts';

/** `a and b` is not false where neither is, nulls included: what must each hold. */
export const conjuncts = (expr: Expr): readonly Expr[] =>
  expr.op === 'call' && expr.fn === 'and'
    ? expr.args.flatMap((arg) => (arg === null ? [] : conjuncts(arg)))
    : [expr];
