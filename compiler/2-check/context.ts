import type { FunctionDefinition, LawDefinition, ScalarMath } from '../../stdlib/define.ts';
import type { Domain } from '../../stdlib/domain.ts';
import type { Kernels } from '../../stdlib/kernels/load.ts';
import type { Type } from '../../stdlib/types.ts';
import type { Value } from '../../stdlib/value.ts';
import type { ColumnAst, LetAst, NodeId, SpecAst, TableAst } from '../1-parse/ast.ts';
import type { Span } from '../1-parse/source.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Host } from './host.ts';
import type { Known } from './known.ts';
import type { DataValue, Meaning, PartitionBy } from './typed-spec.ts';

/** The state of one check: the side tables being filled, and what names lead to. */
export type Context = {
  readonly ast: SpecAst;
  readonly host: Host;
  readonly laws: ReadonlyMap<string, LawDefinition>;
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
  readonly kernels: () => Kernels;
  readonly math: () => ScalarMath;
  readonly report: (diagnostic: Diagnostic) => void;
  readonly types: Map<NodeId, Type>;
  readonly domains: Map<NodeId, Domain>;
  readonly meanings: Map<NodeId, Meaning>;
  readonly values: Map<NodeId, Value>;
  /** Constants among which a row chooses. */
  readonly cases: Map<NodeId, readonly Value[]>;
  /** What guards and constraints know of a name or path: a key that is equal for equal places. */
  readonly keys: Map<NodeId, string>;
  readonly data: Map<string, DataEntry>;
  readonly lets: Map<string, LetEntry>;
  readonly models: Map<string, Model>;
  readonly tables: Map<string, Table>;
  /** Columns that hide something else of their name: reported, and silent where they are read. */
  readonly partitions: Map<string, readonly PartitionBy[]>;
  readonly hiding: Set<Column>;
  /** How deep the check is in expressions and in the columns that they read: what the stack must hold. */
  readonly nesting: { depth: number; told: boolean };
  /** Columns and lets being checked, innermost last: a second visit is a cycle. */
  readonly active: Active[];
  /** What lies on a cycle that has been told. */
  readonly circular: Set<string>;
  /** Names of structs inside paths: typed when all columns are. */
  readonly structNames: { readonly node: NodeId; readonly column: Column }[];
};

/** `value` is null where the data was faulty: reported, and silent afterwards. */
type DataEntry = { readonly name: string; readonly span: Span; readonly value: DataValue | null };
export type LetEntry = { readonly ast: LetAst; known: Known | null };
type Model = { readonly name: string; readonly kind: string; readonly dims: number };

export type Table = {
  readonly name: string;
  readonly ast: TableAst;
  readonly rows: number;
  /** In the order of the spec. */
  readonly columns: ReadonlyMap<string, Column>;
  /** Leaf columns in the order in which they were completed: each after what it reads. */
  readonly order: Column[];
};

export type Column = {
  readonly path: string;
  readonly table: Table;
  readonly ast: ColumnAst;
  /** By name; empty for leaf columns. */
  readonly fields: ReadonlyMap<string, Column>;
  /** The struct that it is a field of. */
  readonly parent: Column | null;
  known: Known | null;
  missing: 'unchecked' | 'checked';
};

export type Active = { readonly key: string; readonly label: string; readonly span: Span; at: Span };

/** Where an expression stands: what it sees, and what it may do. */
export type Scope = {
  readonly table: Table | null;
  /** The struct whose fields are seen first. */
  readonly struct: Column | null;
  /** The data table whose columns are seen first: in `~pick(t, weight=…)`. */
  readonly data: string | null;
  readonly place: 'column' | 'constraint' | 'where' | 'weigh' | 'missing' | 'let' | 'quality' | 'block';
  /** What guards say of places, by key. */
  readonly narrowed: ReadonlyMap<string, Domain>;
  readonly depth: number;
  /** Inside a call that is not supported yet: said once. */
  readonly later: boolean;
};

export const scopeOf = (
  place: Scope['place'],
  table: Table | null = null,
  struct: Column | null = null,
): Scope => ({
  table,
  struct,
  data: null,
  place,
  narrowed: new Map(),
  depth: 0,
  later: false,
});
