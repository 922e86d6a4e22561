import type { Domain } from '../../../stdlib/domain.ts';
import type { Type } from '../../../stdlib/types.ts';
import { numeric } from '../../2-check/domains.ts';
import { type Call, type Expr, shapeOf } from '../../3-plan/expr.ts';
import type { LogicalTable } from '../../3-plan/logical-plan.ts';
import type { Inequality } from './feasible.ts';
import {
  asDouble,
  constantForm,
  difference,
  type Form,
  gridOf,
  opposite,
  rounded,
  scaled,
  sum,
  variableForm,
} from './form.ts';
import { atMost, below, between, ends, sizeOf } from './inequality.ts';
import type { Literal } from './literals.ts';
import { HALF, lossOf } from './loss.ts';
import {
  compare,
  divide,
  isZero,
  negate,
  ONE,
  ofDouble,
  type Rational,
  ratio,
  whole,
  ZERO,
} from './rational.ts';

/** A literal as inequalities; it says nothing where one of its variables is null. */
export type Row = { readonly inequalities: readonly Inequality[]; readonly variables: ReadonlySet<number> };

/**
 * Expressions as linear forms over variables: columns, draws, and what is not linear. What is known of a variable beside is
 * its domain, and how it is computed from others. Everything errs on the side of knowing less, by all that rounding can do.
 */
export type LinearModel = {
  /** Null where the comparison is none of numbers. `loose`: between variables < is taken as <=. */
  readonly rowOf: (literal: Literal, loose?: boolean) => Row | null;
  readonly isNullable: (variable: number) => boolean;
  /** Of a column that some comparison has read. */
  readonly variableOf: (path: string) => number | undefined;
  /** Domains and definitions of variables, and of those that they are computed from. */
  readonly known: (variables: Iterable<number>) => Row;
};

type Variable = {
  readonly expr: Expr;
  readonly domain: Domain;
  readonly type: Type;
  /** What it is computed from and how; made when first asked for. */
  definition: readonly Inequality[] | null;
};

const MICROS_PER_DAY = whole(86_400_000_000n);
/** Decimals of so many digits are different doubles, in the same order. */
const DISTINCT = whole(10n ** 15n);

