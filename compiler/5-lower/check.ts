import type { Span } from '../1-parse/source.ts';
import type { Expr } from '../3-plan/expr.ts';
import { lowerToSlot } from './expression.ts';
import type { CheckPart, GroupCheck } from './physical-plan.ts';
import type { TableLowering } from './table-lowering.ts';

/** A constraint that candidates are judged by, with what it is computed from where it stands in the spec. */
export function lowerCheck(span: Span, predicate: Expr, table: TableLowering): GroupCheck {
  const parts = new Map<string, CheckPart>();
  const when = predicate.op === 'if' ? predicate.condition.span : span;
  const seen: TableLowering['seen'] = (expr, { step }) => {
    const inside = isWithin(expr.span, span) || isWithin(expr.span, when);
    const { start, end } = expr.span;
    // The whole is false, and what a row refers to has no value of its own.
    if (!inside || (start === span.start && end === span.end) || !isShown(expr)) return;
    parts.set(`${start} ${end}`, { ...table.place(expr.span), step, type: expr.type });
  };
  const { step } = lowerToSlot(predicate, { ...table, seen });
  return { ...table.place(span), step, parts: [...parts.values()] };
}

const isWithin = (inner: Span, outer: Span): boolean => inner.start >= outer.start && inner.end <= outer.end;
const isShown = ({ type }: Expr): boolean => type.kind !== 'ref' && type.kind !== 'row';
