import type { Domain } from '../../stdlib/domain.ts';
import type { Type } from '../../stdlib/types.ts';
import type { Value } from '../../stdlib/value.ts';
import type { Span } from '../1-parse/source.ts';

/** Core expressions: names resolved, operators turned into calls, `let` put in place, streams given. */
export type Expr =
  | Constant
  | Row
  | ColumnRead
  | ParentRead
  | DataField
  | Call
  | Index
  | Draw
  | Conditional
  | Member
  | CodeOf
  | Cast
  | If
  | Template
  | UniqueText
  | RangeOf
  | DataRead
  | TableRead
  | Vector;

type Base = { readonly type: Type; readonly domain: Domain; readonly span: Span };

export type Constant = Base & { readonly op: 'constant'; readonly value: Value };
/** The row's number, from 0. */
export type Row = Base & { readonly op: 'row' };
/** A leaf column of the same table. `observed`: after missing values are cut; else the complete value. */
export type ColumnRead = Base & { readonly op: 'column'; readonly path: string; readonly observed: boolean };
export type ParentRead = Base & {
  readonly op: 'parent';
  readonly ref: Expr;
  readonly table: string;
  readonly path: string;
  readonly observed: boolean;
};
/** A column of a drawn row of a data table. */
export type DataField = Base & {
  readonly op: 'field';
  readonly of: Expr;
  readonly data: string;
  readonly column: string;
};
export type Call = Base & {
  readonly op: 'call';
  readonly fn: string;
  readonly overload: number;
  readonly args: readonly (Expr | null)[];
};
/** A constant map or list (or a choice of one) at an enum or a position. */
export type Index = Base & { readonly op: 'index'; readonly of: Expr; readonly by: Expr };
export type Draw = Base & {
  readonly op: 'draw';
  readonly law: string;
  /** Key of the draw's random words (language.md, Draws); also its identity. */
  readonly stream: string;
  readonly args: readonly { readonly name: string; readonly value: Expr }[];
  readonly free: readonly {
    readonly label: string;
    readonly range: readonly [number, number, boolean] | null;
    readonly weight: Expr;
  }[];
  readonly within: RangeOf | null;
  /** The parent's column that a reference weighs by. */
  readonly by: { readonly table: string; readonly path: string } | null;
};
/**
 * A finite draw by its conditional law, given codes drawn before it: weights by (given…, own code), the last fastest. A
 * choice of `given` that cannot come up has weights 0. Its type is an enum or a row of data: the value is a code.
 */
export type Conditional = Base & {
  readonly op: 'conditional';
  readonly stream: string;
  readonly given: readonly { readonly code: Expr; readonly size: number }[];
  readonly size: number;
  readonly weights: readonly number[];
};
/**
 * A code of a class, in proportion to its weight: `classOf` and `weights` by code, `of` the class as an enum. A class of
 * weight 0 cannot come up.
 */
export type Member = Base & {
  readonly op: 'member';
  readonly stream: string;
  readonly of: Expr;
  readonly classes: number;
  readonly classOf: readonly number[];
  readonly weights: readonly number[];
};
/** A code that follows from others: by (given…), the last fastest; −1 where a choice of `given` cannot come up. */
export type CodeOf = Base & {
  readonly op: 'code-of';
  readonly given: Conditional['given'];
  readonly codes: readonly number[];
};
export type Cast = Base & { readonly op: 'cast'; readonly of: Expr };
export type If = Base & {
  readonly op: 'if';
  readonly condition: Expr;
  readonly then: Expr;
  readonly otherwise: Expr;
};
export type Template = Base & { readonly op: 'template'; readonly parts: readonly (string | Expr)[] };
/**
 * A text that no two rows share: a bijection of the row into the pieces' combinations. A piece is one list of words, or a
 * list for each value of an enum: of `bys[by]`.
 */
export type UniqueText = Base & {
  readonly op: 'unique-text';
  readonly stream: string;
  readonly bys: readonly Expr[];
  readonly parts: readonly (string | UniquePiece)[];
};
export type UniquePiece = { readonly by: number | null; readonly lists: readonly (readonly string[])[] };
export type RangeOf = Base & {
  readonly op: 'range';
  readonly lo: Expr;
  readonly hi: Expr;
  readonly halfOpen: boolean;
};
export type DataRead = Base & { readonly op: 'data'; readonly name: string };
export type TableRead = Base & { readonly op: 'table'; readonly name: string };
export type Vector = Base & { readonly op: 'list'; readonly items: readonly Expr[] };

