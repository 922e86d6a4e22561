import type { Domain } from '../../stdlib/domain.ts';
import { canCast, intRange } from '../../stdlib/functions/cast.ts';
import { showType, type Type } from '../../stdlib/types.ts';
import type { Value } from '../../stdlib/value.ts';
import type { ExprAst } from '../1-parse/ast.ts';
import type { Span } from '../1-parse/source.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Help } from '../diagnostics/diagnostic.ts';
import { checkMember } from './compatible.ts';
import { sameType } from './constants.ts';
import type { Context, Scope } from './context.ts';
import {
  domainOfType,
  FLOAT32_MAX,
  type Interval,
  intersect,
  interval,
  numeric,
  withNull,
} from './domains.ts';
import { check } from './expression.ts';
import { foldCast } from './fold.ts';
import { FAULTY, isFaulty, type Known } from './known.ts';
import { showDomain, showNumber } from './show-domain.ts';
import { typeOf } from './type-names.ts';

export function checkCast(context: Context, scope: Scope, expr: Extract<ExprAst, { kind: 'cast' }>): Known {
  const operand = check(context, scope, expr.operand);
  const to = typeOf(context, expr.to);
  return to ? convert(context, operand, to, expr.operand, expr.span) : FAULTY;
}

/** `as T`, and what `type:` asks for: the same conversion, which loses no value silently. `expr` is what is converted. */
export function convert(context: Context, from: Known, to: Type, expr: ExprAst, span: Span): Known {
  if (isFaulty(from)) return FAULTY;
  const target = to.kind === 'enum' && to.values.length === 0 ? enumOfDomain(from) : to;
  if (target === null || !canCast(from.type, target)) {
    context.report(
      diagnose(
        'TVD2109',
        { from: showType(from.type), to: target === null ? 'enum' : showType(target) },
        { span, text: `this is ${showType(from.type)}` },
        {
          help: wayOut(from.type, to),
        },
      ),
    );
    return FAULTY;
  }
  if (
    target.kind === 'enum' &&
    !checkMember(context, { ...from, type: target, value: undefined }, expr, from)
  )
    return FAULTY;
  if (!inRange(context, from, target, expr)) return FAULTY;
  return foldCast(context, from.value, from.type, converted(from, target));
}

function enumOfDomain(from: Known): Type | null {
  if (from.type.kind === 'enum') return from.type;
  if (from.type.kind !== 'text' || from.domain.kind !== 'set') return null;
  return { kind: 'enum', values: from.domain.values.map(String) };
}

function wayOut(from: Type, to: Type): readonly Help[] {
  if (from.kind === 'vector' && to.kind === 'vector') {
    const text = `a vector of ${from.dims} components does not become one of ${to.dims}: project it, or declare \`vector[${from.dims}]\``;
    return [{ text }];
  }
  if (from.kind === 'timestamp' && to.kind === 'date')
    return [{ text: '`date(…)` is the day of an instant, `date(…, tz=…)` on the clock of a zone' }];
  return [];
}

const NUMERIC: ReadonlySet<Type['kind']> = new Set(['int', 'float', 'decimal']);

/** Out of range: an error where one draw or constant attains it, else a warning. */
function inRange(context: Context, from: Known, to: Type, expr: ExprAst): boolean {
  const range = numeric(from.likely);
  const room = roomOf(context, to);
  if (!range || !room || !NUMERIC.has(from.type.kind)) return true;
  const rounded = to.kind === 'int' ? roundedOf(range) : range;
  if (rounded.lo >= room.lo && rounded.hi <= room.hi) return true;
  const unsigned = to.kind === 'int' && to.bits === 64 && !to.signed;
  if (unsigned && from.attained && rounded.lo >= 0 && rounded.hi <= 2 ** 64) {
    context.report(diagnose('TVD2910', { value: showNumber(rounded.hi) }, { span: expr.span }));
    return false;
  }
  const params = {
    to: showType(to),
    values: showDomain(range, from.type),
    range: `${showNumber(room.lo)} .. ${showNumber(room.hi)}`,
  };
  const place = { span: expr.span, text: `here ${showDomain(range, from.type)}` };
  if (from.attained && from.roots.size <= 1) {
    const unbounded =
      from.domain.kind === 'interval' &&
      !(Number.isFinite(from.domain.lo) && Number.isFinite(from.domain.hi));
    context.report(
      diagnose('TVD2202', params, place, {
        notes: unbounded
          ? ['the law is unbounded: these are its values but for a probability of 10^-12']
          : [],
        help: [
          to.kind === 'ref'
            ? { text: `the rows of \`${to.table}\` are numbered from 0` }
            : {
                text: `bound it: \`… within ${showNumber(Math.max(room.lo, -1e15))}..${showNumber(Math.min(room.hi, 1e15))}\`, or take a wider type`,
              },
        ],
      }),
    );
    return false;
  }
  context.report(diagnose('TVD2203', params, place));
  return true;
}

