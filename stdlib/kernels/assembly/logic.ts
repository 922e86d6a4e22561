/**
 * Three-valued logic as in SQL, and choice. Kernels named `…_null` take validity beside each operand and write it after
 * their result. A fault is like an unknown: `false and fault` is false, so that the order of conditions is free.
 */
import {
  BOOL_POISON, CODE_POISON, I64_POISON, anyPoisonCode, anyPoisonF64, anyPoisonI64, boolAt, codeAt, f64At, i64At,
  isPoisonUuid, offsetAt, setBool, setCode, setF64, setI64, setPoisonUuid, validAt,
} from './slots';
import { FAULTY_TEXT, copyBytes, isFaulty } from './text';

/** Besides 0 (false), 1 (true) and 255 (a fault): null. Never stored. */
const NULL: u8 = 2;

// @ts-ignore: decorator
@inline
function truth(data: usize, valid: usize, i: i32): u8 {
  return validAt(valid, i) ? boolAt(data, i) : NULL;
}

// @ts-ignore: decorator
@inline
function both(x: u8, y: u8): u8 {
  if (x == 0 || y == 0) return 0;
  if (x == BOOL_POISON || y == BOOL_POISON) return BOOL_POISON;
  return x == NULL || y == NULL ? NULL : 1;
}

// @ts-ignore: decorator
@inline
function negated(x: u8): u8 {
  return x <= 1 ? 1 - x : x;
}

// @ts-ignore: decorator
@inline
function setTruth(out: usize, outValid: usize, i: i32, x: u8): void {
  setBool(out, i, x == NULL ? 0 : x);
  store<u8>(outValid + i, u8(x != NULL));
}

export function not_bool(n: i32, a: usize, out: usize): void {
  for (let i = 0; i < n; i++) setBool(out, i, negated(boolAt(a, i)));
}

export function and_bool(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) setBool(out, i, both(boolAt(a, i), boolAt(b, i)));
}

export function or_bool(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) setBool(out, i, negated(both(negated(boolAt(a, i)), negated(boolAt(b, i)))));
}

export function implies_bool(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) setBool(out, i, negated(both(boolAt(a, i), negated(boolAt(b, i)))));
}

export function and_null(n: i32, a: usize, aValid: usize, b: usize, bValid: usize, out: usize, outValid: usize): void {
  for (let i = 0; i < n; i++) setTruth(out, outValid, i, both(truth(a, aValid, i), truth(b, bValid, i)));
}

export function or_null(n: i32, a: usize, aValid: usize, b: usize, bValid: usize, out: usize, outValid: usize): void {
  for (let i = 0; i < n; i++) {
    setTruth(out, outValid, i, negated(both(negated(truth(a, aValid, i)), negated(truth(b, bValid, i)))));
  }
}

export function implies_null(n: i32, a: usize, aValid: usize, b: usize, bValid: usize, out: usize, outValid: usize): void {
  for (let i = 0; i < n; i++) {
    setTruth(out, outValid, i, negated(both(truth(a, aValid, i), negated(truth(b, bValid, i)))));
  }
}

// ------------------------------------------------------------------------------------------------------------- is null
// Whether there is no value. A fault is not known to be one.

// @ts-ignore: decorator
@inline
function setNull(out: usize, i: i32, valid: usize, poison: bool): void {
  setBool(out, i, !validAt(valid, i) ? 1 : poison ? BOOL_POISON : 0);
}

export function is_null_f64(n: i32, x: usize, valid: usize, out: usize): void {
  for (let i = 0; i < n; i++) setNull(out, i, valid, f64At(x, i) != f64At(x, i));
}

export function is_null_i64(n: i32, x: usize, valid: usize, out: usize): void {
  for (let i = 0; i < n; i++) setNull(out, i, valid, i64At(x, i) == I64_POISON);
}

export function is_null_bool(n: i32, x: usize, valid: usize, out: usize): void {
  for (let i = 0; i < n; i++) setNull(out, i, valid, boolAt(x, i) > 1);
}

export function is_null_code(n: i32, x: usize, valid: usize, out: usize): void {
  for (let i = 0; i < n; i++) setNull(out, i, valid, codeAt(x, i) < 0);
}

export function is_null_uuid(n: i32, x: usize, valid: usize, out: usize): void {
  for (let i = 0; i < n; i++) setNull(out, i, valid, isPoisonUuid(x, i));
}

export function is_null_vec(n: i32, x: usize, valid: usize, width: i32, out: usize): void {
  for (let i = 0; i < n; i++) setNull(out, i, valid, anyPoisonF64(x, i * width, (i + 1) * width));
}

