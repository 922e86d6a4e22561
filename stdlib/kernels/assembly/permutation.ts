import { mix64 } from './random';

/**
 * A keyed bijection of 0 … size − 1, size ≤ 2^48: a Feistel network on a · b ≥ size, a and b near √size, with addition
 * modulo a and b (J. Black & P. Rogaway, Ciphers with arbitrary finite domains, 2002), walking on while the value is not
 * below size. At most one value in √size walks. Six rounds; twelve below 2^16, where halves are too small for six to mix.
 */
const SMALL: u64 = 1 << 16;
const SECOND: u64 = 0xaaaaaaaaaaaaaaaa;

// @ts-ignore: decorator
@inline
function scramble(x: u64, key: u64, size: u64): u64 {
  let h = (x ^ key) * 0xbf58476d1ce4e5b9;
  h = (h ^ (h >>> 32)) * 0x94d049bb133111eb;
  return ((h >>> 32) * size) >>> 32;
}

// @ts-ignore: decorator
@inline
function roundKey(key: u64, round: u64): u64 {
  return mix64(key + round * 0x9e3779b97f4a7c15);
}

// @ts-ignore: decorator
@inline
function sideOf(size: u64): u64 {
  let a = <u64>Math.ceil(Math.sqrt(<f64>size));
  while (a * a < size) a++;
  return a;
}

// @ts-ignore: decorator
@inline
function plus(x: u64, y: u64, size: u64): u64 {
  const sum = x + y;
  return sum >= size ? sum - size : sum;
}

// @ts-ignore: decorator
@inline
function minus(x: u64, y: u64, size: u64): u64 {
  return x >= y ? x - y : x + size - y;
}

/** The six round keys are passed one by one, so that a loop over rows computes them once. */
// @ts-ignore: decorator
@inline
function forth(
  x: u64, size: u64, a: u64, b: u64, k0: u64, k1: u64, k2: u64, k3: u64, k4: u64, k5: u64,
): u64 {
  do {
    let left = x / b;
    let right = x - left * b;
    left = plus(left, scramble(right, k0, a), a);
    right = plus(right, scramble(left, k1, b), b);
    left = plus(left, scramble(right, k2, a), a);
    right = plus(right, scramble(left, k3, b), b);
    left = plus(left, scramble(right, k4, a), a);
    right = plus(right, scramble(left, k5, b), b);
    x = left * b + right;
  } while (x >= size);
  return x;
}

// @ts-ignore: decorator
@inline
function back(
  x: u64, size: u64, a: u64, b: u64, k0: u64, k1: u64, k2: u64, k3: u64, k4: u64, k5: u64,
): u64 {
  do {
    let left = x / b;
    let right = x - left * b;
    right = minus(right, scramble(left, k5, b), b);
    left = minus(left, scramble(right, k4, a), a);
    right = minus(right, scramble(left, k3, b), b);
    left = minus(left, scramble(right, k2, a), a);
    right = minus(right, scramble(left, k1, b), b);
    left = minus(left, scramble(right, k0, a), a);
    x = left * b + right;
  } while (x >= size);
  return x;
}

/** The image of x; poison outside 0 … size − 1, and where the size is poison. */
// @ts-ignore: decorator
@inline
function imageOf(
  x: u64, size: u64, a: u64, b: u64, k0: u64, k1: u64, k2: u64, k3: u64, k4: u64, k5: u64,
): u64 {
  let image = <u64>i64.MIN_VALUE;
  if (x < size && <i64>size > 0) {
    image = forth(x, size, a, b, k0, k1, k2, k3, k4, k5);
    if (size < SMALL) {
      image = forth(image, size, a, b, k0 ^ SECOND, k1 ^ SECOND, k2 ^ SECOND, k3 ^ SECOND, k4 ^ SECOND, k5 ^ SECOND);
    }
  }
  return image;
}

