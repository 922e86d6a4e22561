import type { Type } from '../../../stdlib/types.ts';
import { utf8 } from './out.ts';

/** How a format writes what is no number. */
export type Notation = ItemNotation & {
  readonly nothing: Uint8Array;
  readonly json: TextNotation;
  readonly list: {
    readonly open: Uint8Array;
    readonly close: (of: Type) => Uint8Array;
    /** Its items stand one after another with commas between. */
    readonly items: ItemNotation;
  };
};
export type ItemNotation = {
  readonly text: TextNotation;
  /** Around dates, instants and uuids, which need no escape. */
  readonly mark: Uint8Array;
  /** Before and after the microseconds of a duration. */
  readonly duration: readonly [before: Uint8Array, after: Uint8Array];
};
/** What stands around a text, and for some of its bytes. */
export type TextNotation = { readonly mark: Uint8Array; readonly escapes: Escapes };

/** By byte; null where it stands for itself. Texts are UTF-8, so that only ASCII ever needs one. */
export type Escapes = readonly (Uint8Array | null)[];

export const escapes = (of: Readonly<Record<string, string>>): Escapes =>
  Array.from({ length: 256 }, (_, byte) => {
    const text = byte < 0x80 ? of[String.fromCharCode(byte)] : undefined;
    return text === undefined ? null : utf8(text);
  });

/** What JSON's strings escape (RFC 8259): quotes, backslashes, control characters, as `JSON.stringify` does. */
export const JSON_ESCAPES: Readonly<Record<string, string>> = Object.fromEntries(
  [...Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)), '"', '\\'].map((sign) => [
    sign,
    JSON.stringify(sign).slice(1, -1),
  ]),
);

/** A text as the notation writes it. */
export function quoted(text: string, { escapes: table, mark }: TextNotation): Uint8Array {
  const pieces = [...utf8(text)].map((byte) => table[byte] ?? Uint8Array.of(byte));
  return Buffer.concat([mark, ...pieces, mark]);
}
