/**
 * Texts: u32 offsets (n + 1) and UTF-8 bytes. A faulty text is the single byte 255, which UTF-8 never has.
 *
 * `concat` reads its pieces from `descriptors`, five u32 a piece: kind, a, b, c, d (c and d unused so far):
 *
 *     0 literal   a: bytes             b: their number
 *     1 str       a: offsets           b: bytes
 *     2 code      a: codes (i32)       b: dictionary (u32 count, u32 offsets[count + 1], UTF-8 bytes)
 *     3 i64       a: values            in decimal digits
 *
 * The bytes written are at most the sum of the pieces' widths a row (20 for an i64), and at least 1 for a faulty row.
 */
import { writeI64, writePadded, writeU64 } from './digits';
import { writeReal } from './shortest';
import { I64_POISON, codeAt, f64At, i64At, isPoisonUuid, setI64 } from './slots';

const LITERAL: u32 = 0;
const STR: u32 = 1;
const CODE: u32 = 2;
const DESCRIPTOR: usize = 20;
export const FAULTY_TEXT: u8 = 255;

export function concat(n: i32, pieceCount: i32, descriptors: usize, outOffsets: usize, outBytes: usize): void {
  const end = descriptors + <usize>pieceCount * DESCRIPTOR;
  let at: usize = outBytes;
  store<u32>(outOffsets, 0);
  for (let i: usize = 0; i < <usize>n; i++) {
    const start = at;
    for (let d = descriptors; d < end; d += DESCRIPTOR) {
      const kind = load<u32>(d);
      const a = <usize>load<u32>(d, 4);
      const b = <usize>load<u32>(d, 8);
      if (kind == LITERAL) {
        copyBytes(at, a, b);
        at += b;
      } else if (kind == STR) {
        const from = <usize>load<u32>(a + (i << 2));
        const length = <usize>load<u32>(a + (i << 2), 4) - from;
        if (length != 0 && load<u8>(b + from) == FAULTY_TEXT) {
          at = faulty(start);
          break;
        }
        copyBytes(at, b + from, length);
        at += length;
      } else if (kind == CODE) {
        const code = load<u32>(a + (i << 2));
        if (code >= load<u32>(b)) {
          at = faulty(start);
          break;
        }
        at = writeEntry(at, b, code);
      } else {
        const value = i64At(a, <i32>i);
        if (value == I64_POISON) {
          at = faulty(start);
          break;
        }
        at = writeI64(at, value);
      }
    }
    store<u32>(outOffsets + (i << 2), <u32>(at - outBytes), 4);
  }
}

/** Copies exactly `length` bytes of arrays that do not overlap. */
// @ts-ignore: decorator
@inline
export function copyBytes(to: usize, from: usize, length: usize): void {
  if (length >= 16) {
    let i: usize = 0;
    const last = length - 16;
    for (; i < last; i += 16) v128.store(to + i, v128.load(from + i));
    v128.store(to + last, v128.load(from + last));
  } else if (length >= 8) {
    store<u64>(to, load<u64>(from));
    store<u64>(to + length - 8, load<u64>(from + length - 8));
  } else if (length >= 4) {
    store<u32>(to, load<u32>(from));
    store<u32>(to + length - 4, load<u32>(from + length - 4));
  } else if (length != 0) {
    store<u8>(to, load<u8>(from));
    store<u8>(to + (length >> 1), load<u8>(from + (length >> 1)));
    store<u8>(to + length - 1, load<u8>(from + length - 1));
  }
}

// @ts-ignore: decorator
@inline
function faulty(start: usize): usize {
  store<u8>(start, FAULTY_TEXT);
  return start + 1;
}

/** A dictionary's text; `code` is within it. */
// @ts-ignore: decorator
@inline
function writeEntry(at: usize, dictionary: usize, code: u32): usize {
  const entry = dictionary + 4 + (<usize>code << 2);
  const from = <usize>load<u32>(entry);
  const length = <usize>load<u32>(entry, 4) - from;
  copyBytes(at, dictionary + 8 + (<usize>load<u32>(dictionary) << 2) + from, length);
  return at + length;
}

// ------------------------------------------------------------------------------------------------------ values as texts

