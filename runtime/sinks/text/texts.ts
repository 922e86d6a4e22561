import type { Escapes, TextNotation } from './notation.ts';
import type { Out } from './out.ts';
import { reserve, writeBytes } from './out.ts';

/** Up to this, a loop is faster than a copy by the engine. */
const SHORT = 30;

/** Writes texts of a batch: UTF-8 bytes from one place to another, with what stands for some of them. */
export type TextWriter = {
  /** Turns to the bytes of a batch. */
  begin(bytes: Uint8Array): void;
  write(out: Out, from: number, to: number): void;
};

export function textWriter({ escapes, mark }: TextNotation): TextWriter {
  const special = Uint8Array.from(escapes, (instead) => (instead === null ? 0 : 1));
  const longest = Math.max(1, ...escapes.map((instead) => instead?.length ?? 0));
  let source: Uint8Array = new Uint8Array();
  let plain = false;
  return {
    begin(bytes) {
      source = bytes;
      plain = !hasAny(bytes, special);
    },
    write(out, from, to) {
      writeBytes(out, mark);
      const length = to - from;
      if (plain && length > SHORT) {
        reserve(out, length);
        out.bytes.set(source.subarray(from, to), out.at);
        out.at += length;
      } else {
        reserve(out, length * longest);
        copy(out, source, from, to, special, escapes);
      }
      writeBytes(out, mark);
    },
  };
}

function copy(
  out: Out,
  source: Uint8Array,
  from: number,
  to: number,
  special: Uint8Array,
  escapes: Escapes,
): void {
  const { bytes } = out;
  let { at } = out;
  for (let i = from; i < to; i++) {
    const byte = source[i]!;
    if (special[byte] === 0) bytes[at++] = byte;
    else for (const instead of escapes[byte]!) bytes[at++] = instead;
  }
  out.at = at;
}

function hasAny(bytes: Uint8Array, special: Uint8Array): boolean {
  if (special.indexOf(1) === special.lastIndexOf(1)) return bytes.includes(special.indexOf(1));
  for (let i = 0; i < bytes.length; i++) if (special[bytes[i]!] === 1) return true;
  return false;
}
