/** The incomplete beta function with its inverses. */
import { normalQuantile } from './error-function';
import { deviance, lgamma, stirlingError } from './gamma-function';

const SQRT_2PI: f64 = 2.5066282746310002;
const EPS: f64 = 2.220446049250313e-16;
const TINY: f64 = 1e-300;

/** x^a y^b / B(a, b), y = 1 − x, after Loader. */
function betaPower(a: f64, b: f64, x: f64, y: f64): f64 {
  if (x <= 0.0 || y <= 0.0) return 0.0;
  if (a < 1e-3 || b < 1e-3 || x < TINY || y < TINY) {
    return Math.exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * Math.log(x) + b * Math.log(y));
  }
  const n = a + b;
  return (
    (Math.exp(stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y)) *
      Math.sqrt(a) * Math.sqrt(b / n)) / SQRT_2PI
  );
}

/** I_x(a, b) · a / (x^a y^b / B): DLMF 8.17.22, modified Lentz. For x < (a + 1) / (a + b + 2). */
function betaFraction(a: f64, b: f64, x: f64): f64 {
  let c: f64 = 1.0;
  let d = 1.0 - ((a + b) * x) / (a + 1.0);
  if (Math.abs(d) < TINY) d = TINY;
  d = 1.0 / d;
  let h = d;
  for (let m: f64 = 1.0; m < 1e6; m += 1.0) {
    const m2 = m + m;
    let an = (m * (b - m) * x) / ((a + m2 - 1.0) * (a + m2));
    d = 1.0 + an * d;
    if (Math.abs(d) < TINY) d = TINY;
    c = 1.0 + an / c;
    if (Math.abs(c) < TINY) c = TINY;
    d = 1.0 / d;
    h *= d * c;
    an = (-(a + m) * (a + b + m) * x) / ((a + m2) * (a + m2 + 1.0));
    d = 1.0 + an * d;
    if (Math.abs(d) < TINY) d = TINY;
    c = 1.0 + an / c;
    if (Math.abs(c) < TINY) c = TINY;
    d = 1.0 / d;
    const delta = d * c;
    h *= delta;
    if (Math.abs(delta - 1.0) <= EPS) break;
  }
  return h;
}

/** I with both x and y = 1 − x given: each exact where it is small. */
function betaBoth(a: f64, b: f64, x: f64, y: f64): f64 {
  if (x <= 0.0) return 0.0;
  if (y <= 0.0) return 1.0;
  const power = betaPower(a, b, x, y);
  if (x < (a + 1.0) / (a + b + 2.0)) return (power * betaFraction(a, b, x)) / a;
  return 1.0 - (power * betaFraction(b, a, y)) / b;
}

export function betaI(a: f64, b: f64, x: f64): f64 {
  return betaBoth(a, b, x, 1.0 - x);
}

/** 1 − I_x(a, b), accurate where it is small. */
export function betaQ(a: f64, b: f64, x: f64): f64 {
  return betaBoth(b, a, 1.0 - x, x);
}

/** x with I_x(a, b) = p, for x up to about ½ to full relative accuracy. */
function betaSolve(a: f64, b: f64, p: f64): f64 {
  // I_x ≤ x^a / (a B), near enough for small x.
  const small = Math.exp((Math.log(p) + Math.log(a) + lgamma(a) + lgamma(b) - lgamma(a + b)) / a);
  if (small < 1e-280) return small;
  let x = Math.min(small, a / (a + b));
  if (x > 0.1 && a > 1.0 && b > 1.0) {
    // Abramowitz & Stegun 26.5.22
    const z = normalQuantile(p);
    const l = (z * z - 3.0) / 6.0;
    const h = 2.0 / (1.0 / (2.0 * a - 1.0) + 1.0 / (2.0 * b - 1.0));
    const w =
      (-z * Math.sqrt(Math.max(0.0, h + l))) / h -
      (1.0 / (2.0 * b - 1.0) - 1.0 / (2.0 * a - 1.0)) * (l + 5.0 / 6.0 - 2.0 / (3.0 * h));
    x = a / (a + b * Math.exp(2.0 * w));
  }
  let lo: f64 = 0.0;
  let hi: f64 = 1.0;
  if (!(x > 0.0 && x < 1.0)) x = a / (a + b);
  for (let i = 0; i < 300; i++) {
    const y = 1.0 - x;
    const value = betaBoth(a, b, x, y);
    const f = value - p;
    if (f == 0.0) return x;
    if (f > 0.0) hi = x;
    else lo = x;
    const slope = betaPower(a, b, x, y) / x / y;
    let next: f64 = NaN;
    if (slope > 0.0 && Math.abs(f) > 0.25 * p) {
      // Far off: Newton's step on log I as a function of log x, nearly a line.
      next = x * Math.exp((-Math.log(value / p) * value) / (slope * x));
    } else if (slope > 0.0) {
      const step = f / slope;
      const curvature = ((a - 1.0) / x - (b - 1.0) / y) * step * 0.5;
      next = x - step / Math.max(0.5, 1.0 - Math.min(0.5, Math.max(-1.0, curvature)));
    }
    if (!(next > lo && next < hi)) next = lo == 0.0 ? hi * 0.125 : lo * 4.0 < hi ? Math.sqrt(lo) * Math.sqrt(hi) : 0.5 * (lo + hi);
    if (Math.abs(next - x) <= EPS * x || hi - lo <= EPS * lo) return next;
    x = next;
  }
  return x;
}

export function betaInverse(a: f64, b: f64, p: f64): f64 {
  if (!(p > 0.0)) return p == 0.0 ? 0.0 : NaN;
  if (!(p < 1.0)) return p == 1.0 ? 1.0 : NaN;
  // Solve from the end that is nearer, so that the unknown is small; but 1 − p must not lose p.
  if (p <= 1e-3 || p <= betaI(a, b, 0.5)) return betaSolve(a, b, p);
  return 1.0 - betaSolve(b, a, 1.0 - p);
}

/** x with 1 − I_x(a, b) = q, for small q. */
export function betaInverseUpper(a: f64, b: f64, q: f64): f64 {
  if (!(q > 0.0)) return q == 0.0 ? 1.0 : NaN;
  if (!(q < 1.0)) return q == 1.0 ? 0.0 : NaN;
  if (q <= 1e-3 || q <= betaI(b, a, 0.5)) return 1.0 - betaSolve(b, a, q);
  return betaSolve(a, b, 1.0 - q);
}
