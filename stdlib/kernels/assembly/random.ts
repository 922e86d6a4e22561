/**
 * Counter-based random words: a word is a function of (stream, row, attempt, lane) alone.
 *
 *     inner = mix64(stream + row · GOLDEN)
 *     word  = mix64((inner xor stream) + (attempt · 2^32 + lane) · STEP)
 *
 * The stream enters twice: two streams that differ by a multiple of GOLDEN would else share their words, shifted.
 * mix64 is splitmix64's finaliser (Steele, Lea & Flood, OOPSLA 2014; constants: Stafford's variant 13).
 */
const GOLDEN: u64 = 0x9e3779b97f4a7c15;
const STEP: u64 = 0xd1342543de82ef95;

// @ts-ignore: decorator
@inline
export function mix64(x: u64): u64 {
  x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >>> 27)) * 0x94d049bb133111eb;
  return x ^ (x >>> 31);
}

/** What all words of one row and attempt share: `lane(base(…), i)` is the word of lane i. */
// @ts-ignore: decorator
@inline
export function base(stream: u64, row: u64, attempt: u64): u64 {
  return (mix64(stream + row * GOLDEN) ^ stream) + (attempt << 32) * STEP;
}

// @ts-ignore: decorator
@inline
export function laneOf(base: u64, lane: u64): u64 {
  return mix64(base + lane * STEP);
}

// @ts-ignore: decorator
@inline
export function word(stream: u64, row: u64, attempt: u32, lane: u32): u64 {
  return laneOf(base(stream, row, attempt), lane);
}

/** The base of the i-th row of a batch. */
// @ts-ignore: decorator
@inline
export function baseAt(stream: i64, rows: usize, attempts: usize, i: i32): u64 {
  const attempt: u64 = attempts == 0 ? 0 : <u64>load<u32>(attempts + (<usize>i << 2));
  return base(stream, load<u64>(rows + (<usize>i << 3)), attempt);
}

/** In (0, 1): 52 bits and a half, so that u, 1 − u and the ends are exact. */
// @ts-ignore: decorator
@inline
export function uniform(word: u64): f64 {
  return (<f64>(word >>> 12) + 0.5) * 2.220446049250313e-16;
}

/** Uniform on 0 … size − 1 for size < 2^32: the upper word of a 64 × 32 bit product. */
// @ts-ignore: decorator
@inline
export function below32(word: u64, size: u64): u64 {
  return ((word >>> 32) * size + (((word & 0xffffffff) * size) >>> 32)) >>> 32;
}

/** Upper 64 bits of a 64 × 64 bit product: uniform on 0 … size − 1. */
export function mulHigh(a: u64, b: u64): u64 {
  const aLow = a & 0xffffffff;
  const aHigh = a >>> 32;
  const bLow = b & 0xffffffff;
  const bHigh = b >>> 32;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 32);
  return aHigh * bHigh + (middle >>> 32) + ((aLow * bHigh + (middle & 0xffffffff)) >>> 32);
}

/** Words as i64. */
export function words(n: i32, stream: i64, rows: usize, attempts: usize, out: usize): void {
  for (let i = 0; i < n; i++) store<u64>(out + (<usize>i << 3), laneOf(baseAt(stream, rows, attempts, i), 0));
}

export function uniforms(n: i32, stream: i64, rows: usize, attempts: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    store<f64>(out + (<usize>i << 3), uniform(laneOf(baseAt(stream, rows, attempts, i), 0)));
  }
}
