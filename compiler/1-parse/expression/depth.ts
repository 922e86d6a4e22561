import type { IToken } from 'chevrotain';
import type { ExprAst } from '../ast.ts';
import { childrenOf } from '../children.ts';
import * as t from './tokens.ts';

/** Parentheses within parentheses (brackets, braces, templates, conditions). */
export const DEEPEST = 100;
/** Operators above one another; `a + b + …` is as high as it is long. */
export const HIGHEST = 1_000;

/** The token that opens the level after {@link DEEPEST}, counted before parsing so that no input exhausts the stack. */
export function tooDeep(tokens: readonly IToken[]): IToken | null {
  let depth = 0;
  for (const token of tokens) {
    switch (token.tokenType) {
      case t.OpenParen:
      case t.OpenBracket:
      case t.OpenBrace:
      case t.OpenQuote:
      case t.Hole:
      case t.If:
        if (++depth > DEEPEST) return token;
        break;
      case t.CloseParen:
      case t.CloseBracket:
      case t.CloseBrace:
      case t.CloseQuote:
      case t.Else:
        depth--;
        break;
    }
  }
  return null;
}

/** Whether a tree is higher than {@link HIGHEST}. Later phases walk trees by recursion. */
export function tooHigh(expr: ExprAst): boolean {
  let level: readonly ExprAst[] = [expr];
  for (let height = 0; level.length > 0; height++) {
    if (height > HIGHEST) return true;
    level = level.flatMap(childrenOf);
  }
  return false;
}
