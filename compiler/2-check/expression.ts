import { binaryOperators, unaryOperators } from '../../stdlib/functions/index.ts';
import {
  BOOL,
  DATE,
  DURATION,
  FLOAT64,
  INT64,
  NULL,
  TEXT,
  TIMESTAMP,
  type Type,
} from '../../stdlib/types.ts';
import type { Value } from '../../stdlib/value.ts';
import type { ExprAst } from '../1-parse/ast.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { checkIf, checkMatch } from './branches.ts';
import { checkCall, checkOperator } from './calls.ts';
import { checkCast } from './casts.ts';
import { commonType } from './constants.ts';
import type { Context, Scope } from './context.ts';
import { numeric, union } from './domains.ts';
import { checkDraw } from './draws.ts';
import { note } from './facts.ts';
import { checkField } from './fields.ts';
import { checkIndex } from './index-access.ts';
import { integerHolds } from './integers.ts';
import { bounded, constant, FAULTY, isFaulty, type Known, mergeRoots } from './known.ts';
import { checkName } from './names.ts';
import { checkIsNull } from './nulls.ts';
import { checkTemplate } from './templates.ts';

/** Deeper than anyone writes, and less than the stack holds. */
const DEEPEST = 500;

/** Checks an expression in its scope and writes what it finds into the side tables. Reports each fault once; never throws. */
export function check(context: Context, scope: Scope, expr: ExprAst): Known {
  const { nesting } = context;
  if (nesting.depth >= DEEPEST) {
    if (!nesting.told) context.report(diagnose('TVD2120', {}, { span: expr.span }));
    nesting.told = true;
    return note(context, expr, FAULTY);
  }
  nesting.depth++;
  const known = dispatch(context, { ...scope, depth: scope.depth + 1 }, expr);
  nesting.depth--;
  return note(context, expr, known);
}

function dispatch(context: Context, scope: Scope, expr: ExprAst): Known {
  switch (expr.kind) {
    case 'int':
      return integerHolds(context, expr.value, expr.span) ? constant(INT64, expr.value) : FAULTY;
    case 'real':
      return constant(FLOAT64, expr.value);
    case 'text':
      return constant(TEXT, expr.value);
    case 'bool':
      return constant(BOOL, expr.value);
    case 'null':
      return constant(NULL, null);
    case 'date':
      return constant(DATE, expr.value);
    case 'instant':
      return constant(TIMESTAMP, expr.value);
    case 'duration':
      return constant(DURATION, expr.value);
    case 'range':
      return checkRange(context, scope, expr);
    case 'list':
      return checkList(context, scope, expr);
    case 'template':
      return checkTemplate(context, scope, expr);
    case 'name':
      return checkName(context, scope, expr);
    case 'field':
      return checkField(context, scope, expr);
    case 'index':
      return checkIndex(context, scope, expr);
    case 'call':
      return checkCall(context, scope, expr);
    case 'draw':
      return checkDraw(context, scope, expr);
    case 'unary':
      return checkUnary(context, scope, expr);
    case 'binary':
      return checkBinary(context, scope, expr);
    case 'is-null':
      return checkIsNull(context, scope, expr);
    case 'cast':
      return checkCast(context, scope, expr);
    case 'if':
      return checkIf(context, scope, expr);
    case 'match':
      return checkMatch(context, scope, expr);
    case 'broken':
      return FAULTY;
  }
}

function checkUnary(context: Context, scope: Scope, expr: Extract<ExprAst, { kind: 'unary' }>): Known {
  const { op, operand } = expr;
  if (op === '-' && operand.kind === 'int' && !integerHolds(context, -operand.value, expr.span))
    return FAULTY;
  return checkOperator(context, scope, expr, unaryOperators.get(op) ?? op, [operand]);
}

function checkBinary(context: Context, scope: Scope, expr: Extract<ExprAst, { kind: 'binary' }>): Known {
  const { op, left, right } = expr;
  if ((op === '==' || op === '!=') && (left.kind === 'null' || right.kind === 'null')) {
    const operand = left.kind === 'null' ? right : left;
    check(context, scope, operand);
    context.report(
      diagnose(
        'TVD2119',
        { op },
        { span: expr.span },
        {
          help: [{ text: `null is asked for with \`is\`: \`… is ${op === '!=' ? 'not ' : ''}null\`` }],
        },
      ),
    );
    return FAULTY;
  }
  return checkOperator(context, scope, expr, binaryOperators.get(op) ?? op, [left, right]);
}

/** `a..b`: both ends of one type that has an order. */
function checkRange(context: Context, scope: Scope, expr: Extract<ExprAst, { kind: 'range' }>): Known {
  const lo = check(context, scope, expr.lo);
  const hi = check(context, scope, expr.hi);
  if (isFaulty(lo) || isFaulty(hi)) return FAULTY;
  const of = commonType(lo.type, hi.type);
  if (!of || !['int', 'float', 'decimal', 'date', 'timestamp', 'duration'].includes(of.kind)) {
    context.report(
      diagnose('TVD2114', { lo: kindName(lo.type), hi: kindName(hi.type) }, { span: expr.span }),
    );
    return FAULTY;
  }
  const [a, b] = [numeric(lo.domain), numeric(hi.domain)];
  if (a && b && (a.lo > b.hi || (expr.halfOpen && a.lo === b.hi))) {
    context.report(diagnose('TVD2207', {}, { span: expr.span, text: 'holds no value' }));
    return FAULTY;
  }
  const known = bounded({ kind: 'range', of }, union(lo.domain, hi.domain), mergeRoots([lo, hi]));
  if (lo.value === undefined || hi.value === undefined)
    return { ...known, attained: lo.attained && hi.attained };
  const widen = (value: Value): Value =>
    of.kind === 'float' && typeof value === 'bigint' ? Number(value) : value;
  return { ...known, value: [widen(lo.value), widen(hi.value), expr.halfOpen] };
}

const kindName = (type: Type) => (type.kind === 'int' || type.kind === 'float' ? 'number' : type.kind);

function checkList(context: Context, scope: Scope, expr: Extract<ExprAst, { kind: 'list' }>): Known {
  const items = expr.items.map((item) => check(context, scope, item));
  let of: Type | null = NULL;
  for (const item of items) of = of && commonType(of, item.type);
  if (of === null) {
    context.report(diagnose('TVD2113', { what: 'the list' }, { span: expr.span }));
    return FAULTY;
  }
  if (of.kind === 'error') return FAULTY;
  const type: Type = { kind: 'list', of };
  const values = items.map((item) => item.value);
  const roots = mergeRoots(items);
  const known = bounded(type, { kind: 'any', nullable: false }, roots);
  if (values.every((value) => value !== undefined)) return { ...known, value: values };
  context.report(diagnose('TVD2908', { what: 'a list whose items vary by row' }, { span: expr.span }));
  return known;
}
