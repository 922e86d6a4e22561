/** Conversions between slots. What the target's range does not hold is poison. */
import {
  BOOL_POISON, CODE_POISON, I64_POISON, boolAt, codeAt, f64At, finite, i64At, setBool, setCode, setF64, setI64,
} from './slots';
import { times } from './arithmetic';

/** 2^63: the least real above every i64. */
const TOP: f64 = 9223372036854775808.0;

// @ts-ignore: decorator
@inline
function whole(x: f64, lo: i64, hi: i64): i64 {
  if (!(x < TOP && x > -TOP)) return I64_POISON;
  const value = <i64>x;
  return value < lo || value > hi ? I64_POISON : value;
}

/** To the nearest integer, halves to even. */
export function f64_to_i64(n: i32, x: usize, lo: i64, hi: i64, out: usize): void {
  for (let i = 0; i < n; i++) setI64(out, i, whole(nearest(f64At(x, i)), lo, hi));
}

export function floor_to_i64(n: i32, x: usize, out: usize): void {
  for (let i = 0; i < n; i++) setI64(out, i, whole(floor(f64At(x, i)), i64.MIN_VALUE, i64.MAX_VALUE));
}

export function ceil_to_i64(n: i32, x: usize, out: usize): void {
  for (let i = 0; i < n; i++) setI64(out, i, whole(ceil(f64At(x, i)), i64.MIN_VALUE, i64.MAX_VALUE));
}

export function i64_to_f64(n: i32, x: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const value = i64At(x, i);
    setF64(out, i, value == I64_POISON ? NaN : <f64>value);
  }
}

export function i64_in_range(n: i32, x: usize, lo: i64, hi: i64, out: usize): void {
  for (let i = 0; i < n; i++) {
    const value = i64At(x, i);
    setI64(out, i, value < lo || value > hi ? I64_POISON : value);
  }
}

/** Rounded to single precision, kept in double. */
export function f64_to_f32(n: i32, x: usize, out: usize): void {
  for (let i = 0; i < n; i++) setF64(out, i, finite(<f64>(<f32>f64At(x, i))));
}

export function bool_to_i64(n: i32, x: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const value = boolAt(x, i);
    setI64(out, i, value == BOOL_POISON ? I64_POISON : <i64>value);
  }
}

// ---------------------------------------------------------------------------------------------- decimals: i64 × 10^-scale

/** x · unit as an integer, halves to even. */
export function f64_to_decimal(n: i32, x: usize, unit: f64, lo: i64, hi: i64, out: usize): void {
  for (let i = 0; i < n; i++) setI64(out, i, whole(nearest(f64At(x, i) * unit), lo, hi));
}

export function decimal_to_f64(n: i32, x: usize, unit: f64, out: usize): void {
  for (let i = 0; i < n; i++) {
    const value = i64At(x, i);
    setF64(out, i, value == I64_POISON ? NaN : <f64>value / unit);
  }
}

export function decimal_up(n: i32, x: usize, unit: i64, lo: i64, hi: i64, out: usize): void {
  for (let i = 0; i < n; i++) {
    const value = times(i64At(x, i), unit);
    setI64(out, i, value < lo || value > hi ? I64_POISON : value);
  }
}

/** x / unit, halves to even; unit is positive and even. */
export function decimal_down(n: i32, x: usize, unit: i64, lo: i64, hi: i64, out: usize): void {
  for (let i = 0; i < n; i++) {
    const value = i64At(x, i);
    if (value == I64_POISON) {
      setI64(out, i, I64_POISON);
      continue;
    }
    let quotient = value / unit;
    const rest = value % unit;
    const distance = rest < 0 ? -rest : rest;
    const half = unit / 2;
    if (distance > half || (distance == half && (quotient & 1) != 0)) quotient += value < 0 ? -1 : 1;
    setI64(out, i, quotient < lo || quotient > hi ? I64_POISON : quotient);
  }
}

/** x · factor of a duration and a real, halves to even. */
export function scale_duration(n: i32, x: usize, factor: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const value = i64At(x, i);
    const scaled = nearest(<f64>value * f64At(factor, i));
    setI64(out, i, value == I64_POISON ? I64_POISON : whole(scaled, i64.MIN_VALUE, i64.MAX_VALUE));
  }
}

// --------------------------------------------------------------------------------------------------------------- codes

/** Positions base … base + count − 1 as codes 0 … count − 1. */
export function i64_to_code(n: i32, x: usize, base: i64, count: i32, out: usize): void {
  for (let i = 0; i < n; i++) {
    const value = i64At(x, i);
    const code = value - base;
    setCode(out, i, value != I64_POISON && <u64>code < <u64>count ? <i32>code : CODE_POISON);
  }
}

export function bool_to_code(n: i32, x: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const value = boolAt(x, i);
    setCode(out, i, value == BOOL_POISON ? CODE_POISON : <i32>value);
  }
}

/** Codes a of `countA` and b of `countB` as one code: a · countB + b. */
export function pair_code(n: i32, a: usize, b: usize, countA: i32, countB: i32, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = codeAt(a, i);
    const y = codeAt(b, i);
    setCode(out, i, <u32>x < <u32>countA && <u32>y < <u32>countB ? x * countB + y : CODE_POISON);
  }
}

/** The code of each text in a dictionary (u32 count, offsets, bytes), poison where it has none. */
export function str_to_code(n: i32, offsets: usize, bytes: usize, dictionary: usize, out: usize): void {
  const count = load<u32>(dictionary);
  const entries = dictionary + 4;
  const texts = dictionary + 8 + (<usize>count << 2);
  for (let i = 0; i < n; i++) {
    const from = load<u32>(offsets + (<usize>i << 2));
    const length = load<u32>(offsets + (<usize>i << 2), 4) - from;
    let code: i32 = CODE_POISON;
    for (let c: u32 = 0; c < count; c++) {
      const start = load<u32>(entries + (<usize>c << 2));
      if (load<u32>(entries + (<usize>c << 2), 4) - start != length) continue;
      if (memory.compare(texts + start, bytes + from, length) != 0) continue;
      code = <i32>c;
      break;
    }
    setCode(out, i, code);
  }
}
