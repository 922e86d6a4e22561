/** Γ and the incomplete gamma functions with their inverses. */
import { normalQuantile } from './error-function';

const SQRT_2PI: f64 = 2.5066282746310002;
const HALF_LOG_2PI: f64 = 0.91893853320467274178;
const EPS: f64 = 2.220446049250313e-16;
const TINY: f64 = 1e-300;

/** log Γ(x), x > 0: Stirling's series from 15 up, and the recurrence below. */
export function lgamma(x: f64): f64 {
  if (!(x > 0.0)) return NaN;
  if (x == 1.0 || x == 2.0) return 0.0;
  if (x < 3.0) return lgammaNearOne(x);
  let shift: f64 = 1.0;
  while (x < 15.0) {
    shift *= x;
    x += 1.0;
  }
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_2PI + stirlingSeries(x) - Math.log(shift);
}

/** By the Taylor series of log Γ(1 + z), |z| ≤ 1/2, with zeta's values; the recurrence brings x there. */
function lgammaNearOne(x: f64): f64 {
  let lead: f64 = 0.0;
  while (x > 1.5) {
    x -= 1.0;
    lead += Math.log(x);
  }
  if (x < 0.5) {
    lead -= Math.log(x);
    x += 1.0;
  }
  const z = x - 1.0;
  // log Γ(1+z) = −log(1+z) + z(1−γ) + Σ_{k≥2} (−1)^k (ζ(k) − 1) z^k / k
  let sum: f64 = 0.0;
  let power = z * z;
  for (let k = 2; k < 40; k++) {
    const term = (unchecked(ZETA_MINUS_1[k]) * power) / <f64>k;
    sum += (k & 1) == 0 ? term : -term;
    power *= z;
  }
  return lead - Math.log1p(z) + z * 0.42278433509846713939 + sum;
}

const ZETA_MINUS_1: StaticArray<f64> = [
  0.0, 0.0, 6.4493406684822643647e-1, 2.0205690315959428540e-1, 8.2323233711138191516e-2, 3.6927755143369926331e-2,
  1.7343061984449139714e-2, 8.3492773819228268398e-3, 4.0773561979443393786e-3, 2.0083928260822144179e-3,
  9.9457512781808533715e-4, 4.9418860411946455870e-4, 2.4608655330804829864e-4, 1.2271334757848914676e-4,
  6.1248135058704829259e-5, 3.0588236307020493552e-5, 1.5282259408651871732e-5, 7.6371976378997622736e-6,
  3.8172932649998398564e-6, 1.9082127165539389257e-6, 9.5396203387279611315e-7, 4.7693298678780646312e-7,
  2.3845050272773299001e-7, 1.1921992596531107307e-7, 5.9608189051259479613e-8, 2.9803503514652280186e-8,
  1.4901554828365041235e-8, 7.4507117898354294920e-9, 3.7253340247884570548e-9, 1.8626597235130490065e-9,
  9.3132743241966818287e-10, 4.6566290650337840730e-10, 2.3283118336765054920e-10, 1.1641550172700519776e-10,
  5.8207720879027008893e-11, 2.9103850444970996869e-11, 1.4551921891041984236e-11, 7.2759598350574810146e-12,
  3.6379795473786511902e-12, 1.8189896503070659476e-12,
];

/** Σ B_2k / (2k (2k−1) x^(2k−1)): the error of Stirling's formula, x ≥ 15. */
function stirlingSeries(x: f64): f64 {
  const y = 1.0 / (x * x);
  return (
    ((((((-691.0 / 360360.0) * y + 1.0 / 1188.0) * y - 1.0 / 1680.0) * y + 1.0 / 1260.0) * y - 1.0 / 360.0) * y +
      1.0 / 12.0) / x
  );
}

/** log Γ(x + 1) − [(x + ½) log x − x + ½ log 2π]. */
export function stirlingError(x: f64): f64 {
  if (x >= 15.0) return stirlingSeries(x);
  return lgamma(x + 1.0) - (x + 0.5) * Math.log(x) + x - HALF_LOG_2PI;
}

/** Deviance x log(x/m) + m − x without cancellation: C. Loader, Fast and accurate computation of binomial probabilities (2000). */
export function deviance(x: f64, m: f64): f64 {
  const d = x - m;
  if (Math.abs(d) < 0.1 * (x + m)) {
    const v = d / (x + m);
    let s = d * v;
    let e = 2.0 * x * v;
    const v2 = v * v;
    for (let j = 1; j < 1000; j++) {
      e *= v2;
      const next = s + e / (<f64>(2 * j) + 1.0);
      if (next == s) return next;
      s = next;
    }
    return s;
  }
  return x * Math.log(x / m) + m - x;
}

