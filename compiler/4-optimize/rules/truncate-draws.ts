import type { LawDefinition } from '../../../stdlib/define.ts';
import { nextDouble } from '../../../stdlib/samplers/doubles.ts';
import type { Cast, Constant, Draw, Expr, RangeOf } from '../../3-plan/expr.ts';
import type { LogicalColumn, LogicalTable } from '../../3-plan/logical-plan.ts';
import { diagnose } from '../../diagnostics/diagnose.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { share } from '../../explain/figures.ts';
import { keptBy } from '../kept.ts';
import { mapTables } from '../map.ts';
import type { Rule, RuleFiring, RuleTools } from '../rule.ts';

/**
 * One drawn column against constant bounds, its law's parameters constant too: the law is truncated instead of redrawn.
 * No wider: with parameters that are drawn, the bounds would condition those as well (language.md, Constraints).
 */
export const truncateDraws: Rule = {
  name: 'truncate-draws',
  doc: 'Constant bounds on a law with constant parameters truncate it: one draw, no rejection.',
  apply: (plan, tools) => {
    const firings: RuleFiring[] = [];
    const diagnostics: Diagnostic[] = [];
    const truncated = mapTables(plan, (table) =>
      table.constraints.reduce((done, constraint, index) => {
        if (constraint.lowering.kind !== 'open') return done;
        const bound = boundOf(constraint.predicate);
        const column = bound && done.columns.find((candidate) => candidate.path === bound.path);
        if (!bound || !column) return done;
        const applied = truncate(column, bound, tools);
        const about = {
          rule: 'truncate-draws',
          table: table.name,
          target: constraint.name,
          before: tools.excerpt(column.expr.span),
        };
        if (typeof applied === 'string') {
          firings.push({ ...about, applied: false, after: applied });
          return done;
        }
        if (applied.empty) {
          diagnostics.push(
            diagnose(
              'TVD4001',
              { constraint: constraint.name },
              { span: constraint.span, text: 'no value is left' },
              { secondary: [{ span: column.expr.span, text: 'what it bounds' }] },
            ),
          );
        }
        const { expr, shown, kept } = applied;
        const left = kept === null ? '' : `; ${share(kept)} kept`;
        firings.push({ ...about, applied: true, after: `${column.path} within ${shown}${left}` });
        return withTruncated(done, index, { ...column, expr }, kept);
      }, table),
    );
    return { plan: truncated, firings, diagnostics };
  },
};

function withTruncated(
  table: LogicalTable,
  index: number,
  column: LogicalColumn,
  kept: number | null,
): LogicalTable {
  const lowering = { kind: 'truncate', columns: [column.path], kept } as const;
  return {
    ...table,
    columns: table.columns.map((candidate) => (candidate.path === column.path ? column : candidate)),
    constraints: table.constraints.map((constraint, i) =>
      i === index ? { ...constraint, lowering } : constraint,
    ),
  };
}

/** Bounds on one column; ±Infinity where there is none. `open` ends exclude their value. */
export type Bound = {
  readonly path: string;
  readonly lo: number;
  readonly hi: number;
  readonly loOpen: boolean;
  readonly hiOpen: boolean;
};

const MIRROR: Readonly<Record<string, string>> = { lt: 'gt', le: 'ge', gt: 'lt', ge: 'le' };

function boundOf(predicate: Expr): Bound | null {
  if (predicate.op !== 'call') return null;
  const [left, right] = predicate.args;
  if (!left || !right) return null;
  if (predicate.fn === 'and') {
    const [a, b] = [boundOf(left), boundOf(right)];
    return a && b && a.path === b.path ? intersect(a, b) : null;
  }
  if (predicate.fn === 'between')
    return left.op === 'column' && right.op === 'range' ? withinBound(right, left.path, false) : null;
  if (!(predicate.fn in MIRROR)) return null;
  const [column, constant, fn] =
    left.op === 'column' ? [left, right, predicate.fn] : [right, left, MIRROR[predicate.fn]!];
  if (column.op !== 'column' || constant.op !== 'constant' || constant.value === null) return null;
  const value = Number(constant.value);
  if (!Number.isFinite(value) || !Number.isSafeInteger(Math.trunc(value))) return null;
  const upper = fn === 'lt' || fn === 'le';
  const strict = fn === 'lt' || fn === 'gt';
  return {
    path: column.path,
    lo: upper ? -Infinity : value,
    hi: upper ? value : Infinity,
    loOpen: !upper && strict,
    hiOpen: upper && strict,
  };
}

function intersect(a: Bound, b: Bound): Bound {
  const low = a.lo > b.lo || (a.lo === b.lo && a.loOpen) ? a : b;
  const high = a.hi < b.hi || (a.hi === b.hi && a.hiOpen) ? a : b;
  return { path: a.path, lo: low.lo, loOpen: low.loOpen, hi: high.hi, hiOpen: high.hiOpen };
}

type Truncated = {
  readonly expr: Expr;
  readonly empty: boolean;
  readonly shown: string;
  readonly kept: number | null;
};

