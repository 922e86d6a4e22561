import { baseAt, laneOf, uniform } from './random';
import { poissonDensity } from './gamma-function';

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