/** x^a e^−x / Γ(a + 1). */
export function poissonDensity(a: f64, x: f64): f64 {
  if (x == 0.0) return a == 0.0 ? 1.0 : 0.0;
  if (a == 0.0) return Math.exp(-x);
  if (a < 1e-3 || x < TINY) return Math.exp(a * Math.log(x) - x - lgamma(a + 1.0));
  return Math.exp(-stirlingError(a) - deviance(a, x)) / (SQRT_2PI * Math.sqrt(a));
}

function gammaSeries(a: f64, x: f64): f64 {
  let term: f64 = 1.0;
  let sum: f64 = 1.0;
  for (let k: f64 = 1.0; k < 1e6; k += 1.0) {
    term *= x / (a + k);
    sum += term;
    if (term < sum * EPS * 0.25) break;
  }
  return sum * poissonDensity(a, x);
}

/** Upper tail by the continued fraction (DLMF 8.9.2), modified Lentz. */
function gammaFraction(a: f64, x: f64): f64 {
  let b = x + 1.0 - a;
  let c = 1.0 / TINY;
  let d = 1.0 / b;
  let h = d;
  for (let i: f64 = 1.0; i < 1e6; i += 1.0) {
    const an = -i * (i - a);
    b += 2.0;
    d = an * d + b;
    if (Math.abs(d) < TINY) d = TINY;
    c = b + an / c;
    if (Math.abs(c) < TINY) c = TINY;
    d = 1.0 / d;
    const delta = d * c;
    h *= delta;
    if (Math.abs(delta - 1.0) <= EPS) break;
  }
  // x^a e^-x / Γ(a) = a · density
  return h * a * poissonDensity(a, x);
}

export function gammaP(a: f64, x: f64): f64 {
  if (x <= 0.0) return 0.0;
  if (x == Infinity) return 1.0;
  return x < a + 1.0 ? gammaSeries(a, x) : 1.0 - gammaFraction(a, x);
}

export function gammaQ(a: f64, x: f64): f64 {
  if (x <= 0.0) return 1.0;
  if (x == Infinity) return 0.0;
  return x < a + 1.0 ? 1.0 - gammaSeries(a, x) : gammaFraction(a, x);
}

/** x with P(a, x) = p (lower) or Q(a, x) = p: Wilson–Hilferty or the leading term, then safeguarded Halley steps. */
function gammaSolve(a: f64, p: f64, lower: bool): f64 {
  if (!(p > 0.0)) return p == 0.0 ? (lower ? 0.0 : Infinity) : NaN;
  if (!(p < 1.0)) return p == 1.0 ? (lower ? Infinity : 0.0) : NaN;
  const z = lower ? normalQuantile(p) : -normalQuantile(p);
  let x: f64;
  const w = 1.0 / (9.0 * a);
  const t = 1.0 - w + z * Math.sqrt(w);
  // P(a, x) ≤ x^a / Γ(a+1), so that this start lies below the root.
  const small = Math.exp((Math.log(lower ? p : 1.0 - p) + lgamma(a + 1.0)) / a);
  if (a < 1.0 || t <= 0.05) x = small < 0.5 * a + 0.1 ? small : Math.max(a, 0.1) * (lower ? 1.0 : 2.0);
  else x = a * t * t * t;
  if (x == 0.0 || small < 1e-280) return small;
  let lo: f64 = 0.0;
  let hi: f64 = Infinity;
  for (let i = 0; i < 200; i++) {
    const value = lower ? gammaP(a, x) : gammaQ(a, x);
    const f = lower ? value - p : p - value;
    if (f == 0.0) return x;
    if (f > 0.0) hi = x;
    else lo = x;
    const slope = (a * poissonDensity(a, x)) / x;
    let next: f64;
    if (slope > 0.0 && Math.abs(f) > 0.25 * p) {
      // Far off: Newton's step on the logarithm, in log x (lower tail) or x (upper tail), nearly a line.
      const step = (Math.log(value / p) * value) / slope;
      next = lower ? x * Math.exp(-step / x) : x + step;
    } else if (slope > 0.0) {
      const step = f / slope;
      const curvature = ((a - 1.0) / x - 1.0) * step * 0.5;
      next = x - step / Math.max(0.5, 1.0 - Math.min(0.5, Math.max(-1.0, curvature)));
    } else next = NaN;
    if (!(next > lo && next < hi)) {
      if (hi == Infinity) next = x * 2.0;
      else if (lo == 0.0) next = hi * 0.125;
      else next = lo * 4.0 < hi ? Math.sqrt(lo) * Math.sqrt(hi) : 0.5 * (lo + hi);
    }
    if (Math.abs(next - x) <= EPS * x || hi - lo <= EPS * lo) return next;
    x = next;
  }
  return x;
}

export function gammaInverse(a: f64, p: f64): f64 {
  return gammaSolve(a, p, true);
}

export function gammaInverseUpper(a: f64, q: f64): f64 {
  return gammaSolve(a, q, false);
}
