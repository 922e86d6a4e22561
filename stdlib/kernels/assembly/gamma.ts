import { baseAt, laneOf, uniform } from './random';
import { normalQuantile } from './error-function';
import { gammaInverse, gammaInverseUpper, gammaP, gammaQ } from './gamma-function';

/**
 * log of a gamma variate of shape a ≥ 1 and rate 1, from lanes `lane`, `lane + 1`, …: G. Marsaglia & W. W. Tsang, A simple
 * method for generating gamma variables (ACM TOMS 2000).
 */
function marsagliaTsang(base: u64, lane: u64, a: f64): f64 {
  const d = a - 1.0 / 3.0;
  const c = 1.0 / Math.sqrt(9.0 * d);
  while (true) {
    const x = normalQuantile(uniform(laneOf(base, lane)));
    const u = uniform(laneOf(base, lane + 1));
    lane += 2;
    let v = 1.0 + c * x;
    if (v <= 0.0) continue;
    v = v * v * v;
    const x2 = x * x;
    if (u < 1.0 - 0.0331 * x2 * x2) return d * v;
    if (Math.log(u) < 0.5 * x2 + d * (1.0 - v + Math.log(v))) return d * v;
  }
}

export function gammaVariate(base: u64, lane: u64, a: f64): f64 {
  if (a >= 1.0) return marsagliaTsang(base, lane, a);
  return marsagliaTsang(base, lane + 1, a + 1.0) * Math.pow(uniform(laneOf(base, lane)), 1.0 / a);
}

/** Its logarithm, which does not underflow for small shapes. */
export function gammaLogVariate(base: u64, lane: u64, a: f64): f64 {
  if (a >= 1.0) return Math.log(marsagliaTsang(base, lane, a));
  return Math.log(marsagliaTsang(base, lane + 1, a + 1.0)) + Math.log(uniform(laneOf(base, lane))) / a;
}

/** x of the standard law of shape a within lo … hi, by the nearer tail. */
function gammaWithin(u: f64, a: f64, lo: f64, hi: f64): f64 {
  if (!(lo < hi)) return NaN;
  const upper = gammaP(a, lo) > 0.5;
  const mass = upper ? gammaQ(a, lo) - gammaQ(a, hi) : gammaP(a, hi) - gammaP(a, lo);
  if (!(mass > 0.0)) return NaN;
  const p = gammaP(a, lo) + u * mass;
  return upper || p > 0.5 ? gammaInverseUpper(a, gammaQ(a, hi) + (1.0 - u) * mass) : gammaInverse(a, p);
}

export function gamma(
  n: i32, stream: i64, rows: usize, attempts: usize, shape: usize, rate: usize, out: usize,
): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    const a = load<f64>(shape + at);
    const r = load<f64>(rate + at);
    store<f64>(out + at, a > 0.0 && r > 0.0 ? gammaVariate(baseAt(stream, rows, attempts, i), 0, a) / r : NaN);
  }
}

export function gamma_within(
  n: i32, stream: i64, rows: usize, attempts: usize, shape: usize, rate: usize, lo: usize, hi: usize, out: usize,
): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 3;
    const a = load<f64>(shape + at);
    const r = load<f64>(rate + at);
    const from = Math.max(0.0, load<f64>(lo + at));
    const to = load<f64>(hi + at);
    const u = uniform(laneOf(baseAt(stream, rows, attempts, i), 0));
    const x = a > 0.0 && r > 0.0 ? gammaWithin(u, a, from * r, to * r) / r : NaN;
    store<f64>(out + at, Math.min(Math.max(x, from), to));
  }
}

/** Above this no gamma variate underflows. */
const PLAIN: f64 = 0.1;

/** Shares of `dims` gamma variates, by logarithms where one of them may underflow. Each part has its own lanes. */
export function dirichlet(
  n: i32, stream: i64, rows: usize, attempts: usize, alphas: usize, dims: i32, out: usize,
): void {
  let plain = true;
  for (let j = 0; j < dims; j++) plain = plain && load<f64>(alphas + (<usize>j << 3)) >= PLAIN;
  for (let i = 0; i < n; i++) {
    const base = baseAt(stream, rows, attempts, i);
    const row = out + ((<usize>i * <usize>dims) << 3);
    if (plain) {
      for (let j = 0; j < dims; j++) {
        store<f64>(row + (<usize>j << 3), gammaVariate(base, <u64>j << 16, load<f64>(alphas + (<usize>j << 3))));
      }
    } else {
      let most: f64 = -Infinity;
      for (let j = 0; j < dims; j++) {
        const x = gammaLogVariate(base, <u64>j << 16, load<f64>(alphas + (<usize>j << 3)));
        store<f64>(row + (<usize>j << 3), x);
        most = Math.max(most, x);
      }
      for (let j = 0; j < dims; j++) {
        store<f64>(row + (<usize>j << 3), Math.exp(load<f64>(row + (<usize>j << 3)) - most));
      }
    }
    let sum: f64 = 0.0;
    for (let j = 0; j < dims; j++) sum += load<f64>(row + (<usize>j << 3));
    for (let j = 0; j < dims; j++) store<f64>(row + (<usize>j << 3), load<f64>(row + (<usize>j << 3)) / sum);
  }
}
