import type { Domain } from './domain.ts';
import type { SlotKind, Type } from './types.ts';
import type { Value } from './value.ts';

/**
 * How an overload names a parameter's type. `int` takes any integer, `real` any number (integers widen), `number` keeps
 * which it was, `text` also takes an enum, `any` takes everything; the rest are the types of the language.
 */
export type TypePattern =
  | 'bool'
  | 'int'
  | 'real'
  | 'number'
  | 'text'
  | 'enum'
  | 'decimal'
  | 'date'
  | 'timestamp'
  | 'duration'
  | 'uuid'
  | 'list'
  | 'vector'
  | 'map'
  | 'range'
  | 'row'
  | 'table'
  | 'piece'
  | 'any';

/** The values that a parameter may take, for the checker: `sigma` is `{ above: 0 }`. */
export type Bounds = {
  readonly above?: number;
  readonly below?: number;
  readonly min?: number;
  readonly max?: number;
};

export type Param = {
  readonly name: string;
  readonly type: TypePattern;
  readonly bounds?: Bounds;
  /** Absent: required. `null`: may be left out. */
  readonly default?: Value;
  /** The parameter must be known at compile time. */
  readonly constant?: boolean;
  readonly doc: string;
};

/** A step of the plan that holds a value a row. */
export type SlotRef = {
  readonly step: number;
  readonly kind: SlotKind;
  readonly nullable: boolean;
  /** For `code` and `codes`: the texts by code. */
  readonly dictionary?: readonly string[];
  /** For `vec`: components. For `codes`, `i64s`, `f64s`: the most items a row may have. For `str`: the most bytes. */
  readonly width?: number;
};
/** A constant array in tables.bin. */
export type BlobRef = { readonly blob: number };

/** What a kernel call takes, in the order of its parameters. */
export type Operand =
  | { readonly slot: number }
  /** Pointer to the slot's validity bytes, 0 where it cannot be null. */
  | { readonly valid: number }
  | BlobRef
  | { readonly i32: number }
  | { readonly f64: number }
  /** Decimal digits of a signed 64-bit integer. */
  | { readonly i64: string }
  /** Expands to three parameters: stream (i64), row ids (pointer), attempts (pointer, or 0 for none). */
  | { readonly key: string; readonly group: number | null }
  /** A temporary array of so many bytes a row. */
  | { readonly scratch: number };

export type BlobData = Float64Array | Int32Array | BigInt64Array | BigUint64Array | Uint8Array | Uint32Array;

/** What laws and functions build plans with. Implemented by compiler/5-lower. */
export interface Builder {
  /** One kernel call whose output slot comes last (after it, for `nulls: 'kernel'`, its validity bytes). Equal calls are shared. */
  kernel(
    name: string,
    out: { readonly kind: SlotKind; readonly width?: number; readonly dictionary?: readonly string[] },
    operands: readonly Operand[],
    /** `strict` (the default): null where any slot operand is null. `never`: never null. `kernel`: the kernel says. */
    nulls?: 'strict' | 'never' | 'kernel',
  ): SlotRef;
  constant(value: Value, type: Type): SlotRef;
  /** The row's number, from 0 (`i64`). */
  rowId(): SlotRef;
  /** Equal contents are stored once. */
  blob(data: BlobData): BlobRef;
  /** Pointwise conversions that change no value: int → real, enum → text, … */
  convert(slot: SlotRef, to: SlotKind): SlotRef;
  /** The text dictionary `values` as a blob that string kernels read: u32 count, u32 offsets[count + 1], UTF-8 bytes. */
  dictionary(values: readonly string[]): BlobRef;
  /** A reserved stream of the column being built, by purpose: for bijections such as `uuid(row)`. Decimal digits (i64). */
  stream(purpose: string): string;
  /** Scalar mathematics: the kernels' own, so that a table built here and a value computed there agree to the bit. */
  readonly math: ScalarMath;
}

