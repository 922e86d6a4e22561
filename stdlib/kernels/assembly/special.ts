/** Scalar mathematics under the names of ScalarMath (stdlib/define.ts). Math is AssemblyScript's own port of musl's libm. */
const SQRT2: f64 = 1.4142135623730951;
const SQRT_2PI: f64 = 2.5066282746310002;
const HALF_LOG_2PI: f64 = 0.91893853320467274178;
const EPS: f64 = 2.220446049250313e-16;
const TINY: f64 = 1e-300;

export function exp(x: f64): f64 {
  return Math.exp(x);
}
export function expm1(x: f64): f64 {
  return Math.expm1(x);
}
export function log(x: f64): f64 {
  return Math.log(x);
}
export function log1p(x: f64): f64 {
  return Math.log1p(x);
}
export function pow(x: f64, y: f64): f64 {
  return Math.pow(x, y);
}
export function sin(x: f64): f64 {
  return Math.sin(x);
}
export function cos(x: f64): f64 {
  return Math.cos(x);
}
export function tan(x: f64): f64 {
  return Math.tan(x);
}
export function atan(x: f64): f64 {
  return Math.atan(x);
}

// ------------------------------------------------------------------------------------------------------------- normal

/** erfc(|x|) by W. J. Cody, Rational Chebyshev approximations for the error function (Math. Comp. 1969). */
function erfcPositive(x: f64): f64 {
  if (x <= 0.46875) return 1.0 - erfSmall(x);
  let r: f64;
  if (x <= 4.0) {
    let p: f64 = 2.15311535474403846343e-8 * x;
    let q: f64 = x;
    p = (p + 5.64188496988670089180e-1) * x;
    q = (q + 1.57449261107098347253e1) * x;
    p = (p + 8.88314979438837594118) * x;
    q = (q + 1.17693950891312499305e2) * x;
    p = (p + 6.61191906371416294775e1) * x;
    q = (q + 5.37181101862009857509e2) * x;
    p = (p + 2.98635138197400131132e2) * x;
    q = (q + 1.62138957456669018874e3) * x;
    p = (p + 8.81952221241769090411e2) * x;
    q = (q + 3.29079923573345962678e3) * x;
    p = (p + 1.71204761263407058314e3) * x;
    q = (q + 4.36261909014324715820e3) * x;
    p = (p + 2.05107837782607146532e3) * x;
    q = (q + 3.43936767414372163696e3) * x;
    r = (p + 1.23033935479799725272e3) / (q + 1.23033935480374942043e3);
  } else {
    const y = 1.0 / (x * x);
    let p: f64 = 1.63153871373020978498e-2 * y;
    let q: f64 = y;
    p = (p + 3.05326634961232344035e-1) * y;
    q = (q + 2.56852019228982242072) * y;
    p = (p + 3.60344899949804439429e-1) * y;
    q = (q + 1.87295284992346047209) * y;
    p = (p + 1.25781726111229246204e-1) * y;
    q = (q + 5.27905102951428412248e-1) * y;
    p = (p + 1.60837851487422766278e-2) * y;
    q = (q + 6.05183413124413191178e-2) * y;
    r = (y * (p + 6.58749161529837803157e-4)) / (q + 2.33520497626869185443e-3);
    r = (0.56418958354775628695 - r) / x;
  }
  // exp(-x²) in two factors, so that the rounding of x² does not show.
  const head = Math.trunc(x * 16.0) / 16.0;
  return Math.exp(-head * head) * Math.exp(-(x - head) * (x + head)) * r;
}

function erfSmall(x: f64): f64 {
  const y = x * x;
  let p: f64 = 1.85777706184603152673e-1 * y;
  let q: f64 = y;
  p = (p + 3.16112374387056560) * y;
  q = (q + 2.36012909523441209e1) * y;
  p = (p + 1.13864154151050156e2) * y;
  q = (q + 2.44024637934444173e2) * y;
  p = (p + 3.77485237685302021e2) * y;
  q = (q + 1.28261652607737228e3) * y;
  return (x * (p + 3.20937758913846947e3)) / (q + 2.84423683343917062e3);
}

export function normalCdf(z: f64): f64 {
  const x = Math.abs(z) / SQRT2;
  if (x <= 0.46875) return 0.5 + 0.5 * erfSmall(z / SQRT2);
  const tail = 0.5 * erfcPositive(x);
  return z < 0.0 ? tail : 1.0 - tail;
}

export function normalSf(z: f64): f64 {
  return normalCdf(-z);
}

/** M. J. Wichura, Algorithm AS 241 (Appl. Statist. 1988), PPND16. */
export function normalQuantile(p: f64): f64 {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (
      (q *
        (((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r +
          4.5921953931549871457e4) * r + 1.3731693765509461125e4) * r + 1.9715909503065514427e3) * r +
          1.3314166789178437745e2) * r + 3.3871328727963666080)) /
      (((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r +
        2.1213794301586595867e4) * r + 5.3941960214247511077e3) * r + 6.8718700749205790830e2) * r +
        4.2313330701600911252e1) * r + 1.0)
    );
  }
  let r = q < 0.0 ? p : 1.0 - p;
  if (!(r > 0.0)) return r == 0.0 ? (q < 0.0 ? -Infinity : Infinity) : NaN;
  r = Math.sqrt(-Math.log(r));
  let x: f64;
  if (r <= 5.0) {
    r -= 1.6;
    x =
      (((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r +
        1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.76949722146069140550) * r +
        4.63033784615654529590) * r + 1.42343711074968357734) /
      (((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r +
        1.48103976427480074590e-1) * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940) * r +
        2.05319162663775882187) * r + 1.0);
  } else {
    r -= 5.0;
    x =
      (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r +
        2.65321895265761230930e-2) * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580) * r +
        5.46378491116411436990) * r + 6.65790464350110377720) /
      (((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r +
        7.86869131145613259100e-4) * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r +
        5.99832206555887937690e-1) * r + 1.0);
  }
  return q < 0.0 ? -x : x;
}

// -------------------------------------------------------------------------------------------------------------- gamma

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
function stirlingError(x: f64): f64 {
  if (x >= 15.0) return stirlingSeries(x);
  return lgamma(x + 1.0) - (x + 0.5) * Math.log(x) + x - HALF_LOG_2PI;
}

/** Deviance x log(x/m) + m − x without cancellation: C. Loader, Fast and accurate computation of binomial probabilities (2000). */
function deviance(x: f64, m: f64): f64 {
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
  return x < a + 1.0 ? gammaSeries(a, x) : 1.0 - gammaFraction(a, x);
}

export function gammaQ(a: f64, x: f64): f64 {
  if (x <= 0.0) return 1.0;
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

// --------------------------------------------------------------------------------------------------------------- beta

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
