import { nextDouble } from '../../../stdlib/samplers/doubles.ts';

/** A rational number, in lowest terms; `d` is above 0. */
export type Rational = { readonly n: bigint; readonly d: bigint };

export const ZERO: Rational = { n: 0n, d: 1n };
export const ONE: Rational = { n: 1n, d: 1n };

const abs = (x: bigint): bigint => (x < 0n ? -x : x);

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [abs(a), abs(b)];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** @throws RangeError where `d` is 0. */
export function ratio(n: bigint, d: bigint): Rational {
  if (d === 0n) throw new RangeError('division by 0');
  if (d === 1n) return { n, d };
  const common = gcd(n, d);
  const sign = d < 0n ? -1n : 1n;
  return { n: (sign * n) / common, d: (sign * d) / common };
}

export const whole = (n: bigint): Rational => ({ n, d: 1n });
export const isZero = ({ n }: Rational): boolean => n === 0n;

export const add = (a: Rational, b: Rational): Rational => ratio(a.n * b.d + b.n * a.d, a.d * b.d);
export const negate = ({ n, d }: Rational): Rational => ({ n: -n, d });
export const subtract = (a: Rational, b: Rational): Rational => add(a, negate(b));
export const multiply = (a: Rational, b: Rational): Rational => ratio(a.n * b.n, a.d * b.d);
export const divide = (a: Rational, b: Rational): Rational => ratio(a.n * b.d, a.d * b.n);
export const magnitude = ({ n, d }: Rational): Rational => ({ n: abs(n), d });
/** Below 0, 0 or above 0. */
export const compare = (a: Rational, b: Rational): number => {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};
export const larger = (a: Rational, b: Rational): Rational => (compare(a, b) < 0 ? b : a);

/** The greatest number that both are whole multiples of; 0 divides nothing but is divided by all. */
export const commonDivisor = (a: Rational, b: Rational): Rational =>
  ratio(gcd(a.n * b.d, b.n * a.d), a.d * b.d);

/** A finite double, exactly. */
export function ofDouble(x: number): Rational {
  if (Number.isInteger(x)) return whole(BigInt(x));
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  const digits = exponent === 0 ? fraction : fraction | (1n << 52n);
  const power = BigInt(Math.max(exponent, 1) - 1075);
  const signed = bits >> 63n === 1n ? -digits : digits;
  return power >= 0n ? whole(signed << power) : ratio(signed, 1n << -power);
}

/** A double next to the number, not above (−1) or not below (1) it; infinite where there is none at hand. */
export function toDouble(x: Rational, direction: 1 | -1): number {
  // Both within a double's range, with more digits than it holds.
  const excess = BigInt(Math.max(0, Math.max(abs(x.n).toString(2).length, x.d.toString(2).length) - 1000));
  let found = Number(x.n >> excess) / Number(x.d >> excess);
  for (let steps = 0; steps < 4 && Number.isFinite(found); steps++) {
    if (compare(ofDouble(found), x) * direction >= 0) return found;
    found = nextDouble(found, direction);
  }
  return direction * Infinity;
}
