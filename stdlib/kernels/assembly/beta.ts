import { gammaLogVariate } from './gamma';
import { baseAt, laneOf, uniform } from './random';
import { betaI, betaInverse, betaInverseUpper, betaQ } from './beta-function';

/** X / (X + Y) of two gamma variates, by logarithms. */
export function beta(n: i32, stream: i64, rows: usize, attempts: usize, alpha: usize, beta: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    const a = load<f64>(alpha + at);
    const b = load<f64>(beta + at);
    let x: f64 = NaN;
    if (a > 0.0 && b > 0.0) {
      const base = baseAt(stream, rows, attempts, i);
      x = 1.0 / (1.0 + Math.exp(gammaLogVariate(base, 0x10000, b) - gammaLogVariate(base, 0, a)));
    }
    store<f64>(out + at, x);
  }
}

function betaWithin(u: f64, a: f64, b: f64, lo: f64, hi: f64): f64 {
  if (!(lo < hi)) return NaN;
  const upper = betaI(a, b, lo) > 0.5;
  const above = betaQ(a, b, hi);
  const mass = upper ? betaQ(a, b, lo) - above : betaI(a, b, hi) - betaI(a, b, lo);
  if (!(mass > 0.0)) return NaN;
  const p = betaI(a, b, lo) + u * mass;
  return upper || p > 0.5 ? betaInverseUpper(a, b, above + (1.0 - u) * mass) : betaInverse(a, b, p);
}

export function beta_within(
  n: i32, stream: i64, rows: usize, attempts: usize, alpha: usize, beta: usize, lo: usize, hi: usize, out: usize,
): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    const a = load<f64>(alpha + at);
    const b = load<f64>(beta + at);
    const from = Math.max(0.0, load<f64>(lo + at));
    const to = Math.min(1.0, load<f64>(hi + at));
    const u = uniform(laneOf(baseAt(stream, rows, attempts, i), 0));
    const x = a > 0.0 && b > 0.0 ? betaWithin(u, a, b, from, to) : NaN;
    store<f64>(out + at, Math.min(Math.max(x, from), to));
  }
}
