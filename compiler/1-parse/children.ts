import type { ArgAst, ExprAst } from './ast.ts';

const ofArgs = (args: readonly ArgAst[]): ExprAst[] =>
  args.flatMap(({ key, value }) => (key ? [key, value] : [value]));

/** The expressions directly inside an expression, in source order. */
export function childrenOf(expr: ExprAst): readonly ExprAst[] {
  switch (expr.kind) {
    case 'int':
    case 'real':
    case 'text':
    case 'bool':
    case 'null':
    case 'date':
    case 'instant':
    case 'duration':
    case 'name':
    case 'broken':
      return [];
    case 'range':
      return [expr.lo, expr.hi];
    case 'list':
      return expr.items;
    case 'template':
      return expr.parts.flatMap((part) => (part.kind === 'hole' ? [part.expr] : []));
    case 'field':
      return [expr.of];
    case 'index':
      return [expr.of, expr.index];
    case 'call':
      return ofArgs(expr.args);
    case 'draw':
      return expr.within ? [...ofArgs(expr.args), expr.within] : ofArgs(expr.args);
    case 'unary':
    case 'is-null':
    case 'cast':
      return [expr.operand];
    case 'binary':
      return [expr.left, expr.right];
    case 'if':
      return [expr.condition, expr.then, expr.otherwise];
    case 'match':
      return [expr.subject, ...expr.arms.flatMap((arm) => [...(arm.patterns ?? []), arm.value])];
  }
}