/** Kernel functions on scalars; all are exported by kernels.wasm. Domains are the callers' to check. */
export interface ScalarMath {
  exp(x: number): number;
  expm1(x: number): number;
  log(x: number): number;
  log1p(x: number): number;
  pow(x: number, y: number): number;
  sin(x: number): number;
  cos(x: number): number;
  tan(x: number): number;
  atan(x: number): number;
  lgamma(x: number): number;
  /** Regularised lower and upper incomplete gamma, shape a. */
  gammaP(a: number, x: number): number;
  gammaQ(a: number, x: number): number;
  /** Their inverse in x for p in (0, 1). */
  gammaInverse(a: number, p: number): number;
  gammaInverseUpper(a: number, q: number): number;
  /** Regularised incomplete beta, and its inverse in x. */
  betaI(a: number, b: number, x: number): number;
  /** 1 − I_x(a, b), accurate where it is small. */
  betaQ(a: number, b: number, x: number): number;
  betaInverse(a: number, b: number, p: number): number;
  /** x with 1 − I_x(a, b) = q. */
  betaInverseUpper(a: number, b: number, q: number): number;
  /** x^a e^−x / Γ(a + 1). */
  poissonDensity(a: number, x: number): number;
  normalCdf(z: number): number;
  normalSf(z: number): number;
  normalQuantile(p: number): number;
}

/** An argument as the lowering of an item sees it. */
export type Arg =
  | { readonly kind: 'constant'; readonly value: Value; readonly type: Type }
  | { readonly kind: 'slot'; readonly slot: SlotRef; readonly type: Type; readonly domain: Domain }
  /** `a..b` whose ends vary by row. */
  | { readonly kind: 'range'; readonly lo: Arg; readonly hi: Arg; readonly halfOpen: boolean }
  /** A constant map or list chosen by an enum's code: `language_of[region]`. `cases[code]`. */
  | { readonly kind: 'choice'; readonly by: SlotRef; readonly cases: readonly Value[]; readonly type: Type }
  /** A data table (for `pick`), with its columns; or another table (for `ref`). */
  | { readonly kind: 'data'; readonly name: string; readonly data: DataTable }
  | { readonly kind: 'table'; readonly name: string; readonly rows: number }
  | { readonly kind: 'piece'; readonly name: string; readonly args: ReadonlyMap<string, Arg> };

/** Constant ranges: a `Value` of type range is `[lo, hi, halfOpen]`. */
export type DataTable = {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly {
    readonly name: string;
    readonly type: Type;
    readonly values: readonly Value[];
  }[];
  readonly hash: string;
};

export type Args = ReadonlyMap<string, Arg>;
export type Lowered = { readonly slot: SlotRef; readonly type: Type };

// ---------------------------------------------------------------------------------------------------------------- laws

export type LawDefinition = {
  readonly name: string;
  readonly summary: string;
  /** Density, cdf or algorithm in one line, for docs and hover. */
  readonly formula: string;
  readonly doc: string;
  /** Paper or textbook. */
  readonly source: string;
  readonly params: readonly Param[];
  /** Free keys: `categorical(view=70, like=15)`; the names are values of the law, never parameters. */
  readonly free?: { readonly of: 'label' | 'range'; readonly bounds: Bounds; readonly doc: string };
  /** May stand before `within`. */
  readonly truncatable: boolean;
  /** May a `unique`, a permutation or a reference be built on it: given by the row, never redrawn. */
  readonly given?: boolean;
  /** `args` by parameter; the free keys, where there are any, by label (`a`, `1920..1949`) in the order of writing. */
  readonly type: (args: ReadonlyMap<string, ArgFacts>) => Type | string;
  /** The law's support given what is known of its parameters. */
  readonly support: (args: ReadonlyMap<string, ArgFacts>) => Domain;
  readonly examples: readonly string[];
  readonly shape: LawShape;
};

export type ArgFacts = {
  readonly type: Type;
  readonly domain: Domain;
  readonly value: Value | undefined;
  /** The constants that it is one of, where another column chooses it. */
  readonly cases?: readonly Value[] | undefined;
};