export function is_null_str(n: i32, offsets: usize, bytes: usize, valid: usize, out: usize): void {
  for (let i = 0; i < n; i++) setNull(out, i, valid, isFaulty(offsets, bytes, i));
}

export function is_null_codes(n: i32, offsets: usize, items: usize, valid: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    setNull(out, i, valid, anyPoisonCode(items, offsetAt(offsets, i), offsetAt(offsets, i + 1)));
  }
}

export function is_null_i64s(n: i32, offsets: usize, items: usize, valid: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    setNull(out, i, valid, anyPoisonI64(items, offsetAt(offsets, i), offsetAt(offsets, i + 1)));
  }
}

export function is_null_f64s(n: i32, offsets: usize, items: usize, valid: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    setNull(out, i, valid, anyPoisonF64(items, offsetAt(offsets, i), offsetAt(offsets, i + 1)));
  }
}

// --------------------------------------------------------------------------------------------------------------- choice
// `condition` null counts as false; a faulty condition makes a faulty value.

// @ts-ignore: decorator
@inline
function taken(condition: usize, valid: usize, i: i32): u8 {
  return validAt(valid, i) ? boolAt(condition, i) : 0;
}

export function select_f64(n: i32, condition: usize, valid: usize, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const t = taken(condition, valid, i);
    setF64(out, i, t == 1 ? f64At(a, i) : t == 0 ? f64At(b, i) : NaN);
  }
}

export function select_i64(n: i32, condition: usize, valid: usize, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const t = taken(condition, valid, i);
    setI64(out, i, t == 1 ? i64At(a, i) : t == 0 ? i64At(b, i) : I64_POISON);
  }
}

export function select_bool(n: i32, condition: usize, valid: usize, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const t = taken(condition, valid, i);
    setBool(out, i, t == 1 ? boolAt(a, i) : t == 0 ? boolAt(b, i) : BOOL_POISON);
  }
}

export function select_code(n: i32, condition: usize, valid: usize, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const t = taken(condition, valid, i);
    setCode(out, i, t == 1 ? codeAt(a, i) : t == 0 ? codeAt(b, i) : CODE_POISON);
  }
}

export function select_uuid(n: i32, condition: usize, valid: usize, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const t = taken(condition, valid, i);
    const at = <usize>i << 4;
    if (t > 1) setPoisonUuid(out, i);
    else v128.store(out + at, v128.load((t == 1 ? a : b) + at));
  }
}

export function select_vec(n: i32, condition: usize, valid: usize, a: usize, b: usize, width: i32, out: usize): void {
  for (let i = 0; i < n; i++) {
    const t = taken(condition, valid, i);
    for (let j = i * width; j < (i + 1) * width; j++) setF64(out, j, t == 1 ? f64At(a, j) : t == 0 ? f64At(b, j) : NaN);
  }
}

/** Texts and lists, their items of 2^shift bytes. A faulty condition makes one item, `poison`. */
function selectItems(
  n: i32, condition: usize, valid: usize, aOffsets: usize, aItems: usize, bOffsets: usize, bItems: usize, shift: usize,
  poison: i64, outOffsets: usize, outItems: usize,
): void {
  let at: usize = 0;
  store<u32>(outOffsets, 0);
  for (let i: usize = 0; i < <usize>n; i++) {
    const t = taken(condition, valid, <i32>i);
    if (t > 1) {
      if (shift == 0) store<u8>(outItems + at, <u8>poison);
      else if (shift == 2) store<i32>(outItems + at, <i32>poison);
      else store<i64>(outItems + at, poison);
      at += (<usize>1) << shift;
    } else {
      const offsets = (t == 1 ? aOffsets : bOffsets) + (i << 2);
      const from = <usize>load<u32>(offsets) << shift;
      const length = (<usize>load<u32>(offsets, 4) << shift) - from;
      copyBytes(outItems + at, (t == 1 ? aItems : bItems) + from, length);
      at += length;
    }
    store<u32>(outOffsets + (i << 2), <u32>(at >> shift), 4);
  }
}

export function select_str(
  n: i32, condition: usize, valid: usize, aOffsets: usize, aItems: usize, bOffsets: usize, bItems: usize,
  outOffsets: usize, outItems: usize,
): void {
  selectItems(n, condition, valid, aOffsets, aItems, bOffsets, bItems, 0, FAULTY_TEXT, outOffsets, outItems);
}

export function select_codes(
  n: i32, condition: usize, valid: usize, aOffsets: usize, aItems: usize, bOffsets: usize, bItems: usize,
  outOffsets: usize, outItems: usize,
): void {
  selectItems(n, condition, valid, aOffsets, aItems, bOffsets, bItems, 2, CODE_POISON, outOffsets, outItems);
}