export function createLinearModel(table: LogicalTable): LinearModel {
  const variables: Variable[] = [];
  const known = new Map<string, number>();
  const columns = new Map(table.columns.map((column) => [column.path, column]));

  const variableOf = (expr: Expr, guarded: boolean): Form => {
    const column = expr.op === 'column' ? columns.get(expr.path) : undefined;
    // What is known of an expression under a guard may hold there only.
    const key = column ? `column ${column.path}` : `${guarded ? 'guarded ' : ''}${shapeOf(expr)}`;
    const nothing: Domain = { kind: 'any', nullable: true };
    const domain = column ? column.domain : guarded ? nothing : expr.domain;
    const found = known.get(key) ?? variables.length;
    if (found === variables.length) {
      variables.push({ expr, domain, type: expr.type, definition: null });
      known.set(key, found);
    }
    return variableForm(found, sizeOf(numeric(domain)));
  };

  const formOf = (expr: Expr, guarded: boolean): Form | null => {
    if (!NUMERIC.has(expr.type.kind) || (expr.op === 'column' && expr.observed)) return null;
    if (expr.op === 'constant') return constantOf(expr);
    const exact =
      expr.op === 'call' ? linear(expr, guarded) : expr.op === 'cast' ? kept(expr, guarded) : null;
    return exact ?? variableOf(expr, guarded);
  };
  const realOf = (expr: Expr, guarded: boolean): Form | null => {
    const form = formOf(expr, guarded);
    if (form === null || expr.type.kind === 'float') return form;
    return expr.type.kind === 'decimal' ? rounded(form) : asDouble(form);
  };

  /** Sums, differences, and multiples by constants. */
  const linear = (call: Call, guarded: boolean): Form | null => {
    const [left, right] = call.args;
    const isReal = call.type.kind === 'float';
    const read = (arg: Expr): Form | null => {
      const form = isReal ? realOf(arg, guarded) : formOf(arg, guarded);
      const days = call.type.kind === 'date' && arg.type.kind === 'duration';
      return form && days ? scaled(form, divide(ONE, MICROS_PER_DAY)) : form;
    };
    const a = left ? read(left) : null;
    const b = right ? read(right) : null;
    const done = (form: Form): Form | null => (isReal ? rounded(form) : form);
    if (!a) return null;
    if (call.fn === 'neg') return opposite(a);
    if (!b) return null;
    const mixed = [left, right].some(
      (arg) => arg?.type.kind === 'duration' || arg?.type.kind === 'timestamp',
    );
    switch (call.fn) {
      case 'add':
        return done(sum(a, b));
      case 'sub':
        return done(difference(a, b));
      case 'mul':
        if (mixed) return null;
        if (b.terms.size === 0 && isZero(b.error)) return done(scaled(a, b.constant));
        return a.terms.size === 0 && isZero(a.error) ? done(scaled(b, a.constant)) : null;
      case 'div':
        if (mixed || b.terms.size > 0 || !isZero(b.error) || isZero(b.constant)) return null;
        return done(scaled(a, divide(ONE, b.constant)));
      default:
        return null;
    }
  };

  /** Casts that change no value. */
  const kept = ({ of, type }: Extract<Expr, { op: 'cast' }>, guarded: boolean): Form | null => {
    const form = formOf(of, guarded);
    if (form === null) return null;
    if (of.type.kind === type.kind && type.kind !== 'float' && type.kind !== 'decimal') return form;
    if (type.kind === 'timestamp' && of.type.kind === 'date') return scaled(form, MICROS_PER_DAY);
    if (type.kind === 'float' && of.type.kind === 'float') return type.bits >= of.type.bits ? form : null;
    if (type.kind === 'float' && type.bits === 64 && of.type.kind === 'int') return asDouble(form);
    const finer = type.kind === 'decimal' && scaleOf(of.type) !== null && scaleOf(of.type)! <= type.scale;
    return finer ? form : null;
  };

  const define = (number: number): readonly Inequality[] => {
    const { expr, domain } = variables[number]!;
    if (domain.nullable) return [];
    const own = variableForm(number, null);
    if (expr.op === 'column') {
      const made = columns.get(expr.path)?.expr;
      // Of a draw the column's domain tells all, short of what other constraints have truncated.
      if (!made || isDrawn(made)) return [];
      const form = formOf(made, false);
      return [...(form ? between(form, own, ZERO, ZERO) : []), ...monotone(made, own)];
    }
    if (expr.op === 'cast') {
      const off = lossOf(expr.of.type, expr.type, formOf(expr.of, false)?.size ?? null);
      const form = off && formOf(expr.of, false);
      return form && off ? between(form, own, negate(off), off) : [];
    }
    if (expr.op !== 'call') return [];
    const args = expr.args.map(
      (arg) =>
        arg &&
        (expr.type.kind === 'float' || expr.type.kind === 'int' ? realOf(arg, false) : formOf(arg, false)),
    );
    const [first] = args;
    if (!first) return [];
    switch (expr.fn) {
      case 'floor':
        return between(first, own, negate(ONE), ZERO, true);
      case 'ceil':
        return between(opposite(first), opposite(own), negate(ONE), ZERO, true);
      case 'round':
        return args.length === 1 ? between(first, own, negate(HALF), HALF) : [];
      case 'min':
        return args.flatMap((arg) => (arg ? atMost(own, arg) : []));
      case 'max':
        return args.flatMap((arg) => (arg ? atMost(arg, own) : []));
      case 'abs':
        return [...atMost(first, own), ...atMost(opposite(first), own)];
      default:
        return [];
    }
  };

  /** What is added is not lost to rounding altogether: x + d is not below x where d is not below 0. */
  const monotone = (expr: Expr, own: Form): readonly Inequality[] => {
    if (expr.op !== 'call' || expr.type.kind !== 'float') return [];
    const [left, right] = expr.args;
    if (!left || !right || (expr.fn !== 'add' && expr.fn !== 'sub')) return [];
    const beside = (kept: Expr, added: Expr, sign: 1 | -1): readonly Inequality[] => {
      const [form, range] = [realOf(kept, false), numeric(added.domain)];
      if (form === null || range === null) return [];
      const [rises, falls] = [range.lo >= 0, range.hi <= 0];
      return [
        ...((sign > 0 ? rises : falls) ? atMost(form, own) : []),
        ...((sign > 0 ? falls : rises) ? atMost(own, form) : []),
      ];
    };
    if (expr.fn === 'sub') return beside(left, right, -1);
    return [...beside(left, right, 1), ...beside(right, left, 1)];
  };

  const definitionOf = (number: number): readonly Inequality[] => {
    const variable = variables[number]!;
    variable.definition ??= [...ends(number, numeric(variable.domain)), ...define(number)];
    return variable.definition;
  };
  const gridOfVariable = (number: number): Rational => {
    const { type, domain } = variables[number]!;
    const scale = scaleOf(type);
    if (scale !== null) return ratio(1n, 10n ** BigInt(scale));
    return numeric(domain)?.integer || INTEGRAL.has(type.kind) ? ONE : ZERO;
  };

  const rowOf = ({ fn, left, right, guarded }: Literal, loose = false): Row | null => {
    const pair = sides(left, right, guarded);
    if (pair === null) return null;
    const off = difference(...pair);
    const strict = fn === 'lt' && !(loose && off.terms.size > 1);
    const grid = gridOf(off, gridOfVariable);
    // a < b on a grid: at least a step below.
    const stepped = strict && !isZero(grid);
    const most = stepped ? negate(grid) : off.error;
    const inequalities = [below(off, most, strict && !stepped)];
    if (fn === 'eq') inequalities.push(below(opposite(off), off.error, false));
    return { inequalities, variables: new Set(off.terms.keys()) };
  };
  /** What a comparison compares: numbers of different types as reals. */
  const sides = (left: Expr, right: Expr, guarded: boolean): readonly [Form, Form] | null => {
    const [a, b] = [formOf(left, guarded), formOf(right, guarded)];
    if (a === null || b === null) return null;
    const [s, t] = [scaleOf(left.type), scaleOf(right.type)];
    if (s === 0 && t === 0) return [a, b];
    if (s === null && t === null && left.type.kind !== 'float') return [a, b];
    if (s !== null && t !== null && distinct(a, Math.max(s, t)) && distinct(b, Math.max(s, t))) return [a, b];
    const [x, y] = [realOf(left, guarded), realOf(right, guarded)];
    return x && y ? [x, y] : null;
  };

  return {
    rowOf,
    variableOf: (path) => known.get(`column ${path}`),
    isNullable: (variable) => variables[variable]!.domain.nullable,
    known: (of) => {
      const seen = new Set(of);
      const inequalities: Inequality[] = [];
      // The set grows while it is walked.
      for (const variable of seen) {
        const definition = definitionOf(variable);
        inequalities.push(...definition);
        for (const { terms } of definition) for (const other of terms.keys()) seen.add(other);
      }
      return { inequalities, variables: seen };
    },
  };
}

const isDrawn = (expr: Expr): boolean => (expr.op === 'cast' ? expr.of : expr).op === 'draw';

const NUMERIC: ReadonlySet<Type['kind']> = new Set([
  'int',
  'float',
  'decimal',
  'date',
  'timestamp',
  'duration',
]);
const INTEGRAL: ReadonlySet<Type['kind']> = new Set(['int', 'date', 'timestamp', 'duration']);

/** Digits behind the point; null where there is no telling. */
const scaleOf = (type: Type): number | null =>
  type.kind === 'decimal' ? type.scale : type.kind === 'int' ? 0 : null;

function constantOf({ value, type }: Extract<Expr, { op: 'constant' }>): Form | null {
  if (typeof value === 'number') return Number.isFinite(value) ? constantForm(ofDouble(value)) : null;
  return typeof value === 'bigint' && type.kind !== 'decimal' ? constantForm(whole(value)) : null;
}

const distinct = ({ size, error }: Form, scale: number): boolean =>
  size !== null && isZero(error) && compare(size, divide(DISTINCT, whole(10n ** BigInt(scale)))) <= 0;
