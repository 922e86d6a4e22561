/**
 * Arithmetic. Reals: IEEE doubles; a result that is not finite is poison. Integers: exact, poison where 64 bits do not
 * hold the result. `//` floors and `%` takes the divisor's sign, on both.
 */
import { exp, log, pow } from './elementary';
import { I64_POISON, f64At, finite, i64At, setF64, setI64 } from './slots';

// ---------------------------------------------------------------------------------------------------------------- reals

export function add_f64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) setF64(out, i, finite(f64At(a, i) + f64At(b, i)));
}

export function sub_f64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) setF64(out, i, finite(f64At(a, i) - f64At(b, i)));
}

export function mul_f64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) setF64(out, i, finite(f64At(a, i) * f64At(b, i)));
}

export function div_f64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) setF64(out, i, finite(f64At(a, i) / f64At(b, i)));
}

export function mod_f64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) setF64(out, i, remainder(f64At(a, i), f64At(b, i)));
}

/** floor(a / b) without the quotient's rounding (CPython's float_divmod). */
export function floordiv_f64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const y = f64At(b, i);
    const quotient = (f64At(a, i) - remainder(f64At(a, i), y)) / y;
    const whole = floor(quotient);
    setF64(out, i, finite(quotient - whole > 0.5 ? whole + 1 : whole));
  }
}

/** An infinite divisor is no value, so that a % b is defined wherever b is not 0. */
function remainder(a: f64, b: f64): f64 {
  const r = a % b;
  if (r == 0) return copysign(0.0, b);
  return r < 0 != b < 0 ? r + b : r;
}

export function pow_f64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = f64At(a, i);
    const y = f64At(b, i);
    setF64(out, i, x != x || y != y ? NaN : finite(pow(x, y)));
  }
}

export function neg_f64(n: i32, a: usize, out: usize): void {
  for (let i = 0; i < n; i++) setF64(out, i, -f64At(a, i));
}

export function abs_f64(n: i32, a: usize, out: usize): void {
  for (let i = 0; i < n; i++) setF64(out, i, abs(f64At(a, i)));
}

export function min_f64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) setF64(out, i, min(f64At(a, i), f64At(b, i)));
}

export function max_f64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) setF64(out, i, max(f64At(a, i), f64At(b, i)));
}

export function exp_f64(n: i32, a: usize, out: usize): void {
  for (let i = 0; i < n; i++) setF64(out, i, finite(exp(f64At(a, i))));
}

export function log_f64(n: i32, a: usize, out: usize): void {
  for (let i = 0; i < n; i++) setF64(out, i, finite(log(f64At(a, i))));
}

export function sqrt_f64(n: i32, a: usize, out: usize): void {
  for (let i = 0; i < n; i++) setF64(out, i, sqrt(f64At(a, i)));
}

/** Half to even at a decimal place: `unit` is a power of ten, `after` says whether it counts places behind the point. */
export function round_places(n: i32, a: usize, unit: f64, after: i32, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = f64At(a, i);
    if (after != 0) {
      const scaled = nearest(x * unit);
      setF64(out, i, scaled - scaled == 0 ? scaled / unit : x);
    } else setF64(out, i, finite(nearest(x / unit) * unit));
  }
}

// ------------------------------------------------------------------------------------------------------------- integers

export function add_i64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = i64At(a, i);
    const y = i64At(b, i);
    const sum = x + y;
    const overflow = ((x ^ sum) & (y ^ sum)) < 0;
    setI64(out, i, overflow || x == I64_POISON || y == I64_POISON ? I64_POISON : sum);
  }
}

export function sub_i64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = i64At(a, i);
    const y = i64At(b, i);
    const difference = x - y;
    const overflow = ((x ^ y) & (x ^ difference)) < 0;
    setI64(out, i, overflow || x == I64_POISON || y == I64_POISON ? I64_POISON : difference);
  }
}

export function mul_i64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) setI64(out, i, times(i64At(a, i), i64At(b, i)));
}

// @ts-ignore: decorator
@inline
function fits32(x: i64): bool {
  return x == <i64>(<i32>x);
}

export function times(x: i64, y: i64): i64 {
  if (fits32(x) && fits32(y)) return x * y;
  if (x == I64_POISON || y == I64_POISON) return I64_POISON;
  const product = x * y;
  return x != 0 && product / x != y ? I64_POISON : product;
}

export function floordiv_i64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = i64At(a, i);
    const y = i64At(b, i);
    if (y == 0 || x == I64_POISON || y == I64_POISON) {
      setI64(out, i, I64_POISON);
      continue;
    }
    const quotient = x / y;
    setI64(out, i, quotient * y != x && (x ^ y) < 0 ? quotient - 1 : quotient);
  }
}

export function mod_i64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = i64At(a, i);
    const y = i64At(b, i);
    if (y == 0 || x == I64_POISON || y == I64_POISON) {
      setI64(out, i, I64_POISON);
      continue;
    }
    const r = x % y;
    setI64(out, i, r != 0 && (r ^ y) < 0 ? r + y : r);
  }
}

/** Square and multiply. A negative exponent is poison. */
export function pow_i64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    let x = i64At(a, i);
    let k = i64At(b, i);
    if (x == I64_POISON || k < 0) {
      setI64(out, i, I64_POISON);
      continue;
    }
    let power: i64 = 1;
    while (true) {
      if (k & 1) power = times(power, x);
      k >>= 1;
      // The square is needed only while bits are left: 3^40 fits, its last square does not.
      if (k == 0 || power == I64_POISON) break;
      if (x != 0 && x != 1 && x != -1) {
        x = times(x, x);
        if (x == I64_POISON) {
          power = I64_POISON;
          break;
        }
      } else x = x * x;
    }
    setI64(out, i, power);
  }
}

export function neg_i64(n: i32, a: usize, out: usize): void {
  for (let i = 0; i < n; i++) setI64(out, i, -i64At(a, i));
}

export function abs_i64(n: i32, a: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = i64At(a, i);
    setI64(out, i, x < 0 ? -x : x);
  }
}

export function min_i64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = i64At(a, i);
    const y = i64At(b, i);
    setI64(out, i, x < y ? x : y);
  }
}

export function max_i64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = i64At(a, i);
    const y = i64At(b, i);
    setI64(out, i, x == I64_POISON || y == I64_POISON ? I64_POISON : x > y ? x : y);
  }
}
