/** Tables indexed by code. A code outside 0 … count − 1 makes poison (what lies under a null is such a one at times). */
import {
  BOOL_POISON, CODE_POISON, I64_POISON, anyPoisonCode, anyPoisonF64, anyPoisonI64, boolAt, codeAt, f64At, i64At, offsetAt,
  setBool, setCode, setF64, setI64,
} from './slots';

export function lookup_f64(n: i32, codes: usize, table: usize, count: i32, out: usize): void {
  for (let i = 0; i < n; i++) {
    const code = codeAt(codes, i);
    setF64(out, i, <u32>code < <u32>count ? f64At(table, code) : NaN);
  }
}

export function lookup_i64(n: i32, codes: usize, table: usize, count: i32, out: usize): void {
  for (let i = 0; i < n; i++) {
    const code = codeAt(codes, i);
    setI64(out, i, <u32>code < <u32>count ? i64At(table, code) : I64_POISON);
  }
}

export function lookup_bool(n: i32, codes: usize, table: usize, count: i32, out: usize): void {
  for (let i = 0; i < n; i++) {
    const code = codeAt(codes, i);
    setBool(out, i, <u32>code < <u32>count ? boolAt(table, code) : BOOL_POISON);
  }
}

export function lookup_code(n: i32, codes: usize, table: usize, count: i32, out: usize): void {
  for (let i = 0; i < n; i++) {
    const code = codeAt(codes, i);
    setCode(out, i, <u32>code < <u32>count ? codeAt(table, code) : CODE_POISON);
  }
}

/** `table` holds count × width reals, row by row. */
export function lookup_vec(n: i32, codes: usize, table: usize, count: i32, width: i32, out: usize): void {
  for (let i = 0; i < n; i++) {
    const code = codeAt(codes, i);
    for (let j = 0; j < width; j++) {
      setF64(out, i * width + j, <u32>code < <u32>count ? f64At(table, code * width + j) : NaN);
    }
  }
}

// ------------------------------------------------------------------------------------------------------------ membership

/** Whether a value is among `count` sorted ones. */
export function in_i64(n: i32, x: usize, set: usize, count: i32, out: usize): void {
  for (let i = 0; i < n; i++) {
    const value = i64At(x, i);
    let lo = 0;
    let hi = count;
    while (lo < hi) {
      const middle = (lo + hi) >>> 1;
      if (i64At(set, middle) < value) lo = middle + 1;
      else hi = middle;
    }
    setBool(out, i, value == I64_POISON ? BOOL_POISON : u8(lo < count && i64At(set, lo) == value));
  }
}

export function in_f64(n: i32, x: usize, set: usize, count: i32, out: usize): void {
  for (let i = 0; i < n; i++) {
    const value = f64At(x, i);
    let lo = 0;
    let hi = count;
    while (lo < hi) {
      const middle = (lo + hi) >>> 1;
      if (f64At(set, middle) < value) lo = middle + 1;
      else hi = middle;
    }
    setBool(out, i, value != value ? BOOL_POISON : u8(lo < count && f64At(set, lo) == value));
  }
}

/** Whether a value stands in the row's list. */
export function list_has_code(n: i32, code: usize, offsets: usize, items: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const wanted = codeAt(code, i);
    const from = offsetAt(offsets, i);
    const to = offsetAt(offsets, i + 1);
    let found: u8 = 0;
    for (let j = from; j < to; j++) found |= u8(codeAt(items, j) == wanted);
    setBool(out, i, wanted == CODE_POISON || anyPoisonCode(items, from, to) ? BOOL_POISON : found);
  }
}

export function list_has_i64(n: i32, x: usize, offsets: usize, items: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const wanted = i64At(x, i);
    const from = offsetAt(offsets, i);
    const to = offsetAt(offsets, i + 1);
    let found: u8 = 0;
    for (let j = from; j < to; j++) found |= u8(i64At(items, j) == wanted);
    setBool(out, i, wanted == I64_POISON || anyPoisonI64(items, from, to) ? BOOL_POISON : found);
  }
}

export function list_has_f64(n: i32, x: usize, offsets: usize, items: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const wanted = f64At(x, i);
    const from = offsetAt(offsets, i);
    const to = offsetAt(offsets, i + 1);
    let found: u8 = 0;
    for (let j = from; j < to; j++) found |= u8(f64At(items, j) == wanted);
    setBool(out, i, wanted != wanted || anyPoisonF64(items, from, to) ? BOOL_POISON : found);
  }
}

// ---------------------------------------------------------------------------------------------------------------- lists

export function list_length_codes(n: i32, offsets: usize, items: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const from = offsetAt(offsets, i);
    const to = offsetAt(offsets, i + 1);
    setI64(out, i, anyPoisonCode(items, from, to) ? I64_POISON : to - from);
  }
}

export function list_length_i64s(n: i32, offsets: usize, items: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const from = offsetAt(offsets, i);
    const to = offsetAt(offsets, i + 1);
    setI64(out, i, anyPoisonI64(items, from, to) ? I64_POISON : to - from);
  }
}

export function list_length_f64s(n: i32, offsets: usize, items: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const from = offsetAt(offsets, i);
    const to = offsetAt(offsets, i + 1);
    setI64(out, i, anyPoisonF64(items, from, to) ? I64_POISON : to - from);
  }
}

/** Where item `index` of the row's list stands, or −1. */
// @ts-ignore: decorator
@inline
function itemAt(offsets: usize, index: usize, i: i32): i32 {
  const from = load<u32>(offsets + (<usize>i << 2));
  const length = load<u32>(offsets + (<usize>i << 2), 4) - from;
  const at = i64At(index, i);
  return <u64>at < <u64>length ? <i32>(from + <u32>at) : -1;
}

/** Items count from 0; beyond the list is poison. */
export function item_code(n: i32, offsets: usize, items: usize, index: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const at = itemAt(offsets, index, i);
    setCode(out, i, at < 0 ? CODE_POISON : codeAt(items, at));
  }
}

export function item_i64(n: i32, offsets: usize, items: usize, index: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const at = itemAt(offsets, index, i);
    setI64(out, i, at < 0 ? I64_POISON : i64At(items, at));
  }
}

export function item_f64(n: i32, offsets: usize, items: usize, index: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const at = itemAt(offsets, index, i);
    setF64(out, i, at < 0 ? NaN : f64At(items, at));
  }
}