/** The column's expression with its law truncated, or why the rule does not apply. */
export function truncate(column: LogicalColumn, bound: Bound, tools: RuleTools): Truncated | string {
  const cast = column.expr.op === 'cast' ? column.expr : null;
  const draw = cast ? cast.of : column.expr;
  if (draw.op !== 'draw') return `${column.path} is not one draw`;
  const law = tools.laws.get(draw.law);
  if (!law?.truncatable) return `${draw.law} cannot be truncated`;
  if (!constantParameters(draw))
    return `the parameters of ${draw.law} vary by row: bounding ${column.path} conditions them too`;
  if (column.domain.nullable) return `${column.path} may be null`;
  const integer = draw.type.kind === 'int';
  if (cast && !halvesExist(bound)) return 'beyond 2^51 doubles have no halves to round at';
  if (cast && !roundsToInteger(cast)) return `${column.path} is not a plain cast of one draw`;
  const inner = integer ? integerBound(bound) : cast ? roundedBound(bound) : bound;
  const before = draw.within
    ? withinBound(draw.within, column.path, integer)
    : supportBound(law, draw, column.path);
  if (!before) return `the bounds of ${draw.law} vary by row`;
  const both = closed(intersect(before, inner), integer);
  const within = rangeOf(both, draw, integer);
  const truncated: Draw = {
    ...draw,
    within,
    domain: { kind: 'interval', ...both, integer, nullable: false },
  };
  return {
    expr: cast ? { ...cast, of: truncated } : truncated,
    empty: both.lo > both.hi,
    kept: both.lo > both.hi ? null : keptBy(draw, truncated, column.path, tools),
    shown: `${show(both.lo)}..${show(both.hi)}`,
  };
}

const constantParameters = (draw: Draw): boolean =>
  draw.args.every(({ value }) => value.op === 'constant') &&
  draw.free.every(({ weight }) => weight.op === 'constant');

const roundsToInteger = (cast: Cast): boolean =>
  cast.type.kind === 'int' && (cast.of.type.kind === 'float' || cast.of.type.kind === 'int');

/** Whole numbers x with lo ≤ x ≤ hi. */
const integerBound = (bound: Bound): Bound => ({
  ...bound,
  lo: bound.loOpen ? Math.floor(bound.lo) + 1 : Math.ceil(bound.lo),
  hi: bound.hiOpen ? Math.ceil(bound.hi) - 1 : Math.floor(bound.hi),
  loOpen: false,
  hiOpen: false,
});

const halvesExist = ({ lo, hi }: Bound): boolean =>
  [lo, hi].every((end) => !Number.isFinite(end) || Math.abs(end) <= 2 ** 51);

/** The reals that round (half to even) to whole numbers inside the bound: an even end takes its half as well. */
function roundedBound(bound: Bound): Bound {
  const { lo, hi, path } = integerBound(bound);
  return { path, lo: lo - 0.5, hi: hi + 0.5, loOpen: lo % 2 !== 0, hiOpen: hi % 2 !== 0 };
}

function withinBound(within: RangeOf, path: string, integer: boolean): Bound | null {
  if (within.lo.op !== 'constant' || within.hi.op !== 'constant') return null;
  const bound = {
    path,
    lo: Number(within.lo.value),
    hi: Number(within.hi.value),
    loOpen: false,
    hiOpen: within.halfOpen,
  };
  return integer ? integerBound(bound) : bound;
}

function supportBound(law: LawDefinition, draw: Draw, path: string): Bound {
  const support = law.support(
    new Map(
      draw.args.map(({ name, value }) => [
        name,
        { type: value.type, domain: value.domain, value: value.op === 'constant' ? value.value : undefined },
      ]),
    ),
  );
  if (support.kind !== 'interval') return { path, lo: -Infinity, hi: Infinity, loOpen: true, hiOpen: true };
  return { path, lo: support.lo, hi: support.hi, loOpen: support.loOpen, hiOpen: support.hiOpen };
}

/** The same values with closed ends: the next real inwards where an end is open and finite. */
function closed(bound: Bound, integer: boolean): Bound {
  if (integer) return bound;
  const lo = bound.loOpen && Number.isFinite(bound.lo) ? nextDouble(bound.lo, 1) : bound.lo;
  const hi = bound.hiOpen && Number.isFinite(bound.hi) ? nextDouble(bound.hi, -1) : bound.hi;
  return { path: bound.path, lo, hi, loOpen: false, hiOpen: false };
}

function rangeOf(bound: Bound, draw: Draw, integer: boolean): RangeOf {
  const end = (value: number): Constant => ({
    op: 'constant',
    type: draw.type,
    domain: {
      kind: 'interval',
      lo: value,
      hi: value,
      loOpen: false,
      hiOpen: false,
      integer,
      nullable: false,
    },
    span: draw.span,
    value: integer && Number.isFinite(value) ? BigInt(value) : value,
  });
  return {
    op: 'range',
    type: { kind: 'range', of: draw.type },
    domain: { kind: 'any', nullable: false },
    span: draw.span,
    lo: end(bound.lo),
    hi: end(bound.hi),
    halfOpen: false,
  };
}

const show = (value: number): string => (Number.isFinite(value) ? String(value) : value > 0 ? '∞' : '-∞');
