import { aliasIndex } from './alias';
import { baseAt, laneOf, mulHigh, uniform } from './random';

/**
 * Ranks first … size with probability ∝ rank^−s, by rejection-inversion: W. Hörmann & G. Derflinger, Rejection-inversion
 * to generate variates from monotone discrete distributions (ACM TOMACS 1996). Two forms of the integral of x^−s: for s
 * well above 1 that from x to infinity, which keeps its relative precision in the far tail; else that from 1 to x.
 */
const STEEP: f64 = 1.001;

// @ts-ignore: decorator
@inline
function expm1Over(x: f64): f64 {
  return Math.abs(x) > 1e-8 ? Math.expm1(x) / x : 1.0 + x * 0.5;
}

// @ts-ignore: decorator
@inline
function log1pOver(x: f64): f64 {
  return Math.abs(x) > 1e-8 ? Math.log1p(x) / x : 1.0 - x * 0.5;
}

/** ∫ from x to ∞, times s − 1 (steep); ∫ from 1 to x (else). */
// @ts-ignore: decorator
@inline
function area(s: f64, x: f64): f64 {
  const log = Math.log(x);
  return s >= STEEP ? Math.exp((1.0 - s) * log) : expm1Over((1.0 - s) * log) * log;
}

// @ts-ignore: decorator
@inline
function inverse(s: f64, y: f64): f64 {
  if (s >= STEEP) return Math.exp(Math.log(y) / (1.0 - s));
  const t = Math.max(-1.0, y * (1.0 - s));
  return Math.exp(log1pOver(t) * y);
}

/** The area at which rank k's bar begins. */
// @ts-ignore: decorator
@inline
function start(s: f64, k: f64): f64 {
  const bar = Math.exp(-s * Math.log(k));
  return s >= STEEP ? area(s, k + 0.5) + (s - 1.0) * bar : area(s, k + 0.5) - bar;
}

// @ts-ignore: decorator
@inline
function variate(base: u64, lane: u64, s: f64, first: f64, size: f64, from: f64, to: f64, quick: f64): f64 {
  while (true) {
    let u = uniform(laneOf(base, lane));
    // More bits where u is small: there the areas are.
    if (s >= STEEP) u += (uniform(laneOf(base, lane + 1)) - 0.5) * 2.220446049250313e-16;
    lane += 2;
    const y = to + u * (from - to);
    const x = inverse(s, y);
    const k = Math.min(Math.max(Math.floor(x + 0.5), first), size);
    if (k - x <= quick) return k;
    if (s >= STEEP ? y <= start(s, k) : y >= start(s, k)) return k;
  }
}

/**
 * Ranks by blocks: the alias table draws a block of consecutive ranks, weighted by width · top^−s, top being its likeliest
 * rank; a rank of it, drawn uniformly, is kept with probability (rank / top)^−s, else all is drawn anew. Small ranks are
 * blocks of their own. `blocks` holds { f64 first, u64 width, f64 top, f64 least probability of keeping }. Any s, also
 * below 0. Writes rank + shift.
 */
export function zipf(
  n: i32, stream: i64, rows: usize, attempts: usize,
  cells: usize, count: i32, blocks: usize, s: f64, shift: i64, out: usize,
): void {
  for (let i = 0; i < n; i++) {
    const base = baseAt(stream, rows, attempts, i);
    let rank: f64;
    let lane: u64 = 0;
    while (true) {
      const block = blocks + <usize>(aliasIndex(cells, count, laneOf(base, lane)) << 5);
      const first = load<f64>(block);
      const width = load<u64>(block, 8);
      rank = first;
      if (width == 1) break;
      rank += <f64>mulHigh(laneOf(base, lane + 1), width);
      const u = uniform(laneOf(base, lane + 2));
      if (u < load<f64>(block, 24) || u < Math.exp(-s * Math.log(rank / load<f64>(block, 16)))) break;
      lane += 3;
    }
    store<i64>(out + (<usize>i << 3), <i64>rank + shift);
  }
}

/** Number of ranks and exponent by row. */
export function zipf_by(n: i32, stream: i64, rows: usize, attempts: usize, sizes: usize, exponents: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    const size = <f64>load<i64>(sizes + at);
    const s = load<f64>(exponents + at);
    let rank = i64.MIN_VALUE;
    if (size == 1.0 && s >= 0.0) rank = 1;
    else if (size > 1.0 && size <= 1e12 && s >= 0.0 && s <= 100.0) {
      const quick = 2.0 - inverse(s, start(s, 2.0));
      rank = <i64>variate(baseAt(stream, rows, attempts, i), 1, s, 1.0, size, start(s, 1.0), area(s, size + 0.5), quick);
    }
    store<i64>(out + at, rank);
  }
}
