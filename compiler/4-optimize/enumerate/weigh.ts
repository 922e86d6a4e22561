import { numeric } from '../../../stdlib/functions/intervals.ts';
import { callOf } from '../../3-plan/calls.ts';
import type { Expr } from '../../3-plan/expr.ts';
import { drawsIn } from '../../3-plan/groups.ts';
import type { LogicalTable } from '../../3-plan/logical-plan.ts';
import type { FiniteModel } from './finite-model.ts';
import { NotFinite } from './not-finite.ts';
import type { Table } from './table.ts';
import type { Variable } from './variable.ts';

/**
 * A part of a table's weight, a factor of its product. With `table` it may multiply the law of finite draws; without, it
 * says `why` not, and candidates are kept by it.
 */
export type WeighPart =
  | { readonly expr: Expr; readonly table: Table; readonly ancestors: readonly Variable[] }
  | { readonly expr: Expr; readonly table: null; readonly why: string };

/**
 * The parts of a weight. A weight outside 0..1 fails a run: so parts stand apart only where each of them, and so any
 * product of some, stays inside; what is kept by rejection then fails neither more often nor less.
 */
export function partsOf(table: LogicalTable, model: FiniteModel): readonly WeighPart[] {
  if (!table.weigh) return [];
  const whole = table.weigh.expr;
  const parts = factorsOf(whole)
    .filter((part) => !isNeutral(part))
    .map((expr) => partOf(expr, model));
  const left = parts.filter((part) => part.table === null);
  if (left.length === 0) return parts;
  if (!left.every(({ expr }) => isWithin(expr))) return [partOf(whole, model)];
  const given = left.every(({ expr }) => drawsIn(table)(expr).size === 0);
  return given ? [{ expr: whole, table: null, why: 'what is left of it would read no draw' }] : parts;
}

/** The product of parts that are kept by rejection. */
export const productOf = (parts: readonly WeighPart[]): Expr | null =>
  parts
    .map(({ expr }) => expr)
    .reduce<Expr | null>(
      (all, expr) =>
        all === null
          ? expr
          : callOf('mul', [all, expr], {
              start: Math.min(all.span.start, expr.span.start),
              end: expr.span.end,
            }),
      null,
    );

/** The factors of a product of numbers. */
export const factorsOf = (expr: Expr): readonly Expr[] =>
  expr.op === 'call' && expr.fn === 'mul' && expr.args.every((arg) => arg !== null && isNumber(arg))
    ? expr.args.flatMap((arg) => (arg === null ? [] : factorsOf(arg)))
    : [expr];

const isNumber = ({ type }: Expr): boolean => type.kind === 'float' || type.kind === 'int';

/** A constant scales all weights alike: it changes no law. */
const isNeutral = (expr: Expr): boolean =>
  expr.op === 'constant' && Number(expr.value) > 0 && Number(expr.value) <= 1;

function isWithin({ type, domain }: Expr): boolean {
  const { lo, hi, nullable } = numeric({ type, domain, value: undefined });
  return lo >= 0 && hi <= 1 && !nullable;
}

function partOf(expr: Expr, model: FiniteModel): WeighPart {
  try {
    const scope = model.scopeOf(expr);
    if (scope.length === 0) return { expr, table: null, why: 'it reads no draw' };
    const ancestors = model.ancestors(scope);
    ancestors.forEach(model.prior);
    const table = model.numbers(expr);
    if (table.values.every((value) => value >= 0 && value <= 1)) return { expr, table, ancestors };
    return { expr, table: null, why: 'it is outside 0..1 for some values' };
  } catch (error) {
    if (error instanceof NotFinite) return { expr, table: null, why: error.message };
    throw error;
  }
}
