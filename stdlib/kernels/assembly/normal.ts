import { baseAt, laneOf, uniform } from './random';
import { normalCdf, normalQuantile } from './error-function';

/** z of the standard normal law within a … b; u and 1 − u are exact, and tails are taken from their own side. */
function normalWithin(u: f64, a: f64, b: f64): f64 {
  if (!(a < b)) return NaN;
  if (a > 0.0) return -normalWithin(1.0 - u, -b, -a);
  const below = normalCdf(a);
  const above = normalCdf(-b);
  const mass = b < 0.0 ? normalCdf(b) - below : 1.0 - below - above;
  if (!(mass > 0.0)) return NaN;
  const p = below + u * mass;
  const z = p <= 0.5 ? normalQuantile(p) : -normalQuantile(above + (1.0 - u) * mass);
  return Math.min(Math.max(z, a), b);
}

export function normal(
  n: i32, stream: i64, rows: usize, attempts: usize, mu: usize, sigma: usize, out: usize,
): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    const s = load<f64>(sigma + at);
    const z = normalQuantile(uniform(laneOf(baseAt(stream, rows, attempts, i), 0)));
    store<f64>(out + at, s > 0.0 ? load<f64>(mu + at) + s * z : NaN);
  }
}

export function normal_within(
  n: i32, stream: i64, rows: usize, attempts: usize, mu: usize, sigma: usize, lo: usize, hi: usize, out: usize,
): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    const m = load<f64>(mu + at);
    const s = load<f64>(sigma + at);
    const a = load<f64>(lo + at);
    const b = load<f64>(hi + at);
    const u = uniform(laneOf(baseAt(stream, rows, attempts, i), 0));
    const x = s > 0.0 ? m + s * normalWithin(u, (a - m) / s, (b - m) / s) : NaN;
    // The last rounding alone may step over an end.
    store<f64>(out + at, Math.min(Math.max(x, a), b));
  }
}

/** mu + sigma z, for z of the standard normal law. */
export function normal_of(n: i32, z: usize, mu: usize, sigma: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    const s = load<f64>(sigma + at);
    store<f64>(out + at, s > 0.0 ? load<f64>(mu + at) + s * load<f64>(z + at) : NaN);
  }
}

export function lognormal(
  n: i32, stream: i64, rows: usize, attempts: usize, mu: usize, sigma: usize, out: usize,
): void {
  normal(n, stream, rows, attempts, mu, sigma, out);
  for (let i = 0; i < n; i++) store<f64>(out + (<usize>i << 3), Math.exp(load<f64>(out + (<usize>i << 3))));
}

export function lognormal_within(
  n: i32, stream: i64, rows: usize, attempts: usize, mu: usize, sigma: usize, lo: usize, hi: usize, out: usize,
): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    const m = load<f64>(mu + at);
    const s = load<f64>(sigma + at);
    const a = Math.max(0.0, load<f64>(lo + at));
    const b = load<f64>(hi + at);
    const u = uniform(laneOf(baseAt(stream, rows, attempts, i), 0));
    const x = s > 0.0 && b > 0.0 ? Math.exp(m + s * normalWithin(u, (Math.log(a) - m) / s, (Math.log(b) - m) / s)) : NaN;
    store<f64>(out + at, Math.min(Math.max(x, a), b));
  }
}

/** exp(mu + sigma z). */
export function lognormal_of(n: i32, z: usize, mu: usize, sigma: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    const s = load<f64>(sigma + at);
    store<f64>(out + at, s > 0.0 ? Math.exp(load<f64>(mu + at) + s * load<f64>(z + at)) : NaN);
  }
}