export function code_to_str(n: i32, codes: usize, dictionary: usize, outOffsets: usize, outBytes: usize): void {
  let at: usize = outBytes;
  store<u32>(outOffsets, 0);
  for (let i = 0; i < n; i++) {
    const code = <u32>codeAt(codes, i);
    at = code < load<u32>(dictionary) ? writeEntry(at, dictionary, code) : faulty(at);
    store<u32>(outOffsets + (<usize>i << 2), <u32>(at - outBytes), 4);
  }
}

/** `scale` digits stand behind the point: decimals; 0 for integers. */
export function i64_to_str(n: i32, values: usize, scale: i32, outOffsets: usize, outBytes: usize): void {
  let unit: u64 = 1;
  for (let i = 0; i < scale; i++) unit *= 10;
  let at: usize = outBytes;
  store<u32>(outOffsets, 0);
  for (let i = 0; i < n; i++) {
    const value = i64At(values, i);
    if (value == I64_POISON) at = faulty(at);
    else if (scale == 0) at = writeI64(at, value);
    else {
      if (value < 0) store<u8>(at++, 45);
      const size: u64 = value < 0 ? <u64>-value : <u64>value;
      at = writeU64(at, size / unit);
      store<u8>(at++, 46);
      at = writePadded(at, size % unit, scale);
    }
    store<u32>(outOffsets + (<usize>i << 2), <u32>(at - outBytes), 4);
  }
}

/** The fewest digits that read back as the same real: `0.1`, `3.0`, `1e+21`. */
export function f64_to_str(n: i32, values: usize, outOffsets: usize, outBytes: usize): void {
  let at: usize = outBytes;
  store<u32>(outOffsets, 0);
  for (let i = 0; i < n; i++) {
    const value = f64At(values, i);
    at = isFinite(value) ? writeReal(at, value) : faulty(at);
    store<u32>(outOffsets + (<usize>i << 2), <u32>(at - outBytes), 4);
  }
}

export function bool_to_str(n: i32, values: usize, outOffsets: usize, outBytes: usize): void {
  let at: usize = outBytes;
  store<u32>(outOffsets, 0);
  for (let i = 0; i < n; i++) {
    const value = load<u8>(values + i);
    if (value == 1) {
      store<u32>(at, 0x65757274);
      at += 4;
    } else if (value == 0) {
      store<u32>(at, 0x736c6166);
      store<u8>(at, 0x65, 4);
      at += 5;
    } else at = faulty(at);
    store<u32>(outOffsets + (<usize>i << 2), <u32>(at - outBytes), 4);
  }
}

/** Lower-case hexadecimal, 8-4-4-4-12. */
export function uuid_to_str(n: i32, values: usize, outOffsets: usize, outBytes: usize): void {
  let at: usize = outBytes;
  store<u32>(outOffsets, 0);
  for (let i = 0; i < n; i++) {
    if (isPoisonUuid(values, i)) at = faulty(at);
    else at = writeUuid(at, values + (<usize>i << 4));
    store<u32>(outOffsets + (<usize>i << 2), <u32>(at - outBytes), 4);
  }
}

function writeUuid(at: usize, value: usize): usize {
  for (let j: usize = 0; j < 16; j++) {
    if (j == 4 || j == 6 || j == 8 || j == 10) store<u8>(at++, 45);
    const byte = load<u8>(value + j);
    store<u8>(at++, hex(byte >> 4));
    store<u8>(at++, hex(byte & 15));
  }
  return at;
}

// @ts-ignore: decorator
@inline
function hex(nibble: u8): u8 {
  return nibble < 10 ? 48 + nibble : 87 + nibble;
}

// -------------------------------------------------------------------------------------------------- length, case, order

/** In code points: bytes that are no continuation. */
export function length_str(n: i32, offsets: usize, bytes: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const from = bytes + load<u32>(offsets + (<usize>i << 2));
    const end = bytes + load<u32>(offsets + (<usize>i << 2), 4);
    if (end > from && load<u8>(from) == FAULTY_TEXT) {
      setI64(out, i, I64_POISON);
      continue;
    }
    let count: i64 = 0;
    for (let p = from; p < end; p++) count += i64((load<u8>(p) & 0xc0) != 0x80);
    setI64(out, i, count);
  }
}

/**
 * Simple case mapping: `ranges` holds four i32 a range, sorted: first, last, stride, delta. A mapped code point may take
 * half as many bytes again (U+0250, 2 bytes, is upper-case U+2C6F, 3 bytes).
 */
