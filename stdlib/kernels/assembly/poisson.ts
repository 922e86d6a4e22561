import { baseAt, laneOf, uniform } from './random';
import { gammaP, gammaQ, poissonDensity } from './gamma-function';

/** Below 10 by sequential search; else PTRS: W. Hörmann, The transformed rejection method (1993). */
function poissonVariate(base: u64, mu: f64): i64 {
  if (mu < 10.0) {
    let u = uniform(laneOf(base, 0));
    let p = Math.exp(-mu);
    let k: i64 = 0;
    while (u > p && k < 200) {
      u -= p;
      k++;
      p *= mu / <f64>k;
    }
    return k;
  }
  const b = 0.931 + 2.53 * Math.sqrt(mu);
  const a = -0.059 + 0.02483 * b;
  const quick = 0.9277 - 3.6224 / (b - 2.0);
  const inverse = 1.1239 + 1.1328 / (b - 3.4);
  let lane: u64 = 0;
  while (true) {
    const u = uniform(laneOf(base, lane)) - 0.5;
    const v = uniform(laneOf(base, lane + 1));
    lane += 2;
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2.0 * a) / us + b) * u + mu + 0.43);
    if (us >= 0.07 && v <= quick) return <i64>k;
    if (k < 0.0 || (us < 0.013 && v > us)) continue;
    if ((v * inverse) / (a / (us * us) + b) <= poissonDensity(k, mu)) return <i64>k;
  }
}

/** A rate below 0 or above 2^53 is a fault. */
export function poisson(n: i32, stream: i64, rows: usize, attempts: usize, rate: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    const mu = load<f64>(rate + at);
    const fit = mu >= 0.0 && mu <= 9007199254740992.0;
    store<i64>(out + at, fit ? poissonVariate(baseAt(stream, rows, attempts, i), mu) : i64.MIN_VALUE);
  }
}

/** P(X ≤ k), and P(X > k). */
// @ts-ignore: decorator
@inline
function below(mu: f64, k: f64): f64 {
  return k < 0.0 ? 0.0 : gammaQ(k + 1.0, mu);
}

// @ts-ignore: decorator
@inline
function above(mu: f64, k: f64): f64 {
  return k < 0.0 ? 1.0 : gammaP(k + 1.0, mu);
}

/** The least k of lo … hi that leaves no more than its share above, by bisection in the nearer tail; −1 without mass. */
function poissonWithin(u: f64, mu: f64, lo: f64, hi: f64): f64 {
  if (!(lo <= hi)) return -1.0;
  if (mu == 0.0) return lo == 0.0 ? 0.0 : -1.0;
  const upper = lo > mu;
  const mass = upper ? above(mu, lo - 1.0) - above(mu, hi) : below(mu, hi) - below(mu, lo - 1.0);
  if (!(mass > 0.0)) return -1.0;
  const target = upper ? above(mu, hi) + (1.0 - u) * mass : below(mu, lo - 1.0) + u * mass;
  while (lo < hi) {
    const middle = Math.floor(lo + (hi - lo) * 0.5);
    if (upper ? above(mu, middle) <= target : below(mu, middle) >= target) hi = middle;
    else lo = middle + 1.0;
  }
  return lo;
}

/** Within the integers of from … to, both possible. Empty bounds, or bounds without mass, are a fault. */
export function poisson_within(
  n: i32, stream: i64, rows: usize, attempts: usize, rate: usize, from: usize, to: usize, out: usize,
): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    const mu = load<f64>(rate + at);
    const lo = Math.max(0.0, Math.ceil(load<f64>(from + at)));
    // Beyond this there is no mass that a double could tell.
    const hi = Math.min(Math.floor(load<f64>(to + at)), Math.max(mu, lo) * 2.0 + 1000.0);
    let k: f64 = -1.0;
    if (mu >= 0.0 && mu <= 9007199254740992.0) {
      k = poissonWithin(uniform(laneOf(baseAt(stream, rows, attempts, i), 0)), mu, lo, hi);
    }
    store<i64>(out + at, k >= 0.0 ? <i64>k : i64.MIN_VALUE);
  }
}