/** The expressions directly inside. */
export function children(expr: Expr): readonly Expr[] {
  switch (expr.op) {
    case 'constant':
    case 'row':
    case 'column':
    case 'data':
    case 'table':
      return [];
    case 'parent':
      return [expr.ref];
    case 'field':
    case 'member':
    case 'cast':
      return [expr.of];
    case 'call':
      return expr.args.filter((arg) => arg !== null);
    case 'index':
      return [expr.of, expr.by];
    case 'draw':
      return [
        ...expr.args.map((arg) => arg.value),
        ...expr.free.map((entry) => entry.weight),
        ...(expr.within ? [expr.within] : []),
      ];
    case 'conditional':
    case 'code-of':
      return expr.given.map(({ code }) => code);
    case 'if':
      return [expr.condition, expr.then, expr.otherwise];
    case 'template':
      return expr.parts.filter((part) => typeof part !== 'string');
    case 'unique-text':
      return expr.bys;
    case 'range':
      return [expr.lo, expr.hi];
    case 'list':
      return expr.items;
  }
}

/** Rebuilds an expression with its direct children mapped; the same reference when nothing changed. */
export function mapChildren(expr: Expr, map: (child: Expr) => Expr): Expr {
  switch (expr.op) {
    case 'constant':
    case 'row':
    case 'column':
    case 'data':
    case 'table':
      return expr;
    case 'parent': {
      const ref = map(expr.ref);
      return ref === expr.ref ? expr : { ...expr, ref };
    }
    case 'field':
    case 'member':
    case 'cast': {
      const of = map(expr.of);
      return of === expr.of ? expr : { ...expr, of };
    }
    case 'call': {
      const args = mapAll(expr.args, (arg) => (arg === null ? null : map(arg)));
      return args === expr.args ? expr : { ...expr, args };
    }
    case 'index': {
      const of = map(expr.of);
      const by = map(expr.by);
      return of === expr.of && by === expr.by ? expr : { ...expr, of, by };
    }
    case 'draw': {
      const args = mapAll(expr.args, (arg) => {
        const value = map(arg.value);
        return value === arg.value ? arg : { ...arg, value };
      });
      const free = mapAll(expr.free, (entry) => {
        const weight = map(entry.weight);
        return weight === entry.weight ? entry : { ...entry, weight };
      });
      const within = expr.within && mapRange(expr.within, map);
      return args === expr.args && free === expr.free && within === expr.within
        ? expr
        : { ...expr, args, free, within };
    }
    case 'conditional':
    case 'code-of': {
      const given = mapAll(expr.given, (each) => {
        const code = map(each.code);
        return code === each.code ? each : { ...each, code };
      });
      return given === expr.given ? expr : { ...expr, given };
    }
    case 'if': {
      const condition = map(expr.condition);
      const then = map(expr.then);
      const otherwise = map(expr.otherwise);
      return condition === expr.condition && then === expr.then && otherwise === expr.otherwise
        ? expr
        : { ...expr, condition, then, otherwise };
    }
    case 'template': {
      const parts = mapAll(expr.parts, (part) => (typeof part === 'string' ? part : map(part)));
      return parts === expr.parts ? expr : { ...expr, parts };
    }
    case 'unique-text': {
      const bys = mapAll(expr.bys, map);
      return bys === expr.bys ? expr : { ...expr, bys };
    }
    case 'range':
      return mapRange(expr, map);
    case 'list': {
      const items = mapAll(expr.items, map);
      return items === expr.items ? expr : { ...expr, items };
    }
  }
}

function mapRange(range: RangeOf, map: (child: Expr) => Expr): RangeOf {
  const lo = map(range.lo);
  const hi = map(range.hi);
  return lo === range.lo && hi === range.hi ? range : { ...range, lo, hi };
}

function mapAll<T>(items: readonly T[], map: (item: T) => T): readonly T[] {
  const mapped = items.map(map);
  return mapped.every((item, i) => item === items[i]) ? items : mapped;
}

/** An expression and all inside it, outer ones first. */
export const subexpressions = (expr: Expr): readonly Expr[] => [
  expr,
  ...children(expr).flatMap(subexpressions),
];

/** Two expressions are the same when they differ in spans and domains only. */
export const sameExpr = (a: Expr, b: Expr): boolean =>
  a === b || (a.op === b.op && shapeOf(a) === shapeOf(b));

/** Equal for expressions that are the same. */
export const shapeOf = (expr: Expr): string =>
  JSON.stringify(expr, (key, value: unknown) => {
    if (key === 'span' || key === 'domain') return undefined;
    if (typeof value === 'bigint') return `${value}n`;
    return value instanceof Map ? [...value] : value;
  });
