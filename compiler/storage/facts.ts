import type { ScalarMath } from '../../stdlib/define.ts';
import type { Domain } from '../../stdlib/domain.ts';
import { laws } from '../../stdlib/laws/index.ts';
import { INT64, type Type } from '../../stdlib/types.ts';
import { isList } from '../../stdlib/value.ts';
import type { Expr } from '../3-plan/expr.ts';
import type { LogicalColumn, LogicalPlan, LogicalTable } from '../3-plan/logical-plan.ts';
import { type Order, storedOrder } from '../3-plan/order.ts';
import { rankPower } from '../3-plan/reference-weight.ts';
import { distinctAmong, even, NEVER, type Recurrence } from './recurrence.ts';
import { type TextModel, textModel } from './texts.ts';

/** What is known of a column's values as they are stored, before any is drawn. */
export type Facts = {
  /** A reference is its parent's key. */
  readonly type: Type;
  readonly order: Order | null;
  /** Share of missing values. */
  readonly missing: number;
  readonly recurrence: Recurrence;
  /** Of values stored as integers: the greatest minus the least, in their units; null where that is not bounded. */
  readonly span: number | null;
  readonly text: TextModel | null;
  /** Of lists: the mean number of items. */
  readonly items: number;
};

export function factsOf(
  column: LogicalColumn,
  table: LogicalTable,
  plan: LogicalPlan,
  math: ScalarMath,
): Facts {
  const { expr } = column;
  const type = storedType(column);
  const order = storedOrder(column, table);
  const missing = column.missing?.expr;
  const own: Facts = {
    type,
    order,
    missing: missing?.op === 'constant' && column.missingAs === null ? Math.min(1, Number(missing.value)) : 0,
    recurrence: order?.strict ? NEVER : recurrenceOf(expr, table, plan, math),
    span: spanOf(column.domain, type, lawSpan(expr, table, math)),
    text: type.kind === 'text' || type.kind === 'json' ? textModel(expr, table) : null,
    items: itemsOf(expr),
  };
  if (type.kind !== 'ref') return own;
  const parent = plan.tables.find(({ name }) => name === type.table);
  const key = parent?.columns.find(({ path }) => path === parent.key);
  const stored = parent && key ? factsOf(key, parent, plan, math) : null;
  return {
    ...own,
    type: stored?.type ?? INT64,
    span: stored ? stored.span : (parent?.rows ?? 1) - 1,
    text: stored?.text ?? null,
  };
}

/** The sentinel of `missing_as` may be a text that the enum lacks. */
export function storedType({ type, missing, missingAs }: LogicalColumn): Type {
  if (!missing || type.kind !== 'enum' || missingAs?.op !== 'constant') return type;
  const { value } = missingAs;
  if (typeof value !== 'string' || type.values.includes(value)) return type;
  return { kind: 'enum', values: [...type.values, value] };
}

/** A column of the same table stands for its expression. */
function follow(expr: Expr, table: LogicalTable): Expr {
  if (expr.op === 'cast' && expr.type.kind === expr.of.type.kind) return follow(expr.of, table);
  const column = expr.op === 'column' ? table.columns.find(({ path }) => path === expr.path) : undefined;
  return column ? follow(column.expr, table) : expr;
}

function recurrenceOf(outer: Expr, table: LogicalTable, plan: LogicalPlan, math: ScalarMath): Recurrence {
  const expr = follow(outer, table);
  if (expr.op === 'constant') return even(1);
  if (expr.op === 'if') {
    const [a, b] = [expr.then, expr.otherwise].map((branch) => recurrenceOf(branch, table, plan, math));
    return even(a!.values + b!.values);
  }
  if (expr.op === 'draw' && expr.type.kind === 'ref') return referenceOf(expr, plan);
  const counted = countOf(expr, outer.domain, lawSpan(expr, table, math));
  if (expr.op !== 'parent') return counted;
  // As many as its parents have, or as many as there are parents.
  const parents = recurrenceOf(expr.ref, table, plan, math);
  const distinct = (one: Recurrence): number => distinctAmong(one, PROBE, math);
  return distinct(parents) < distinct(counted) ? parents : counted;
}

const PROBE = 8192;

