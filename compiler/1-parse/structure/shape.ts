/** A mapping of the spec: what it is called in messages, its keys, and those that must be there. */
export type Shape = {
  readonly name: string;
  readonly keys: Readonly<Record<string, Key>>;
  readonly required?: readonly string[];
};

/** A key: what stands under it, and its documentation, from which the JSON Schema and `tvdd docs` are made. */
export type Key = {
  readonly value: KeyValue;
  readonly doc: string;
  /** YAML of the key with a value, as in a spec. */
  readonly example: string;
};

export type KeyValue =
  | { readonly kind: 'integer'; readonly min: bigint; readonly max: bigint }
  | { readonly kind: 'flag' }
  /** One of these words. */
  | { readonly kind: 'word'; readonly of: readonly string[] }
  /** Any text; `pattern` where it must have a form. */
  | { readonly kind: 'text'; readonly pattern?: string }
  | { readonly kind: 'type' }
  /** `draws`: a law may stand here. */
  | { readonly kind: 'expression'; readonly draws: boolean }
  | { readonly kind: 'template' }
  /** Expressions by number. */
  | { readonly kind: 'expressions' }
  /** Column names; `many`: or a list of such lists. */
  | { readonly kind: 'names'; readonly many: boolean }
  | { readonly kind: 'columns' }
  | { readonly kind: 'constraints' }
  /** Names, each with such a mapping. */
  | { readonly kind: 'named'; readonly shape: () => Shape }
  /** Names, each with an expression or data. */
  | { readonly kind: 'constants' }
  /** Names, each with `{ file: path }` or rows. */
  | { readonly kind: 'data' }
  | { readonly kind: 'mapping' }
  | { readonly kind: 'anything' };
