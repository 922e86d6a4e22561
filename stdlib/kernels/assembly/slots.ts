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

/** All ones, in both halves of the 16 bytes: no UUID of a version has them. */
const UUID_POISON: u64 = u64.MAX_VALUE;

// @ts-ignore: decorator
@inline
export function isPoisonUuid(data: usize, i: i32): bool {
  const at = data + (<usize>i << 4);
  return (load<u64>(at) & load<u64>(at, 8)) == UUID_POISON;
}

// @ts-ignore: decorator
@inline
export function setPoisonUuid(data: usize, i: i32): void {
  const at = data + (<usize>i << 4);
  store<u64>(at, UUID_POISON);
  store<u64>(at, UUID_POISON, 8);
}

/** Whether any of the items from … to − 1 is poison. */
// @ts-ignore: decorator
@inline
export function anyPoisonF64(items: usize, from: i32, to: i32): bool {
  for (let j = from; j < to; j++) {
    const x = f64At(items, j);
    if (x != x) return true;
  }
  return false;
}

// @ts-ignore: decorator
@inline
export function anyPoisonI64(items: usize, from: i32, to: i32): bool {
  for (let j = from; j < to; j++) if (i64At(items, j) == I64_POISON) return true;
  return false;
}

// @ts-ignore: decorator
@inline
export function anyPoisonCode(items: usize, from: i32, to: i32): bool {
  for (let j = from; j < to; j++) if (codeAt(items, j) < 0) return true;
  return false;
}

/** Where the items of row i begin; where those of row i − 1 end. */
// @ts-ignore: decorator
@inline
export function offsetAt(offsets: usize, i: i32): i32 {
  return load<i32>(offsets + (<usize>i << 2));
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
