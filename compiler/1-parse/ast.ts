import type { Span } from './source.ts';

/** Every node has an id, unique in its spec and given in source order: later phases keep facts by id. */
export type NodeId = number;
export type Node = { readonly id: NodeId; readonly span: Span };

export type Name = Node & { readonly text: string };

/** Structure: what YAML says. */
export type SpecAst = {
  readonly dataset: Name;
  /** 64-bit. */
  readonly seed: bigint;
  readonly data: readonly DataAst[];
  readonly lets: readonly LetAst[];
  readonly tables: readonly TableAst[];
  readonly quality: readonly ExprAst[];
  /** Sections of later stages, structurally checked, as plain values with spans. */
  readonly models: PlainAst | null;
  readonly output: PlainAst | null;
  readonly load: PlainAst | null;
  readonly use: PlainAst | null;
  readonly include: PlainAst | null;
};

export type DataAst = { readonly name: Name; readonly source: DataSourceAst };
export type DataSourceAst =
  | { readonly kind: 'file'; readonly path: Name }
  | { readonly kind: 'inline'; readonly value: PlainAst };

/** `let:`: a scalar directly under a name is an expression; lists and maps are plain values. */
export type LetAst = { readonly name: Name; readonly value: ExprAst | PlainAst };

export type TableAst = Node & {
  readonly name: Name;
  /** 1 … 2^48; null only in blocks (`for:`). `stated`: what the spec says, where the command line says otherwise. */
  readonly rows: { readonly value: number; readonly span: Span; readonly stated?: number } | null;
  readonly scale: 'fixed' | null;
  readonly key: Name | null;
  readonly block: BlockAst | null;
  readonly columns: readonly ColumnAst[];
  readonly constraints: readonly ConstraintAst[];
  readonly uniques: readonly { readonly columns: readonly Name[]; readonly span: Span }[];
  readonly correlate: PlainAst | null;
  readonly weigh: ExprAst | null;
  readonly doc: string | null;
};

/** `for: users as user`, `count: ~poisson(3)`. */
export type BlockAst = Node & {
  readonly parent: Name;
  readonly alias: Name;
  readonly count: ExprAst | null;
  /** Shares of an exact total (`rows:` beside `for:`). */
  readonly weight: ExprAst | null;
};

export type ColumnAst = Node & {
  readonly name: Name;
  readonly body:
    | { readonly kind: 'value'; readonly expr: ExprAst }
    | { readonly kind: 'struct'; readonly fields: readonly ColumnAst[] };
  readonly attributes: Attributes;
};

export type Attributes = {
  readonly type: TypeAst | null;
  readonly unique: Flag | null;
  readonly missing: ExprAst | null;
  readonly missingAs: ExprAst | null;
  readonly hidden: Flag | null;
  /** A range of code points. */
  readonly length: ExprAst | null;
  readonly doc: string | null;
  readonly pii: string | null;
  readonly stream: Name | null;
};
export type Flag = { readonly value: boolean; readonly span: Span };

export type ConstraintAst = Node & {
  readonly check: ExprAst;
  readonly when: ExprAst | null;
  readonly name: string | null;
  readonly doc: string | null;
  readonly tries: { readonly value: number; readonly span: Span } | null;
  /** A condition of the command line: it sees the holes of `missing:`, and where it is null it does not hold. */
  readonly asked?: true;
};

/** YAML that is data, with spans. Numbers that YAML reads stay numbers; `1_000` is the number 1000. */
export type PlainAst = Node &
  (
    | { readonly kind: 'plain-scalar'; readonly value: string | number | bigint | boolean | null }
    | { readonly kind: 'plain-list'; readonly items: readonly PlainAst[] }
    | {
        readonly kind: 'plain-map';
        readonly entries: readonly { readonly key: Name; readonly value: PlainAst }[];
      }
  );

/** Types as written: `int8`, `decimal(9, 2)`, `list<text>`, `vector[3]`. */
export type TypeAst = Node & { readonly name: string; readonly args: readonly (TypeAst | number)[] };

export type BinaryOp =
  | 'implies'
  | 'or'
  | 'and'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | 'not in'
  | '+'
  | '-'
  | '*'
  | '/'
  | '//'
  | '%'
  | '^';

export type ExprAst = Node &
  (
    | { readonly kind: 'int'; readonly value: bigint }
    | { readonly kind: 'real'; readonly value: number; readonly raw: string }
    | { readonly kind: 'text'; readonly value: string }
    | { readonly kind: 'bool'; readonly value: boolean }
    | { readonly kind: 'null' }
    /** Days since 1970. */
    | { readonly kind: 'date'; readonly value: bigint; readonly raw: string }
    /** Microseconds since 1970, UTC. */
    | { readonly kind: 'instant'; readonly value: bigint; readonly raw: string }
    /** Microseconds. */
    | { readonly kind: 'duration'; readonly value: bigint; readonly raw: string }
    | { readonly kind: 'range'; readonly lo: ExprAst; readonly hi: ExprAst; readonly halfOpen: boolean }
    | { readonly kind: 'list'; readonly items: readonly ExprAst[] }
    | { readonly kind: 'template'; readonly parts: readonly TemplatePart[] }
    /** `quoted`: the whole of a quoted YAML scalar (`x: 'classic'`), so probably meant as a text. */
    | { readonly kind: 'name'; readonly name: string; readonly quoted?: true }
    | { readonly kind: 'field'; readonly of: ExprAst; readonly field: Name }
    | { readonly kind: 'index'; readonly of: ExprAst; readonly index: ExprAst }
    | { readonly kind: 'call'; readonly callee: Name; readonly args: readonly ArgAst[] }
    | DrawAst
    | { readonly kind: 'unary'; readonly op: '-' | 'not'; readonly operand: ExprAst }
    | { readonly kind: 'binary'; readonly op: BinaryOp; readonly left: ExprAst; readonly right: ExprAst }
    | { readonly kind: 'is-null'; readonly operand: ExprAst; readonly negated: boolean }
    | { readonly kind: 'cast'; readonly operand: ExprAst; readonly to: TypeAst }
    | {
        readonly kind: 'if';
        readonly condition: ExprAst;
        readonly then: ExprAst;
        readonly otherwise: ExprAst;
      }
    | { readonly kind: 'match'; readonly subject: ExprAst; readonly arms: readonly MatchArm[] }
    /** Where parsing failed: already reported, says nothing more. */
    | { readonly kind: 'broken' }
  );

/** `~law(…) within a..b`. `ordinal` counts the `~` of one expression (a column's value, its `missing`, a check, …) in source order from 0. */
export type DrawAst = Node & {
  readonly kind: 'draw';
  readonly law: Name;
  readonly args: readonly ArgAst[];
  readonly within: ExprAst | null;
  readonly ordinal: number;
};

/**
 * `value`, `name=value`, or `key=value` with a key that is no name: a label `'sci-fi'=3`, a number `1=3`, a range
 * `1920..1949=5`. At most one of `name` and `key` is there; a positional argument has neither.
 */
export type ArgAst = { readonly name: Name | null; readonly key: ExprAst | null; readonly value: ExprAst };
export type TemplatePart =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'hole'; readonly expr: ExprAst };
/** `patterns: null` is the arm `_`. */
export type MatchArm = {
  readonly patterns: readonly ExprAst[] | null;
  readonly value: ExprAst;
  readonly span: Span;
};