export function map_case(
  n: i32, offsets: usize, bytes: usize, ranges: usize, rangeCount: i32, outOffsets: usize, outBytes: usize,
): void {
  let at: usize = outBytes;
  store<u32>(outOffsets, 0);
  for (let i = 0; i < n; i++) {
    let p = bytes + load<u32>(offsets + (<usize>i << 2));
    const end = bytes + load<u32>(offsets + (<usize>i << 2), 4);
    while (p < end) {
      const lead = <u32>load<u8>(p);
      if (lead == FAULTY_TEXT) {
        at = faulty(at);
        break;
      }
      let point: u32;
      if (lead < 0x80) {
        point = lead;
        p += 1;
      } else if (lead < 0xe0) {
        point = ((lead & 0x1f) << 6) | (<u32>load<u8>(p, 1) & 0x3f);
        p += 2;
      } else if (lead < 0xf0) {
        point = ((lead & 0x0f) << 12) | ((<u32>load<u8>(p, 1) & 0x3f) << 6) | (<u32>load<u8>(p, 2) & 0x3f);
        p += 3;
      } else {
        point =
          ((lead & 0x07) << 18) | ((<u32>load<u8>(p, 1) & 0x3f) << 12) | ((<u32>load<u8>(p, 2) & 0x3f) << 6) |
          (<u32>load<u8>(p, 3) & 0x3f);
        p += 4;
      }
      at = writePoint(at, mapped(point, ranges, rangeCount));
    }
    store<u32>(outOffsets + (<usize>i << 2), <u32>(at - outBytes), 4);
  }
}

function mapped(point: u32, ranges: usize, rangeCount: i32): u32 {
  let lo = 0;
  let hi = rangeCount;
  while (lo < hi) {
    const middle = (lo + hi) >>> 1;
    if (load<u32>(ranges + (<usize>middle << 4), 4) < point) lo = middle + 1;
    else hi = middle;
  }
  if (lo == rangeCount) return point;
  const range = ranges + (<usize>lo << 4);
  const first = load<u32>(range);
  if (point < first || (point - first) % load<u32>(range, 8) != 0) return point;
  return point + load<u32>(range, 12);
}

function writePoint(at: usize, point: u32): usize {
  if (point < 0x80) {
    store<u8>(at, <u8>point);
    return at + 1;
  }
  if (point < 0x800) {
    store<u8>(at, <u8>(0xc0 | (point >> 6)));
    store<u8>(at, <u8>(0x80 | (point & 0x3f)), 1);
    return at + 2;
  }
  if (point < 0x10000) {
    store<u8>(at, <u8>(0xe0 | (point >> 12)));
    store<u8>(at, <u8>(0x80 | ((point >> 6) & 0x3f)), 1);
    store<u8>(at, <u8>(0x80 | (point & 0x3f)), 2);
    return at + 3;
  }
  store<u8>(at, <u8>(0xf0 | (point >> 18)));
  store<u8>(at, <u8>(0x80 | ((point >> 12) & 0x3f)), 1);
  store<u8>(at, <u8>(0x80 | ((point >> 6) & 0x3f)), 2);
  store<u8>(at, <u8>(0x80 | (point & 0x3f)), 3);
  return at + 4;
}

/** Negative, zero or positive as the text at (a, i) comes before, with or after that at (b, i), by code points. */
export function compareTexts(aOffsets: usize, aBytes: usize, bOffsets: usize, bBytes: usize, i: i32): i32 {
  const p = aBytes + load<u32>(aOffsets + (<usize>i << 2));
  const q = bBytes + load<u32>(bOffsets + (<usize>i << 2));
  const lengthA = <i32>(aBytes + load<u32>(aOffsets + (<usize>i << 2), 4) - p);
  const lengthB = <i32>(bBytes + load<u32>(bOffsets + (<usize>i << 2), 4) - q);
  return memory.compare(p, q, min(lengthA, lengthB)) || lengthA - lengthB;
}

/** Whether the text at i is faulty. */
// @ts-ignore: decorator
@inline
export function isFaulty(offsets: usize, bytes: usize, i: i32): bool {
  const from = load<u32>(offsets + (<usize>i << 2));
  return load<u32>(offsets + (<usize>i << 2), 4) > from && load<u8>(bytes + from) == FAULTY_TEXT;
}