/** The image of each x. Outside 0 … size − 1: poison. */
export function permute(n: i32, key: i64, x: usize, size: i64, out: usize): void {
  const a = sideOf(size);
  const b = (<u64>size + a - 1) / a;
  const k0 = roundKey(key, 0), k1 = roundKey(key, 1), k2 = roundKey(key, 2);
  const k3 = roundKey(key, 3), k4 = roundKey(key, 4), k5 = roundKey(key, 5);
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    store<u64>(out + at, imageOf(load<u64>(x + at), size, a, b, k0, k1, k2, k3, k4, k5));
  }
}

export function unpermute(n: i32, key: i64, x: usize, size: i64, out: usize): void {
  const a = sideOf(size);
  const b = (<u64>size + a - 1) / a;
  const k0 = roundKey(key, 0), k1 = roundKey(key, 1), k2 = roundKey(key, 2);
  const k3 = roundKey(key, 3), k4 = roundKey(key, 4), k5 = roundKey(key, 5);
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    const value = load<u64>(x + at);
    let image = <u64>i64.MIN_VALUE;
    if (value < <u64>size) {
      image = value;
      if (<u64>size < SMALL) {
        image = back(image, size, a, b, k0 ^ SECOND, k1 ^ SECOND, k2 ^ SECOND, k3 ^ SECOND, k4 ^ SECOND, k5 ^ SECOND);
      }
      image = back(image, size, a, b, k0, k1, k2, k3, k4, k5);
    }
    store<u64>(out + at, image);
  }
}

/** unpermute, the images of 0 … count − 1 being in a table. */
export function unpermute_hot(n: i32, key: i64, x: usize, size: i64, images: usize, count: i32, out: usize): void {
  const a = sideOf(size);
  const b = (<u64>size + a - 1) / a;
  const k0 = roundKey(key, 0), k1 = roundKey(key, 1), k2 = roundKey(key, 2);
  const k3 = roundKey(key, 3), k4 = roundKey(key, 4), k5 = roundKey(key, 5);
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    const value = load<u64>(x + at);
    let image = <u64>i64.MIN_VALUE;
    if (value < <u64>count) image = load<u64>(images + (<usize>value << 3));
    else if (value < <u64>size) {
      image = value;
      if (<u64>size < SMALL) {
        image = back(image, size, a, b, k0 ^ SECOND, k1 ^ SECOND, k2 ^ SECOND, k3 ^ SECOND, k4 ^ SECOND, k5 ^ SECOND);
      }
      image = back(image, size, a, b, k0, k1, k2, k3, k4, k5);
    }
    store<u64>(out + at, image);
  }
}

/** permute + 1: ranks. A draw by its signature, but its rows are given, so attempts mean nothing to it. */
export function permutation(n: i32, stream: i64, rows: usize, attempts: usize, size: i64, out: usize): void {
  permute(n, stream, rows, size, out);
  for (let i = 0; i < n; i++) {
    const at = out + (<usize>i << 3);
    const value = load<i64>(at);
    store<i64>(at, value < 0 ? value : value + 1);
  }
}

/** permute with a size of its own for each row. */
export function permute_by(n: i32, key: i64, x: usize, sizes: usize, out: usize): void {
  const k0 = roundKey(key, 0), k1 = roundKey(key, 1), k2 = roundKey(key, 2);
  const k3 = roundKey(key, 3), k4 = roundKey(key, 4), k5 = roundKey(key, 5);
  let size: u64 = 0, a: u64 = 0, b: u64 = 0;
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    const own = load<u64>(sizes + at);
    if (own != size) {
      size = own;
      a = max<u64>(sideOf(size), 1);
      b = (size + a - 1) / a;
    }
    store<u64>(out + at, imageOf(load<u64>(x + at), size, a, b, k0, k1, k2, k3, k4, k5));
  }
}

/** The digit (index ÷ divisor) mod radix, as a code counted from `first`. */
export function digit_code(n: i32, index: usize, divisors: usize, radices: usize, firsts: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    const value = load<i64>(index + at);
    const digit = (<u64>value / load<u64>(divisors + at)) % load<u64>(radices + at);
    store<i32>(out + (<usize>i << 2), value < 0 ? -1 : <i32>(digit + load<u64>(firsts + at)));
  }
}
