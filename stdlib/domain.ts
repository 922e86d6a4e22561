/**
 * What is known of an expression's values before any row is drawn. A domain may be too wide, never too narrow.
 * Dates count days, timestamps and durations microseconds. `nullable` says that null may occur as well.
 */
export type Domain =
  | {
      readonly kind: 'interval';
      readonly lo: number;
      readonly hi: number;
      readonly loOpen: boolean;
      readonly hiOpen: boolean;
      readonly integer: boolean;
      readonly nullable: boolean;
    }
  /** Finite: texts of an enum, small sets of numbers (as `number`), booleans. At most {@link MAX_SET} values. */
  | {
      readonly kind: 'set';
      readonly values: readonly (string | number | boolean)[];
      readonly nullable: boolean;
    }
  /** Texts by their length in code points and in UTF-8 bytes. */
  | {
      readonly kind: 'text';
      readonly minLength: number;
      readonly maxLength: number;
      readonly maxBytes: number;
      readonly nullable: boolean;
    }
  | { readonly kind: 'any'; readonly nullable: boolean };

export const MAX_SET = 4096;
