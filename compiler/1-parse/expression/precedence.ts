import type { IToken } from 'chevrotain';
import type { BinaryOp, ExprAst, TypeAst } from '../ast.ts';

/** An operand with the range that it takes in the text, its parentheses included. */
export type Operand = { readonly node: ExprAst; readonly start: number; readonly end: number };
/** A sequence as written: `- a * not b as int8`. */
export type Item =
  | { readonly kind: 'operand'; readonly operand: Operand }
  | { readonly kind: 'prefix'; readonly op: '-' | 'not'; readonly token: IToken }
  | { readonly kind: 'binary'; readonly op: BinaryOp | RangeOp; readonly token: IToken }
  | { readonly kind: 'as'; readonly to: TypeAst; readonly token: IToken; readonly end: number }
  | { readonly kind: 'is-null'; readonly negated: boolean; readonly token: IToken; readonly end: number };
export type RangeOp = '..' | '..<';

/** How a node is made: ids and spans are the builder's. */
export type Fold = {
  readonly binary: (op: BinaryOp | RangeOp, left: Operand, right: Operand) => ExprAst;
  readonly prefix: (op: '-' | 'not', operand: Operand, start: number) => ExprAst;
  readonly as: (operand: Operand, to: TypeAst, end: number) => ExprAst;
  readonly isNull: (operand: Operand, negated: boolean, end: number) => ExprAst;
};
/** Operators that do not stand together without parentheses: `a < b < c`, `a == not b`, `a as int8 + 1`. */
export type Clash = { readonly first: IToken; readonly second: IToken };

const COMPARISON = 4;
const AS = 5;
const RANGE = 6;
const MINUS = 9;
const POWER = 10;
/** Loosest first. */
export const LEVELS: Readonly<Record<BinaryOp | RangeOp, number>> = {
  implies: 1,
  or: 2,
  and: 3,
  '==': COMPARISON,
  '!=': COMPARISON,
  '<': COMPARISON,
  '<=': COMPARISON,
  '>': COMPARISON,
  '>=': COMPARISON,
  in: COMPARISON,
  'not in': COMPARISON,
  '..': RANGE,
  '..<': RANGE,
  '+': 7,
  '-': 7,
  '*': 8,
  '/': 8,
  '//': 8,
  '%': 8,
  '^': POWER,
};
export const NOT_LEVEL = 3.5;
export const PREFIX_LEVELS = { not: NOT_LEVEL, '-': MINUS } as const;
export const AS_LEVEL = AS;
export const COMPARISON_LEVEL = COMPARISON;
export const RANGE_LEVEL = RANGE;
const rightAssociative = (level: number) => level === POWER || level === LEVELS.implies;
const nonAssociative = (level: number) => level === COMPARISON || level === RANGE;

type Pending = { readonly item: Item & { readonly kind: 'prefix' | 'binary' }; readonly level: number };

/**
 * The tree of a sequence by precedence (Dijkstra's shunting yard), without recursion however long it is.
 * The grammar guarantees operands and operators to alternate.
 */
export function foldSequence(
  items: readonly Item[],
  fold: Fold,
): { readonly operand: Operand } | { readonly clash: Clash } {
  const operands: Operand[] = [];
  const pending: Pending[] = [];
  /** The `as` or `is null` that ended the last operand: only a looser operator may follow. */
  let ended: { readonly level: number; readonly token: IToken } | null = null;

  const reduce = () => {
    const { item } = pending.pop()!;
    const right = operands.pop()!;
    if (item.kind === 'prefix') {
      const start = item.token.startOffset;
      operands.push({ node: fold.prefix(item.op, right, start), start, end: right.end });
    } else {
      const left = operands.pop()!;
      operands.push({ node: fold.binary(item.op, left, right), start: left.start, end: right.end });
    }
  };
  const reduceAbove = (level: number, alsoEqual: boolean) => {
    for (
      let top = pending.at(-1);
      top && (top.level > level || (alsoEqual && top.level === level));
      top = pending.at(-1)
    ) {
      reduce();
    }
  };
  const clashAt = (level: number, second: IToken): Clash | null => {
    if (ended && (level > ended.level || (level === ended.level && nonAssociative(level)))) {
      return { first: ended.token, second };
    }
    const top = pending.at(-1);
    return top && top.level === level && nonAssociative(level) ? { first: top.item.token, second } : null;
  };

  for (const item of items) {
    switch (item.kind) {
      case 'operand':
        operands.push(item.operand);
        break;
      case 'prefix': {
        const level = PREFIX_LEVELS[item.op];
        const top = pending.at(-1);
        if (top && top.level > level && !(item.op === '-' && top.level === POWER)) {
          return { clash: { first: top.item.token, second: item.token } };
        }
        pending.push({ item, level });
        break;
      }
      case 'binary': {
        const level = LEVELS[item.op];
        reduceAbove(level, !rightAssociative(level) && !nonAssociative(level));
        const clash = clashAt(level, item.token);
        if (clash) return { clash };
        pending.push({ item, level });
        ended = null;
        break;
      }
      case 'as': {
        reduceAbove(AS, false);
        const clash = clashAt(AS, item.token);
        if (clash) return { clash };
        const operand = operands.pop()!;
        operands.push({ node: fold.as(operand, item.to, item.end), start: operand.start, end: item.end });
        ended = { level: AS, token: item.token };
        break;
      }
      case 'is-null': {
        reduceAbove(COMPARISON, false);
        const clash = clashAt(COMPARISON, item.token);
        if (clash) return { clash };
        const operand = operands.pop()!;
        operands.push({
          node: fold.isNull(operand, item.negated, item.end),
          start: operand.start,
          end: item.end,
        });
        ended = { level: COMPARISON, token: item.token };
        break;
      }
    }
  }
  reduceAbove(0, false);
  return { operand: operands[0]! };
}