function referenceOf(expr: Extract<Expr, { op: 'draw' }>, plan: LogicalPlan): Recurrence {
  const name = expr.type.kind === 'ref' ? expr.type.table : '';
  const values = plan.tables.find((candidate) => candidate.name === name)?.rows ?? 1;
  const power = expr.by && rankPower(plan.tables, expr.by.table, expr.by.path);
  return power ? { kind: 'power', values, exponent: power.exponent } : even(values);
}

function countOf(expr: Expr, domain: Domain, law: number): Recurrence {
  const { type } = expr;
  if (type.kind === 'enum') return even(type.values.length);
  if (domain.kind === 'set') return even(domain.values.length);
  if (domain.kind !== 'interval') return NEVER;
  const width = Math.min(domain.hi - domain.lo, law);
  if (domain.integer) return even(width + 1);
  const scale = type.kind === 'decimal' ? type.scale : digitsOf(expr);
  return scale === null ? NEVER : even(width * Number(`1e${scale}`) + 1);
}

/** Of `round(x, digits)`. */
function digitsOf(expr: Expr): number | null {
  if (expr.op !== 'call' || expr.fn !== 'round') return null;
  const digits = expr.args[1];
  if (!digits) return 0;
  return digits.op === 'constant' ? Number(digits.value) : null;
}

/** Stored as integers. */
const integral = ({ kind }: Type): boolean =>
  ['int', 'date', 'timestamp', 'duration', 'decimal'].includes(kind);

/** Nearly all values of a law lie within so many standard deviations, from end to end. */
const DEVIATIONS = 8;

/** Of a draw whose parameters are constant, rounded or shifted perhaps; ∞ of anything else. */
function lawSpan(outer: Expr, table: LogicalTable, math: ScalarMath): number {
  const expr = follow(outer, table);
  if (expr.op === 'cast' && expr.of.type.kind === 'float') return lawSpan(expr.of, table, math);
  if (expr.op === 'call') {
    const [inner, ...others] = expr.args.filter((arg) => arg?.op !== 'constant');
    return inner && others.length === 0 && SHIFTS.has(expr.fn)
      ? lawSpan(inner, table, math)
      : Number.POSITIVE_INFINITY;
  }
  if (expr.op !== 'draw') return Number.POSITIVE_INFINITY;
  const law = laws.get(expr.law);
  if (!law || law.shape.kind === 'own') return Number.POSITIVE_INFINITY;
  const parameters = law.params.map(({ name, default: otherwise }) => {
    const given = expr.args.find((arg) => arg.name === name)?.value;
    return given === undefined ? otherwise : given.op === 'constant' ? given.value : null;
  });
  const numbers = parameters.flatMap((value) =>
    value === null || value === undefined ? [] : [Number(value)],
  );
  if (numbers.length < parameters.length) return Number.POSITIVE_INFINITY;
  const span = DEVIATIONS * Math.sqrt(law.shape.variance(math, numbers));
  return Number.isNaN(span) ? Number.POSITIVE_INFINITY : span;
}

const SHIFTS: ReadonlySet<string> = new Set(['add', 'sub', 'neg', 'round', 'floor', 'ceil']);

/** Of the domain or of the law, which is narrower. */
function spanOf(domain: Domain, type: Type, law: number): number | null {
  if (!integral(type)) return null;
  const numbers = domain.kind === 'set' ? domain.values.map(Number) : [];
  const width =
    domain.kind === 'set'
      ? Math.max(...numbers) - Math.min(...numbers)
      : domain.kind === 'interval'
        ? domain.hi - domain.lo
        : Number.POSITIVE_INFINITY;
  const span = Math.min(width, law) * (type.kind === 'decimal' ? Number(`1e${type.scale}`) : 1);
  return Number.isFinite(span) ? span : null;
}

const ITEMS = 2;

/** `~choose(1..3, …)` has two on the average. */
function itemsOf(expr: Expr): number {
  const count =
    expr.op === 'draw' && expr.law === 'choose'
      ? expr.args.find(({ name }) => name === 'count')?.value
      : null;
  if (count?.op !== 'constant' || count.value === null) return ITEMS;
  if (!isList(count.value)) return Number(count.value);
  const [lo, hi, open] = count.value;
  return (Number(lo) + Number(hi) - (open === true ? 1 : 0)) / 2;
}
