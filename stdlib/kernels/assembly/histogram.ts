import { aliasIndex } from './alias';
import { nextBelow } from './quantile';
import { baseAt, laneOf, mulHigh, uniform } from './random';

/** A bucket by the alias table, then one of its integers: `buckets` holds { i64 first, u64 width }. */
export function histogram_i64(
  n: i32, stream: i64, rows: usize, attempts: usize, cells: usize, count: i32, buckets: usize, out: usize,
): void {
  for (let i = 0; i < n; i++) {
    const base = baseAt(stream, rows, attempts, i);
    const bucket = buckets + (<usize>aliasIndex(cells, count, laneOf(base, 0)) << 4);
    store<i64>(out + (<usize>i << 3), load<i64>(bucket) + <i64>mulHigh(laneOf(base, 1), load<u64>(bucket, 8)));
  }
}

/** A bucket by the alias table, then a real in it: `buckets` holds { f64 lo, f64 hi }, half open. */
export function histogram_f64(
  n: i32, stream: i64, rows: usize, attempts: usize, cells: usize, count: i32, buckets: usize, out: usize,
): void {
  for (let i = 0; i < n; i++) {
    const base = baseAt(stream, rows, attempts, i);
    const bucket = buckets + (<usize>aliasIndex(cells, count, laneOf(base, 0)) << 4);
    const lo = load<f64>(bucket);
    const hi = load<f64>(bucket, 8);
    const x = lo + uniform(laneOf(base, 1)) * (hi - lo);
    store<f64>(out + (<usize>i << 3), x < hi ? x : nextBelow(hi));
  }
}