export function select_i64s(
  n: i32, condition: usize, valid: usize, aOffsets: usize, aItems: usize, bOffsets: usize, bItems: usize,
  outOffsets: usize, outItems: usize,
): void {
  selectItems(n, condition, valid, aOffsets, aItems, bOffsets, bItems, 3, I64_POISON, outOffsets, outItems);
}

export function select_f64s(
  n: i32, condition: usize, valid: usize, aOffsets: usize, aItems: usize, bOffsets: usize, bItems: usize,
  outOffsets: usize, outItems: usize,
): void {
  selectItems(n, condition, valid, aOffsets, aItems, bOffsets, bItems, 3, reinterpret<i64>(NaN), outOffsets, outItems);
}

// Between slots that may be null: a null is taken like any value.

/** Whether the value taken is there. A faulty condition makes a value, so that the fault is found. */
function chosenValid(n: i32, condition: usize, valid: usize, aValid: usize, bValid: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const t = taken(condition, valid, i);
    setBool(out, i, u8(t > 1 || validAt(t == 1 ? aValid : bValid, i)));
  }
}

export function select_null_f64(
  n: i32, condition: usize, valid: usize, a: usize, aValid: usize, b: usize, bValid: usize, out: usize, outValid: usize,
): void {
  select_f64(n, condition, valid, a, b, out);
  chosenValid(n, condition, valid, aValid, bValid, outValid);
}

export function select_null_i64(
  n: i32, condition: usize, valid: usize, a: usize, aValid: usize, b: usize, bValid: usize, out: usize, outValid: usize,
): void {
  select_i64(n, condition, valid, a, b, out);
  chosenValid(n, condition, valid, aValid, bValid, outValid);
}

export function select_null_bool(
  n: i32, condition: usize, valid: usize, a: usize, aValid: usize, b: usize, bValid: usize, out: usize, outValid: usize,
): void {
  select_bool(n, condition, valid, a, b, out);
  chosenValid(n, condition, valid, aValid, bValid, outValid);
}

export function select_null_code(
  n: i32, condition: usize, valid: usize, a: usize, aValid: usize, b: usize, bValid: usize, out: usize, outValid: usize,
): void {
  select_code(n, condition, valid, a, b, out);
  chosenValid(n, condition, valid, aValid, bValid, outValid);
}

export function select_null_uuid(
  n: i32, condition: usize, valid: usize, a: usize, aValid: usize, b: usize, bValid: usize, out: usize, outValid: usize,
): void {
  select_uuid(n, condition, valid, a, b, out);
  chosenValid(n, condition, valid, aValid, bValid, outValid);
}

export function select_null_vec(
  n: i32, condition: usize, valid: usize, a: usize, aValid: usize, b: usize, bValid: usize, width: i32, out: usize,
  outValid: usize,
): void {
  select_vec(n, condition, valid, a, b, width, out);
  chosenValid(n, condition, valid, aValid, bValid, outValid);
}

export function select_null_str(
  n: i32, condition: usize, valid: usize, aOffsets: usize, aItems: usize, aValid: usize, bOffsets: usize, bItems: usize,
  bValid: usize, outOffsets: usize, outItems: usize, outValid: usize,
): void {
  select_str(n, condition, valid, aOffsets, aItems, bOffsets, bItems, outOffsets, outItems);
  chosenValid(n, condition, valid, aValid, bValid, outValid);
}

export function select_null_codes(
  n: i32, condition: usize, valid: usize, aOffsets: usize, aItems: usize, aValid: usize, bOffsets: usize, bItems: usize,
  bValid: usize, outOffsets: usize, outItems: usize, outValid: usize,
): void {
  select_codes(n, condition, valid, aOffsets, aItems, bOffsets, bItems, outOffsets, outItems);
  chosenValid(n, condition, valid, aValid, bValid, outValid);
}

export function select_null_i64s(
  n: i32, condition: usize, valid: usize, aOffsets: usize, aItems: usize, aValid: usize, bOffsets: usize, bItems: usize,
  bValid: usize, outOffsets: usize, outItems: usize, outValid: usize,
): void {
  select_i64s(n, condition, valid, aOffsets, aItems, bOffsets, bItems, outOffsets, outItems);
  chosenValid(n, condition, valid, aValid, bValid, outValid);
}

export function select_null_f64s(
  n: i32, condition: usize, valid: usize, aOffsets: usize, aItems: usize, aValid: usize, bOffsets: usize, bItems: usize,
  bValid: usize, outOffsets: usize, outItems: usize, outValid: usize,
): void {
  select_f64s(n, condition, valid, aOffsets, aItems, bOffsets, bItems, outOffsets, outItems);
  chosenValid(n, condition, valid, aValid, bValid, outValid);
}
