import type { Domain } from '../../stdlib/domain.ts';
import { showType, TEXT } from '../../stdlib/types.ts';
import type { ExprAst } from '../1-parse/ast.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Context, Scope } from './context.ts';
import { lengths, numeric, textOf } from './domains.ts';
import { check } from './expression.ts';
import { bounded, constant, FAULTY, isFaulty, type Known, mergeRoots } from './known.ts';

type Lengths = { readonly minLength: number; readonly maxLength: number; readonly maxBytes: number };

/** `"{a} of {b}"`: holes take what has one obvious spelling. */
export function checkTemplate(
  context: Context,
  scope: Scope,
  expr: Extract<ExprAst, { kind: 'template' }>,
): Known {
  let total: Lengths = { minLength: 0, maxLength: 0, maxBytes: 0 };
  let nullable = false;
  let faulty = false;
  const holes: Known[] = [];
  for (const part of expr.parts) {
    if (part.kind === 'literal') {
      total = plus(total, textOf([part.text]));
      continue;
    }
    const known = check(context, scope, part.expr);
    const size = holeSize(known);
    if (isFaulty(known)) faulty = true;
    else if (!size) {
      faulty = true;
      const real = known.type.kind === 'float' || known.type.kind === 'decimal';
      context.report(
        diagnose(
          'TVD2108',
          { type: showType(known.type) },
          { span: part.expr.span, text: showType(known.type) },
          {
            notes: ['holes take text, enum, integer, bool and date'],
            help: real ? [{ text: 'say how it is written: `round(…) as int64`, or a text' }] : [],
          },
        ),
      );
    } else total = plus(total, size);
    nullable ||= known.domain.nullable;
    holes.push(known);
  }
  if (faulty) return FAULTY;
  const text = expr.parts.map((part) =>
    part.kind === 'literal' ? part.text : constantText(context, part.expr),
  );
  if (text.every((part) => part !== null)) return constant(TEXT, text.join(''));
  const known = bounded(TEXT, { kind: 'text', ...total, nullable }, mergeRoots(holes));
  return { ...known, attained: holes.length <= 1 };
}

const plus = (a: Lengths, b: Lengths): Lengths => ({
  minLength: a.minLength + b.minLength,
  maxLength: a.maxLength + b.maxLength,
  maxBytes: a.maxBytes + b.maxBytes,
});

function constantText(context: Context, expr: ExprAst): string | null {
  const value = context.values.get(expr.id);
  const type = context.types.get(expr.id);
  if (typeof value === 'string') return value;
  return typeof value === 'bigint' && type?.kind === 'int' ? String(value) : null;
}

/** The lengths of a hole's texts, or null where its type is none of those allowed. */
function holeSize(known: Known): Lengths | null {
  switch (known.type.kind) {
    case 'text':
    case 'enum':
      return lengths(known.domain) ?? (known.type.kind === 'enum' ? textOf(known.type.values) : UNBOUNDED);
    case 'int':
      return digits(known.domain);
    case 'bool':
      return { minLength: 4, maxLength: 5, maxBytes: 5 };
    case 'date':
      return { minLength: 10, maxLength: 10, maxBytes: 10 };
    case 'null':
      return { minLength: 0, maxLength: 0, maxBytes: 0 };
    default:
      return null;
  }
}

const UNBOUNDED: Lengths = { minLength: 0, maxLength: Infinity, maxBytes: Infinity };

function digits(domain: Domain): Lengths {
  const range = numeric(domain);
  if (!range) return { minLength: 1, maxLength: 20, maxBytes: 20 };
  const width = (x: number) => (Number.isFinite(x) && Math.abs(x) < 1e15 ? String(Math.trunc(x)).length : 20);
  const maxLength = Math.min(20, Math.max(width(range.lo), width(range.hi)));
  const spansZero = range.lo <= 9 && range.hi >= 0;
  const minLength = spansZero ? 1 : Math.min(width(range.lo), width(range.hi));
  return { minLength, maxLength, maxBytes: maxLength };
}
