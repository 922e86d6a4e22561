import type { DataTable } from '../../stdlib/define.ts';
import type { Domain } from '../../stdlib/domain.ts';
import type { Type } from '../../stdlib/types.ts';
import type { Value } from '../../stdlib/value.ts';
import type { NodeId, SpecAst } from '../1-parse/ast.ts';

/** The spec with what the checker found out, in side tables keyed by node id. The AST itself is untouched. */
export type TypedSpec = {
  readonly ast: SpecAst;
  readonly types: ReadonlyMap<NodeId, Type>;
  readonly domains: ReadonlyMap<NodeId, Domain>;
  /** What names, fields, indexings, calls, draws and operators mean. */
  readonly meanings: ReadonlyMap<NodeId, Meaning>;
  /** Constants: `let` values, literals and what folds out of them without drawing. */
  readonly values: ReadonlyMap<NodeId, Value>;
  readonly tables: readonly TypedTable[];
  readonly data: ReadonlyMap<string, DataValue>;
  /** By table: the columns that its files are partitioned by. */
  readonly partitions: ReadonlyMap<string, readonly PartitionBy[]>;
};

/** A column of `partition_by`, and how many combinations of values it and those before it may have. */
export type PartitionBy = { readonly path: string; readonly combinations: number };

/** A data file is a table (CSV, list of records) or a document (a map of lists or of maps). */
export type DataValue =
  | { readonly kind: 'table'; readonly table: DataTable }
  | { readonly kind: 'document'; readonly value: Value; readonly type: Type; readonly hash: string };

export type TypedTable = {
  readonly name: string;
  readonly rows: number;
  readonly key: string | null;
  /** Leaf columns, in an order in which each comes after those that it reads (within the table). Structs are paths: `demographics.age`. */
  readonly columns: readonly TypedColumn[];
};

type TypedColumn = {
  readonly path: string;
  /** Node id of its ColumnAst. */
  readonly node: NodeId;
  readonly type: Type;
  readonly domain: Domain;
  readonly hidden: boolean;
  /** Drawn, or computed from what is drawn. */
  readonly random: boolean;
};

export type Meaning =
  /** A leaf column, or a struct of the same table by its path. */
  | { readonly kind: 'column'; readonly path: string }
  /** `ref.column` through a reference: the parent's leaf column (or struct). `via` is the expression that is a reference. */
  | { readonly kind: 'parent'; readonly via: NodeId; readonly table: string; readonly path: string }
  /** Column of a row of a data table: `g.parent` where g is `~pick(genres)`. `of` is the expression that is a row. */
  | { readonly kind: 'data-field'; readonly of: NodeId; readonly data: string; readonly column: string }
  /** `weight` in `~pick(genres, weight=weight)`. */
  | { readonly kind: 'data-column'; readonly data: string; readonly column: string }
  /** A name in `let:` that is an expression: its tree stands in its place. */
  | { readonly kind: 'let'; readonly expr: NodeId }
  /** A name (or path, or constant index) that is a constant: see `values`. */
  | { readonly kind: 'constant' }
  | { readonly kind: 'data'; readonly name: string }
  | { readonly kind: 'table'; readonly name: string }
  | { readonly kind: 'row' }
  | { readonly kind: 'rows' }
  /** `map[enum]`, `list[int]`, `vector[int]`. */
  | { readonly kind: 'index' }
  /** `args[i]` belongs to parameter i of the overload; null takes the default. Variadic arguments follow. */
  | {
      readonly kind: 'call';
      readonly fn: string;
      readonly overload: number;
      readonly args: readonly (NodeId | null)[];
    }
  | {
      readonly kind: 'draw';
      readonly law: string;
      readonly args: ReadonlyMap<string, NodeId>;
      readonly free: readonly { readonly label: string; readonly weight: NodeId }[];
    };
