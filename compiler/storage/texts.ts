import type { ScalarMath } from '../../stdlib/define.ts';
import { isMap } from '../../stdlib/value.ts';
import type { Expr, UniquePiece } from '../3-plan/expr.ts';
import type { LogicalTable } from '../3-plan/logical-plan.ts';
import { distinctAmong, even } from './recurrence.ts';

/** What a text is put together from, row after row. */
export type TextModel =
  /** One of `values` many texts, of `bytes` on the average. */
  | { readonly kind: 'word'; readonly bytes: number; readonly values: number }
  /** What no other row has: digits, keys. */
  | { readonly kind: 'fresh'; readonly bytes: number }
  | { readonly kind: 'joined'; readonly parts: readonly TextModel[] }
  | { readonly kind: 'either'; readonly branches: readonly TextModel[] };

export function textModel(expr: Expr, table: LogicalTable): TextModel {
  const { type, domain } = expr;
  if (type.kind === 'enum') return words(type.values);
  switch (expr.op) {
    case 'constant':
      return literal(expr.value === null ? '' : String(expr.value));
    case 'column': {
      const column = table.columns.find(({ path }) => path === expr.path);
      return column ? textModel(column.expr, table) : unknown(expr);
    }
    case 'template':
      return {
        kind: 'joined',
        parts: expr.parts.map((part) => (typeof part === 'string' ? literal(part) : textModel(part, table))),
      };
    case 'unique-text':
      return {
        kind: 'joined',
        parts: expr.parts.map((part) => (typeof part === 'string' ? literal(part) : pieceModel(part))),
      };
    case 'if':
      return { kind: 'either', branches: [textModel(expr.then, table), textModel(expr.otherwise, table)] };
    case 'index':
      return expr.of.op === 'constant' && expr.of.value !== null && isMap(expr.of.value)
        ? words([...expr.of.value.map.values()].map(String))
        : unknown(expr);
    case 'cast':
      return expr.of.type.kind === 'text' ? textModel(expr.of, table) : unknown(expr);
    default:
      // A change of case, and other functions of one text.
      return expr.op === 'call' && expr.args.length === 1 && expr.args[0] && domain.kind === 'text'
        ? textModel(expr.args[0], table)
        : unknown(expr);
  }
}

const literal = (text: string): TextModel => ({ kind: 'word', bytes: Buffer.byteLength(text), values: 1 });

function words(texts: readonly string[]): TextModel {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / Math.max(1, texts.length);
  return { kind: 'word', bytes, values: Math.max(1, texts.length) };
}

const pieceModel = ({ lists }: UniquePiece): TextModel => words([...new Set(lists.flat())]);

/** Digits of a number without bounds, and the longest text of those that are not looked into. */
const DIGITS = 8;
const LONGEST = 64;

function unknown({ type, domain }: Expr): TextModel {
  if (domain.kind === 'text') return { kind: 'fresh', bytes: Math.min(domain.maxBytes, LONGEST) / 2 };
  if (domain.kind !== 'interval' || type.kind !== 'int') return { kind: 'fresh', bytes: DIGITS };
  const most = Math.max(Math.abs(domain.lo), Math.abs(domain.hi));
  return { kind: 'fresh', bytes: Number.isFinite(most) ? most.toFixed(0).length : DIGITS };
}

export function meanBytes(model: TextModel): number {
  switch (model.kind) {
    case 'word':
    case 'fresh':
      return model.bytes;
    case 'joined':
      return model.parts.reduce((sum, part) => sum + meanBytes(part), 0);
    case 'either':
      return model.branches.reduce((sum, part) => sum + meanBytes(part), 0) / model.branches.length;
  }
}

/** A copy takes three bytes, and copies at most 64. */
export const SNAPPY_COPY = 3;
const LONGEST_COPY = 64;

/** Bytes of a text after snappy, among `rows` rows that it looks back at: a piece that it has seen is a copy. */
export function snappyBytes(model: TextModel, rows: number, math: ScalarMath): number {
  switch (model.kind) {
    case 'word': {
      if (model.values === 1) return 0;
      const fresh = distinctAmong(even(model.values), rows, math) / rows;
      const copy = Math.min(model.bytes, SNAPPY_COPY * Math.ceil(model.bytes / LONGEST_COPY));
      return fresh * (1 + unseen(model.bytes)) + (1 - fresh) * copy;
    }
    case 'fresh':
      return model.bytes;
    case 'joined':
      return model.parts.reduce((sum, part) => sum + snappyBytes(part, rows, math), 0);
    case 'either':
      return (
        model.branches.reduce((sum, part) => sum + snappyBytes(part, rows, math), 0) / model.branches.length
      );
  }
}

/** A phrase that is new shares words with others: seen in English of which phrases of 20 to 40 bytes were drawn. */
const unseen = (bytes: number): number => Math.min(bytes, 8) + 0.7 * Math.max(0, bytes - 8);