function roomOf(context: Context, to: Type): { readonly lo: number; readonly hi: number } | null {
  switch (to.kind) {
    case 'int': {
      const [lo, hi] = intRange(to);
      return { lo: Number(lo), hi: Number(hi) };
    }
    case 'float':
      return to.bits === 32 ? { lo: -FLOAT32_MAX, hi: FLOAT32_MAX } : null;
    case 'decimal': {
      const most = Number(`1e${to.precision - to.scale}`);
      return { lo: -most, hi: most };
    }
    case 'ref':
      return { lo: 0, hi: (context.tables.get(to.table)?.rows ?? 1) - 1 };
    default:
      return null;
  }
}

/** A real within (12.4, 95.6) rounds to 12..96, half to even. An open end at a half is not reached. */
const roundedOf = (range: Interval): Interval => {
  if (range.integer) return range;
  const round = (x: number, open: boolean, up: boolean) => {
    if (!Number.isFinite(x)) return x;
    const floor = Math.floor(x);
    if (x - floor !== 0.5) return Math.round(x);
    if (open) return up ? floor : floor + 1;
    return floor % 2 === 0 ? floor : floor + 1;
  };
  return interval(round(range.lo, range.loOpen, false), round(range.hi, range.hiOpen, true), {
    integer: true,
    nullable: range.nullable,
  });
};

function converted(from: Known, to: Type): Known {
  const domain = (given: Domain): Domain => {
    if (from.type.kind === 'bool' && NUMERIC.has(to.kind))
      return interval(0, 1, { integer: true, nullable: given.nullable });
    if (from.type.kind === 'timestamp' || from.type.kind === 'date')
      return domainOfDays(given, from.type, to);
    const range = numeric(given);
    if (range && to.kind === 'ref') return given;
    if (range && NUMERIC.has(to.kind)) {
      return withNull(
        intersect(
          to.kind === 'int' ? roundedOf(range) : { ...range, integer: range.integer },
          domainOfType(to, true),
        ),
        given.nullable,
      );
    }
    if (to.kind === 'text' && (given.kind === 'text' || (given.kind === 'set' && from.type.kind === 'enum')))
      return given;
    if (to.kind === 'enum' && given.kind === 'set') return given;
    return domainOfType(to, given.nullable);
  };
  const value = valueAs(from.value, from.type, to);
  return {
    ...from,
    type: to,
    domain: domain(from.domain),
    likely: domain(from.likely),
    value,
    cases: undefined,
  };
}

const MICROS_PER_DAY = 86_400_000_000;

function domainOfDays(given: Domain, from: Type, to: Type): Domain {
  const range = numeric(given);
  if (!range || from.kind === to.kind) return given;
  if (to.kind !== 'date' && to.kind !== 'timestamp') return domainOfType(to, given.nullable);
  const scale = (x: number) => (to.kind === 'date' ? Math.floor(x / MICROS_PER_DAY) : x * MICROS_PER_DAY);
  return interval(scale(range.lo), scale(range.hi), { integer: true, nullable: given.nullable });
}

/** Constants keep their value where the conversion is plain. */
function valueAs(value: Value | undefined, from: Type, to: Type): Value | undefined {
  if (value === undefined || value === null || sameType(from, to)) return value;
  if (to.kind === 'float' && to.bits === 64 && (typeof value === 'bigint' || typeof value === 'number'))
    return Number(value);
  if (to.kind === 'int' && typeof value === 'bigint') return value;
  if ((to.kind === 'text' || to.kind === 'enum') && typeof value === 'string') return value;
  return undefined;
}
