import type { Expr } from '../../3-plan/expr.ts';

export type Comparison = 'lt' | 'le' | 'eq';
/** A comparison that is true, none of its operands null. `guarded`: it stands under an `if`. */
export type Literal = {
  readonly fn: Comparison;
  readonly left: Expr;
  readonly right: Expr;
  readonly guarded: boolean;
};
/** Ways in which a condition comes about, each with comparisons that are true then: what is not listed may be anything. */
export type Ways = readonly (readonly Literal[])[];

/** More ways than this are not told apart. */
const MOST_WAYS = 16;
const ANYHOW: Ways = [[]];
const NEVER: Ways = [];

/** How a condition can be true, or (`truth` false) false; null is neither. */
export function waysOf(condition: Expr, truth: boolean, guarded = false): Ways {
  if (condition.op === 'constant') return condition.value === truth ? ANYHOW : NEVER;
  if (condition.op === 'if') {
    const { then, otherwise } = condition;
    const taken = allOf(waysOf(condition.condition, true, guarded), waysOf(then, truth, true));
    // The other branch is taken where the condition is null, too.
    return anyOf(taken, waysOf(otherwise, truth, true));
  }
  if (condition.op !== 'call') return ANYHOW;
  const [left, right] = condition.args;
  if (!left) return ANYHOW;
  if (condition.fn === 'not') return waysOf(left, !truth, guarded);
  if (!right) return ANYHOW;
  switch (condition.fn) {
    case 'and':
      return truth
        ? allOf(waysOf(left, true, guarded), waysOf(right, true, guarded))
        : anyOf(waysOf(left, false, guarded), waysOf(right, false, guarded));
    case 'or':
      return truth
        ? anyOf(waysOf(left, true, guarded), waysOf(right, true, guarded))
        : allOf(waysOf(left, false, guarded), waysOf(right, false, guarded));
    case 'implies':
      return truth
        ? anyOf(waysOf(left, false, guarded), waysOf(right, true, guarded))
        : allOf(waysOf(left, true, guarded), waysOf(right, false, guarded));
    case 'between':
    case 'in':
      return right.op === 'range' ? between(left, right, truth, guarded) : ANYHOW;
    case 'not_in':
      return right.op === 'range' ? between(left, right, !truth, guarded) : ANYHOW;
    default:
      return compared(condition.fn, left, right, truth, guarded);
  }
}

function compared(fn: string, left: Expr, right: Expr, truth: boolean, guarded: boolean): Ways {
  const way = (is: Comparison, a: Expr, b: Expr): Ways => [[{ fn: is, left: a, right: b, guarded }]];
  switch (fn) {
    case 'lt':
      return truth ? way('lt', left, right) : way('le', right, left);
    case 'le':
      return truth ? way('le', left, right) : way('lt', right, left);
    case 'gt':
      return truth ? way('lt', right, left) : way('le', left, right);
    case 'ge':
      return truth ? way('le', right, left) : way('lt', left, right);
    case 'eq':
    case 'ne':
      return truth === (fn === 'eq')
        ? way('eq', left, right)
        : anyOf(way('lt', left, right), way('lt', right, left));
    default:
      return ANYHOW;
  }
}

function between(x: Expr, range: Extract<Expr, { op: 'range' }>, truth: boolean, guarded: boolean): Ways {
  const from = compared('ge', x, range.lo, truth, guarded);
  const to = compared(range.halfOpen ? 'lt' : 'le', x, range.hi, truth, guarded);
  return truth ? allOf(from, to) : anyOf(from, to);
}

const allOf = (a: Ways, b: Ways): Ways => {
  if (a.length * b.length > MOST_WAYS) return ANYHOW;
  return a.flatMap((one) => b.map((other) => [...one, ...other]));
};
const anyOf = (a: Ways, b: Ways): Ways => (a.length + b.length > MOST_WAYS ? ANYHOW : [...a, ...b]);
