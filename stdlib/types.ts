/**
 * The types of the language. A type says what a value is; where it lives in memory is its {@link SlotKind}.
 * Plain data: types travel inside plans.
 */
export type Type =
  | { readonly kind: 'bool' }
  | { readonly kind: 'int'; readonly bits: 8 | 16 | 32 | 64; readonly signed: boolean }
  | { readonly kind: 'float'; readonly bits: 32 | 64 }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'text' }
  /** A finite set of texts, in the order of its codes. */
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'date' }
  /** UTC, microseconds since 1970. */
  | { readonly kind: 'timestamp' }
  /** Microseconds. */
  | { readonly kind: 'duration' }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'json' }
  | { readonly kind: 'list'; readonly of: Type }
  | { readonly kind: 'struct'; readonly fields: readonly Field[] }
  /** `labels` name the components where a law has named parts (dirichlet). */
  | { readonly kind: 'vector'; readonly dims: number; readonly labels?: readonly string[] }
  /** A row of another table: what `~ref` draws. */
  | { readonly kind: 'ref'; readonly table: string }
  /** A row of a data table: what `~pick` draws. */
  | { readonly kind: 'row'; readonly data: string }
  /** A constant map from `let:` or `data:`; exists at compile time only. */
  | { readonly kind: 'map'; readonly keys: readonly string[]; readonly of: Type }
  | { readonly kind: 'range'; readonly of: Type }
  /** A law as a value: a name in `let:`, or `peaks(…)`, `weekend(…)`: compile-time pieces of other laws. */
  | { readonly kind: 'piece'; readonly name: string }
  | { readonly kind: 'null' }
  /** What a faulty expression has, so that one fault gives one message. */
  | { readonly kind: 'error' };

export type Field = { readonly name: string; readonly type: Type };

/** How one value of a column lies in a batch's memory. See kernels/README.md. */
export type SlotKind = 'f64' | 'i64' | 'bool' | 'code' | 'str' | 'uuid' | 'vec' | 'codes' | 'i64s' | 'f64s';

export const INT64: Type = { kind: 'int', bits: 64, signed: true };
export const FLOAT64: Type = { kind: 'float', bits: 64 };
export const BOOL: Type = { kind: 'bool' };
export const TEXT: Type = { kind: 'text' };
export const DATE: Type = { kind: 'date' };
export const TIMESTAMP: Type = { kind: 'timestamp' };
export const DURATION: Type = { kind: 'duration' };
export const UUID: Type = { kind: 'uuid' };
export const NULL: Type = { kind: 'null' };
export const ERROR: Type = { kind: 'error' };

/** The slot of a type, or null for types that exist at compile time only (and for structs, which are columns). */
export function slotOf(type: Type): SlotKind | null {
  switch (type.kind) {
    case 'bool':
      return 'bool';
    case 'int':
    case 'decimal':
    case 'date':
    case 'timestamp':
    case 'duration':
    case 'ref':
      return 'i64';
    case 'float':
      return 'f64';
    case 'text':
    case 'json':
      return 'str';
    case 'enum':
    case 'row':
      return 'code';
    case 'uuid':
      return 'uuid';
    case 'vector':
      return 'vec';
    case 'list':
      switch (slotOf(type.of)) {
        case 'code':
          return 'codes';
        case 'i64':
          return 'i64s';
        case 'f64':
          return 'f64s';
        default:
          return null;
      }
    case 'struct':
    case 'map':
    case 'range':
    case 'piece':
    case 'null':
    case 'error':
      return null;
  }
}

/** As a user writes it: `int16`, `decimal(9,2)`, `list<text>`, `enum('a', 'b', … 12 values)`. */
export function showType(type: Type): string {
  switch (type.kind) {
    case 'int':
      return `${type.signed ? '' : 'u'}int${type.bits}`;
    case 'float':
      return `float${type.bits}`;
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'enum': {
      const shown = type.values.slice(0, 3).map((value) => `'${value}'`);
      return `enum(${shown.join(', ')}${type.values.length > 3 ? `, … ${type.values.length} values` : ''})`;
    }
    case 'list':
      return `list<${showType(type.of)}>`;
    case 'struct':
      return `struct(${type.fields.map((field) => field.name).join(', ')})`;
    case 'vector':
      return `vector[${type.dims}]`;
    case 'ref':
      return `ref<${type.table}>`;
    case 'row':
      return `row of ${type.data}`;
    case 'map':
      return `map of ${showType(type.of)}`;
    case 'range':
      return `range of ${showType(type.of)}`;
    case 'piece':
      return type.name;
    default:
      return type.kind;
  }
}