export type LawShape =
  /** One-dimensional and continuous: quantile tables, truncation, goodness of fit all follow from this. Parameters in order. */
  | {
      readonly kind: 'continuous';
      readonly cdf: (m: ScalarMath, x: number, p: readonly number[]) => number;
      /** 1 − cdf, accurate where it is small. */
      readonly sf: (m: ScalarMath, x: number, p: readonly number[]) => number;
      readonly quantile: (m: ScalarMath, u: number, p: readonly number[]) => number;
      /** Quantile of the upper tail: x with sf(x) = v. */
      readonly upper: (m: ScalarMath, v: number, p: readonly number[]) => number;
      readonly mean: (m: ScalarMath, p: readonly number[]) => number;
      readonly variance: (m: ScalarMath, p: readonly number[]) => number;
      /**
       * Kernels for parameters that vary by row: (n, stream, rows, attempts, p…, out) and, within bounds,
       * (n, stream, rows, attempts, p…, lo, hi, out).
       */
      readonly kernel: string;
      readonly kernelWithin: string;
      /**
       * A location–scale family: what varies by row is drawn from the table of the standard law, then
       * `kernel(n, z, p…, out)`. `null`: the closed form is as fast as a table, and is used for constants too.
       */
      readonly standard?: Standard | null;
    }
  /** On integers: alias and guide tables follow from the mass function. */
  | {
      readonly kind: 'discrete';
      readonly pmf: (m: ScalarMath, k: number, p: readonly number[]) => number;
      readonly mean: (m: ScalarMath, p: readonly number[]) => number;
      readonly variance: (m: ScalarMath, p: readonly number[]) => number;
      readonly kernel: string;
      readonly kernelWithin: string | null;
    }
  /** Anything else says itself how it is drawn. `within` is set only where `truncatable`. */
  | {
      readonly kind: 'own';
      /** Of truncatable laws: the probability between constant bounds, all arguments being constant. */
      readonly mass?: (
        args: ReadonlyMap<string, ArgFacts>,
        within: { readonly lo: number; readonly hi: number; readonly halfOpen: boolean },
      ) => number;
      readonly lower: (b: Builder, draw: DrawContext) => Lowered;
    };

export type Standard = {
  readonly law: Extract<LawShape, { kind: 'continuous' }>;
  readonly p: readonly number[];
  readonly kernel: string;
};

export type DrawContext = {
  readonly args: Args;
  readonly free: readonly { readonly label: string; readonly weight: Arg }[];
  readonly within: Extract<Arg, { kind: 'range' }> | null;
  readonly type: Type;
  /** Of the table that the draw is in. */
  readonly rows: number;
  /** The draw's `key` operand. */
  readonly key: Extract<Operand, { key: string }>;
  /** What `by=` of a reference is, as the planner recognised it. */
  readonly by: ReferenceWeight | null;
};

/** Parents drawn with probability proportional to rank^-exponent, rank being a permutation of theirs with this stream. */
export type ReferenceWeight = {
  readonly kind: 'rank-power';
  readonly stream: string;
  readonly exponent: number;
};

// ------------------------------------------------------------------------------------------------------------ functions

export type Overload = {
  readonly params: readonly Param[];
  /** The last parameter may repeat. */
  readonly variadic?: boolean;
  /** A type, or a function of the arguments' types (a string says why they do not fit). */
  readonly result: Type | ((args: readonly ArgFacts[]) => Type | string);
  /**
   * The kernel (n, args…, out), each argument converted to `slots`; or how to build it. Constant folding runs the same
   * kernel on one row.
   */
  readonly lower:
    | { readonly kernel: string; readonly slots: readonly SlotKind[]; readonly out: SlotKind }
    | ((b: Builder, args: readonly Arg[], type: Type) => Lowered);
};

export type FunctionDefinition = {
  readonly name: string;
  /** Operators are functions too: `a + b` is `add`. */
  readonly operator?: string;
  readonly summary: string;
  readonly doc: string;
  readonly overloads: readonly Overload[];
  /** `strict`: null in, null out. `own`: the function deals with nulls itself. */
  readonly nulls: 'strict' | 'own';
  /** Interval arithmetic: the values of the result given those of the arguments (nullability is the checker's). */
  readonly domain: (args: readonly ArgFacts[], type: Type) => Domain;
  /** Where the arguments may reach a fault (division by zero, log of a negative): why, or null. */
  readonly fault?: (args: readonly ArgFacts[]) => Fault | null;
  readonly examples: readonly { readonly expr: string; readonly gives: string }[];
};

/** `certain`: every value of that argument faults, or one law, column or constant reaches it; else only bounds allow it. */
export type Fault = { readonly reason: string; readonly argument: number };

export const defineLaw = (law: LawDefinition): LawDefinition => law;
export const defineFunction = (fn: FunctionDefinition): FunctionDefinition => fn;
