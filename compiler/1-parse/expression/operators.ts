import type { TokenType } from 'chevrotain';
import type { BinaryOp } from '../ast.ts';
import type { RangeOp } from './precedence.ts';
import * as t from './tokens.ts';

/** What the tokens between operands mean; `not in` is two. */
export const OPERATORS: ReadonlyMap<TokenType, BinaryOp | RangeOp> = new Map([
  [t.Implies, 'implies'],
  [t.Or, 'or'],
  [t.And, 'and'],
  [t.In, 'in'],
  [t.Equal, '=='],
  [t.NotEqual, '!='],
  [t.Less, '<'],
  [t.LessEqual, '<='],
  [t.Greater, '>'],
  [t.GreaterEqual, '>='],
  [t.RangeClosed, '..'],
  [t.RangeHalf, '..<'],
  [t.Plus, '+'],
  [t.Minus, '-'],
  [t.Times, '*'],
  [t.Divide, '/'],
  [t.FloorDivide, '//'],
  [t.Modulo, '%'],
  [t.Power, '^'],
]);
