import type { ScalarMath } from '../../stdlib/define.ts';
import type { Domain } from '../../stdlib/domain.ts';
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
    span: spanOf(column.domain, type),
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
  const counted = countOf(expr, outer.domain);
  if (expr.op === 'draw' && expr.type.kind === 'ref') return referenceOf(expr, plan);
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

function countOf(expr: Expr, domain: Domain): Recurrence {
  const { type } = expr;
  if (type.kind === 'enum') return even(type.values.length);
  if (domain.kind === 'set') return even(domain.values.length);
  if (domain.kind !== 'interval') return NEVER;
  const width = domain.hi - domain.lo;
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

function spanOf(domain: Domain, type: Type): number | null {
  const scale = type.kind === 'decimal' ? type.scale : 0;
  if (!['int', 'date', 'timestamp', 'duration', 'decimal'].includes(type.kind)) return null;
  if (domain.kind === 'set') {
    const numbers = domain.values.map(Number);
    return (Math.max(...numbers) - Math.min(...numbers)) * Number(`1e${scale}`);
  }
  const span = domain.kind === 'interval' ? (domain.hi - domain.lo) * Number(`1e${scale}`) : null;
  return span !== null && Number.isFinite(span) ? span : null;
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
