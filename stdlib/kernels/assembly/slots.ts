/** Reading and writing slots, and what poison is in each. */
export const I64_POISON: i64 = i64.MIN_VALUE;
export const BOOL_POISON: u8 = 255;
export const CODE_POISON: i32 = -1;

// @ts-ignore: decorator
@inline
export function f64At(data: usize, i: i32): f64 {
  return load<f64>(data + (<usize>i << 3));
}

// @ts-ignore: decorator
@inline
export function setF64(data: usize, i: i32, value: f64): void {
  store<f64>(data + (<usize>i << 3), value);
}

// @ts-ignore: decorator
@inline
export function i64At(data: usize, i: i32): i64 {
  return load<i64>(data + (<usize>i << 3));
}

// @ts-ignore: decorator
@inline
export function setI64(data: usize, i: i32, value: i64): void {
  store<i64>(data + (<usize>i << 3), value);
}

// @ts-ignore: decorator
@inline
export function codeAt(data: usize, i: i32): i32 {
  return load<i32>(data + (<usize>i << 2));
}

// @ts-ignore: decorator
@inline
export function setCode(data: usize, i: i32, value: i32): void {
  store<i32>(data + (<usize>i << 2), value);
}

// @ts-ignore: decorator
@inline
export function boolAt(data: usize, i: i32): u8 {
  return load<u8>(data + i);
}

// @ts-ignore: decorator
@inline
export function setBool(data: usize, i: i32, value: u8): void {
  store<u8>(data + i, value);
}

/** Validity: 1 where there is a value; pointer 0 where nothing is null. */
// @ts-ignore: decorator
@inline
export function validAt(valid: usize, i: i32): bool {
  return valid == 0 || load<u8>(valid + i) != 0;
}

/** Infinity is no value: it becomes poison. */
// @ts-ignore: decorator
@inline
export function finite(x: f64): f64 {
  return x - x == 0 ? x : NaN;
}
