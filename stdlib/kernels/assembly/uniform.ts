import { nextBelow } from './quantile';
import { baseAt, laneOf, uniform } from './random';

// @ts-ignore: decorator
@inline
function between(u: f64, lo: f64, hi: f64): f64 {
  if (!(lo < hi)) return NaN;
  const x = lo + u * (hi - lo);
  return x < hi ? x : nextBelow(hi);
}

/** On [lo, hi). */
export function uniform_real(
  n: i32, stream: i64, rows: usize, attempts: usize, lo: usize, hi: usize, out: usize,
): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    const u = uniform(laneOf(baseAt(stream, rows, attempts, i), 0));
    store<f64>(out + at, between(u, load<f64>(lo + at), load<f64>(hi + at)));
  }
}

export function uniform_within(
  n: i32, stream: i64, rows: usize, attempts: usize, lo: usize, hi: usize, from: usize, to: usize, out: usize,
): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    const u = uniform(laneOf(baseAt(stream, rows, attempts, i), 0));
    const a = load<f64>(lo + at);
    const b = load<f64>(hi + at);
    const x = a < b ? between(u, Math.max(a, load<f64>(from + at)), Math.min(b, load<f64>(to + at))) : NaN;
    store<f64>(out + at, x);
  }
}

export function bernoulli(n: i32, stream: i64, rows: usize, attempts: usize, p: f64, out: usize): void {
  for (let i = 0; i < n; i++) {
    store<u8>(out + i, uniform(laneOf(baseAt(stream, rows, attempts, i), 0)) < p ? 1 : 0);
  }
}

/** p by row; outside [0, 1] it is a fault. */
export function bernoulli_by(n: i32, stream: i64, rows: usize, attempts: usize, p: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const at = load<f64>(p + (<usize>i << 3));
    const hit: u8 = uniform(laneOf(baseAt(stream, rows, attempts, i), 0)) < at ? 1 : 0;
    store<u8>(out + i, at >= 0.0 && at <= 1.0 ? hit : 255);
  }
}
