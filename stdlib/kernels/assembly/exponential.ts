import { baseAt, laneOf, uniform } from './random';

export function exponential(n: i32, stream: i64, rows: usize, attempts: usize, rate: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    const r = load<f64>(rate + at);
    const u = uniform(laneOf(baseAt(stream, rows, attempts, i), 0));
    store<f64>(out + at, r > 0.0 ? -Math.log1p(-u) / r : NaN);
  }
}

export function exponential_within(
  n: i32, stream: i64, rows: usize, attempts: usize, rate: usize, lo: usize, hi: usize, out: usize,
): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    const r = load<f64>(rate + at);
    const a = Math.max(0.0, load<f64>(lo + at));
    const b = load<f64>(hi + at);
    const u = uniform(laneOf(baseAt(stream, rows, attempts, i), 0));
    // Without memory: a plus an exponential within 0 … b − a.
    const x = r > 0.0 && a < b ? a - Math.log1p(u * Math.expm1(-r * (b - a))) / r : NaN;
    store<f64>(out + at, Math.min(x, b));
  }
}

/** z / rate, for z of the standard exponential law. */
export function exponential_of(n: i32, z: usize, rate: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    const r = load<f64>(rate + at);
    store<f64>(out + at, r > 0.0 ? load<f64>(z + at) / r : NaN);
  }
}
