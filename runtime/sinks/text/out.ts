/** Bytes as they are written, in memory that grows. */
export type Out = { bytes: Uint8Array; at: number };

export const createOut = (capacity: number): Out => ({ bytes: new Uint8Array(capacity), at: 0 });

/** Makes room for `count` more bytes. */
export function reserve(out: Out, count: number): void {
  if (out.at + count <= out.bytes.length) return;
  const larger = new Uint8Array(Math.max(out.at + count, out.bytes.length * 2));
  larger.set(out.bytes.subarray(0, out.at));
  out.bytes = larger;
}

/** Up to this, a loop is faster than a copy by the engine. */
const FEW = 8;

export function writeBytes(out: Out, source: Uint8Array): void {
  const { length } = source;
  reserve(out, length);
  const { at, bytes } = out;
  if (length > FEW) bytes.set(source, at);
  else for (let i = 0; i < length; i++) bytes[at + i] = source[i]!;
  out.at = at + length;
}

/** A text of ASCII characters. */
export function writeAscii(out: Out, text: string): void {
  reserve(out, text.length);
  const { at, bytes } = out;
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
  out.at = at + text.length;
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
