import { isUtc } from '../../stdlib/functions/zone-table.ts';
import type { Type } from '../../stdlib/types.ts';
import type { Call, Expr } from './expr.ts';
import type { LogicalColumn, LogicalTable } from './logical-plan.ts';

/** Values along a table's rows: never falling (or never rising), and `strict` where no two are equal. */
export type Order = { readonly direction: 'ascending' | 'descending'; readonly strict: boolean };

/**
 * The order that an expression's values have because they follow the row's number; null where none is known. What the
 * kernels compute keeps it: IEEE sums, products and quotients by a constant are monotone, but may give two reals one
 * value; exp, log and powers are not promised to be monotone to the last bit, so they have no order here. Of a null there is
 * no order either.
 */
export function orderOf(expr: Expr, table: LogicalTable): Order | null {
  const trend = trendOf(expr, table);
  return trend === 'constant' ? { direction: 'ascending', strict: false } : trend;
}

/** The order in which a column is stored: a hole has no place in one, and a reference is stored as its parent's key. */
export function storedOrder(column: LogicalColumn, table: LogicalTable): Order | null {
  return column.missing !== null || column.type.kind === 'ref' ? null : orderOf(column.expr, table);
}

type Trend = Order | 'constant' | null;

function trendOf(expr: Expr, table: LogicalTable): Trend {
  if (expr.domain.nullable) return null;
  switch (expr.op) {
    case 'row':
      return { direction: 'ascending', strict: true };
    case 'constant':
      return expr.value === null || !isOrdered(expr.type) ? null : 'constant';
    case 'column': {
      const column = table.columns.find(({ path }) => path === expr.path);
      return column && !(expr.observed && column.missing) ? trendOf(column.expr, table) : null;
    }
    case 'cast':
      return cast(trendOf(expr.of, table), expr.of, expr.type);
    case 'call':
      return ofCall(expr, table);
    default:
      return null;
  }
}

/** Types whose values have an order that a cast or an operator can keep. */
const isOrdered = ({ kind }: Type): boolean => isExact(kind) || kind === 'float';

/** Kinds that are computed as 64-bit integers, without rounding. */
const isExact = (kind: Type['kind']): boolean =>
  kind === 'int' || kind === 'decimal' || kind === 'date' || kind === 'timestamp' || kind === 'duration';

/** Up to here every integer is a double; those of a float32 end at 2^24. */
const INTEGERS = { 64: 2 ** 53, 32: 2 ** 24 } as const;

function cast(trend: Trend, of: Expr, to: Type): Trend {
  if (!isOrdered(of.type) || !isOrdered(to)) return null;
  if (of.type.kind === to.kind && to.kind !== 'decimal' && to.kind !== 'float') return trend;
  return keepsApart(of, to) ? trend : loosened(trend);
}

/** Whether two values are never cast to one. */
function keepsApart({ type, domain }: Expr, to: Type): boolean {
  if (type.kind === 'date' && to.kind === 'timestamp') return true;
  if (to.kind === 'decimal')
    return type.kind === 'int' || (type.kind === 'decimal' && type.scale <= to.scale);
  if (to.kind !== 'float') return false;
  if (type.kind === 'float') return type.bits <= to.bits;
  return (
    type.kind === 'int' &&
    domain.kind === 'interval' &&
    Math.max(Math.abs(domain.lo), Math.abs(domain.hi)) <= INTEGERS[to.bits]
  );
}

function ofCall(call: Call, table: LogicalTable): Trend {
  const args = call.args.filter((arg) => arg !== null);
  const trends = args.map((arg) => trendOf(arg, table));
  const [x = null, y = null] = trends;
  const exact = isExact(call.type.kind);
  const rounded = (trend: Trend): Trend => (exact ? trend : loosened(trend));
  switch (call.fn) {
    case 'add':
      return rounded(together(x, y));
    case 'sub':
      return rounded(together(x, reversed(y)));
    case 'neg':
      return reversed(x);
    case 'mul':
      // A duration times a real is rounded in a way of its own.
      if (call.type.kind === 'duration' && args.some(({ type }) => type.kind === 'float')) return null;
      return rounded(scaled(x, signOf(args[1])) ?? scaled(y, signOf(args[0])));
    case 'div':
      return call.type.kind === 'float' ? rounded(scaled(x, signOf(args[1]))) : null;
    case 'floordiv':
      return exact ? loosened(scaled(x, signOf(args[1]))) : null;
    case 'floor':
    case 'ceil':
      return args[0]?.type.kind === 'int' ? x : loosened(x);
    case 'round':
      return args.length > 1 ? null : args[0]?.type.kind === 'int' ? x : loosened(x);
    case 'min':
    case 'max':
      return args.length > 1 && isOrdered(call.type) ? loosened(trends.reduce(together, 'constant')) : null;
    case 'year':
    case 'date':
      return args.length === 1 || (args[1]?.op === 'constant' && isUtc(args[1].value)) ? loosened(x) : null;
    default:
      return null;
  }
}

/** Of a sum, and of any function that rises in both. */
function together(x: Trend, y: Trend): Trend {
  if (x === null || y === null) return null;
  if (x === 'constant') return y;
  if (y === 'constant') return x;
  return x.direction === y.direction ? { ...x, strict: x.strict || y.strict } : null;
}

function reversed(trend: Trend): Trend {
  if (trend === null || trend === 'constant') return trend;
  return { ...trend, direction: trend.direction === 'ascending' ? 'descending' : 'ascending' };
}

const loosened = (trend: Trend): Trend =>
  trend === null || trend === 'constant' ? trend : { ...trend, strict: false };

function scaled(trend: Trend, sign: number | null): Trend {
  if (sign === null) return null;
  return sign === 0 ? 'constant' : sign > 0 ? trend : reversed(trend);
}

/** Of a constant number. */
function signOf(expr: Expr | undefined): number | null {
  if (expr?.op !== 'constant' || (typeof expr.value !== 'number' && typeof expr.value !== 'bigint'))
    return null;
  return Math.sign(Number(expr.value));
}
