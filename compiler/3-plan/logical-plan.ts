import type { Domain } from '../../stdlib/domain.ts';
import type { Type } from '../../stdlib/types.ts';
import type { PlainAst } from '../1-parse/ast.ts';
import type { Span } from '../1-parse/source.ts';
import type { DataValue, PartitionBy } from '../2-check/typed-spec.ts';
import type { Encoding } from '../storage/encoding.ts';
import type { Expr } from './expr.ts';

/** What is to be made, without a word on how: tables, their columns' laws, and what conditions them. */
export type LogicalPlan = {
  readonly dataset: string;
  readonly seed: bigint;
  readonly tables: readonly LogicalTable[];
  readonly data: ReadonlyMap<string, DataValue>;
  /** `output:` as written. */
  readonly output: PlainAst | null;
};

export type LogicalTable = {
  readonly name: string;
  readonly doc: string | null;
  readonly rows: number;
  readonly key: string | null;
  /** Leaf columns, each after those that it reads. */
  readonly columns: readonly LogicalColumn[];
  /** What is stored, in the spec's order. */
  readonly layout: readonly Layout[];
  readonly constraints: readonly LogicalConstraint[];
  /** What candidates are kept by: the spec's weight, less its parts that are `folded` into the laws of draws. */
  readonly weigh: { readonly expr: Expr; readonly stream: string } | null;
  readonly folded: readonly Span[];
  /** What its files are partitioned by. `fewer`: the command line asks for fewer rows than the spec, which was made for more. */
  readonly partition: { readonly by: readonly PartitionBy[]; readonly fewer: boolean } | null;
};

export type LogicalColumn = {
  readonly path: string;
  readonly span: Span;
  /** What the column's random streams are keyed by: its path, or `stream:`. */
  readonly stream: string;
  readonly type: Type;
  readonly domain: Domain;
  readonly hidden: boolean;
  readonly expr: Expr;
  /** A bool, or a probability drawn from `stream`. */
  readonly missing: { readonly expr: Expr; readonly stream: string } | null;
  readonly missingAs: Expr | null;
};

export type Layout =
  | {
      readonly kind: 'leaf';
      readonly name: string;
      readonly path: string;
      readonly doc: string | null;
      /** Null until the optimizer has chosen: as the type alone says. */
      readonly encoding: Encoding | null;
    }
  | {
      readonly kind: 'struct';
      readonly name: string;
      readonly fields: readonly Layout[];
      readonly doc: string | null;
    };

export type LogicalConstraint = {
  /** As the user names it, or its expression's text. */
  readonly name: string;
  readonly span: Span;
  readonly predicate: Expr;
  readonly tries: number | null;
  /** A condition of the command line. */
  readonly asked: boolean;
  readonly lowering: Lowering;
};

/**
 * How a constraint is enforced: `open` until the optimizer has decided. `kept` is the share of rows that this constraint alone
 * leaves of the law as earlier rules left it, exact; null where that is not known.
 */
export type Lowering =
  | { readonly kind: 'open' }
  | { readonly kind: 'proved' }
  | { readonly kind: 'truncate'; readonly columns: readonly [string]; readonly kept: number | null }
  /** `columns` are truncated by it, among others. */
  | { readonly kind: 'enumerate'; readonly columns: readonly string[]; readonly kept: number | null }
  /** Between columns that hold their draws in order: candidates with equal values are drawn again. */
  | { readonly kind: 'sort' }
  | { readonly kind: 'reject' };

/** Whether candidates are judged by the constraint; else its columns' laws are such that it holds. */
export function isChecked({ lowering }: LogicalConstraint): boolean {
  switch (lowering.kind) {
    case 'open':
    case 'sort':
    case 'reject':
      return true;
    case 'proved':
    case 'truncate':
    case 'enumerate':
      return false;
  }
}
