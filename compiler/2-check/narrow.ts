import type { Domain } from '../../stdlib/domain.ts';
import { isList, isMap, type Value } from '../../stdlib/value.ts';
import type { ExprAst } from '../1-parse/ast.ts';
import type { Context, Scope } from './context.ts';
import { domainOfValue, domainOfValues, intersect, interval, numeric, union } from './domains.ts';

/** What must hold of places (by key) where a condition is true, or is not. A place that nothing is known of is absent. */
type Narrowing = ReadonlyMap<string, Domain>;

const NOTHING: Narrowing = new Map();
const NOT_NULL: Domain = { kind: 'any', nullable: false };

/** From a checked condition; `truth` says which branch. `if x > 0 then …`: x is above 0 there. */
export function narrowing(context: Context, condition: ExprAst, truth: boolean): Narrowing {
  switch (condition.kind) {
    case 'unary':
      return condition.op === 'not' ? refuted(context, condition.operand, truth) : NOTHING;
    case 'is-null': {
      const key = context.keys.get(condition.operand.id);
      return key !== undefined && condition.negated === truth ? new Map([[key, NOT_NULL]]) : NOTHING;
    }
    case 'binary':
      switch (condition.op) {
        case 'and':
        case 'or': {
          const [a, b] = [
            narrowing(context, condition.left, truth),
            narrowing(context, condition.right, truth),
          ];
          return (condition.op === 'and') === truth ? both(a, b) : either(a, b);
        }
        case '==':
        case '!=':
        case '<':
        case '<=':
        case '>':
        case '>=':
          return compared(
            context,
            condition.left,
            truth ? condition.op : NEGATED[condition.op],
            condition.right,
          );
        case 'in':
        case 'not in':
          return member(context, condition.left, condition.right, (condition.op === 'in') === truth);
        default:
          return NOTHING;
      }
    default:
      return NOTHING;
  }
}

/** `not c` is true only where c is false, and false only where c is true. */
const refuted = (context: Context, condition: ExprAst, truth: boolean) =>
  narrowing(context, condition, !truth);

type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';
const NEGATED = { '==': '!=', '!=': '==', '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;
const MIRRORED = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

function compared(context: Context, left: ExprAst, op: Comparison, right: ExprAst): Narrowing {
  return both(bound(context, left, op, right), bound(context, right, MIRRORED[op], left));
}

function bound(context: Context, place: ExprAst, op: Comparison, other: ExprAst): Narrowing {
  const key = context.keys.get(place.id);
  const own = context.domains.get(place.id);
  const domain = context.domains.get(other.id);
  if (key === undefined || !own || !domain) return NOTHING;
  const result = boundBy(own, op, domain, context.values.get(other.id));
  return result ? new Map([[key, result]]) : NOTHING;
}

function boundBy(own: Domain, op: Comparison, other: Domain, value: Value | undefined): Domain | null {
  const range = numeric(other);
  switch (op) {
    case '==':
      return other.kind === 'set' || range ? { ...other, nullable: false } : null;
    case '!=':
      return value === undefined ? null : without(own, [value]);
    case '<':
      return range && interval(-Infinity, range.hi, { hiOpen: true });
    case '<=':
      return range && interval(-Infinity, range.hi, { hiOpen: range.hiOpen });
    case '>':
      return range && interval(range.lo, Infinity, { loOpen: true });
    case '>=':
      return range && interval(range.lo, Infinity, { loOpen: range.loOpen });
  }
}

/** The domain less some constants: of sets, and where a constant is an end. */
function without(own: Domain, values: readonly Value[]): Domain | null {
  if (own.kind === 'set') {
    const cut = new Set(values.map((value) => (typeof value === 'bigint' ? Number(value) : value)));
    return { kind: 'set', values: own.values.filter((value) => !cut.has(value)), nullable: false };
  }
  const range = numeric(own);
  if (!range) return null;
  let { lo, hi, loOpen, hiOpen } = range;
  for (const value of values) {
    if (Number(value) === lo) loOpen = true;
    if (Number(value) === hi) hiOpen = true;
  }
  return interval(lo, hi, { loOpen, hiOpen, integer: range.integer });
}

function member(context: Context, place: ExprAst, of: ExprAst, truth: boolean): Narrowing {
  const key = context.keys.get(place.id);
  const own = context.domains.get(place.id);
  if (key === undefined || !own) return NOTHING;
  if (of.kind === 'range') {
    const lo = numeric(context.domains.get(of.lo.id) ?? own);
    const hi = numeric(context.domains.get(of.hi.id) ?? own);
    if (!truth || !lo || !hi) return NOTHING;
    return new Map([[key, interval(lo.lo, hi.hi, { loOpen: lo.loOpen, hiOpen: of.halfOpen || hi.hiOpen })]]);
  }
  const value = context.values.get(of.id);
  const items =
    value === undefined || value === null
      ? null
      : isList(value)
        ? value
        : isMap(value)
          ? [...value.map.keys()]
          : null;
  if (!items) return NOTHING;
  const domain = truth ? { ...domainOfItems(items), nullable: false } : without(own, items);
  return domain ? new Map([[key, domain]]) : NOTHING;
}

/** Few numbers are kept one by one. */
function domainOfItems(items: readonly Value[]): Domain {
  const numbers = items.filter((item) => typeof item === 'number' || typeof item === 'bigint').map(Number);
  if (numbers.length !== items.length) return domainOfValues(items);
  return { kind: 'set', values: [...new Set(numbers)], nullable: false };
}

/** What holds where two conditions hold. */
export function both(a: Narrowing, b: Narrowing): Narrowing {
  if (a.size === 0) return b;
  if (b.size === 0) return a;
  const merged = new Map(a);
  for (const [key, domain] of b) {
    const other = merged.get(key);
    merged.set(key, other ? intersect(other, domain) : domain);
  }
  return merged;
}

function either(a: Narrowing, b: Narrowing): Narrowing {
  const merged = new Map<string, Domain>();
  for (const [key, domain] of a) {
    const other = b.get(key);
    if (other) merged.set(key, union(domain, other));
  }
  return merged;
}

/** The scope where a condition is true, or is not: then it may also be null, which says nothing of its operands. */
export function guard(context: Context, scope: Scope, condition: ExprAst, truth: boolean): Scope {
  if (!truth && (context.domains.get(condition.id)?.nullable ?? true)) return scope;
  const facts = narrowing(context, condition, truth);
  return facts.size === 0 ? scope : { ...scope, narrowed: both(scope.narrowed, facts) };
}

/** The scope of a `match` arm: its subject is one of the patterns. */
export function guardBy(
  context: Context,
  scope: Scope,
  subject: ExprAst,
  values: readonly Value[],
  truth: boolean,
): Scope {
  const key = context.keys.get(subject.id);
  const own = context.domains.get(subject.id);
  if (key === undefined || !own) return scope;
  const domain = truth
    ? values.map(domainOfValue).reduce(union, { kind: 'set', values: [], nullable: false })
    : without(own, values);
  return domain ? { ...scope, narrowed: both(scope.narrowed, new Map([[key, domain]])) } : scope;
}
