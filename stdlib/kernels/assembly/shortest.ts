/**
 * A real in the fewest digits that read back as the same real, of those the nearest: R. Giulietti, The Schubfach way to render
 * doubles (2020), in the form of A. Bolz.
 */
import { digitsOf, writeI64, writePadded, writeU64 } from './digits';
import { POWERS } from './powers-of-ten';
import { mulHigh } from './random';

const LEAST_POWER: i32 = -292;
const FRACTION: u64 = (1 << 52) - 1;

/** Not for infinities. `0.1`, `3.0`, `1e+21`, `5e-324`: as JavaScript writes it, a whole number with `.0`. At most 25 bytes. */
export function writeReal(start: usize, value: f64): usize {
  let at = start;
  if (value < 0) store<u8>(at++, 45);
  const bits = reinterpret<u64>(value);
  const fraction = bits & FRACTION;
  const biased = <i32>((bits >>> 52) & 0x7ff);
  const c: u64 = biased == 0 ? fraction : fraction | (FRACTION + 1);
  if (c == 0) return layOut(at, 0, 0);
  const q = (biased == 0 ? 1 : biased) - 1075;
  // Below a power of two reals lie twice as close.
  const closer = fraction == 0 && biased > 1;
  // floor(log10(2^q)), of three quarters of it where closer; floor(log2(10^-k)).
  const k = (q * 1_262_611 - (closer ? 524_031 : 0)) >> 22;
  const h = q + ((-k * 1_741_647) >> 19) + 1;
  const power = POWERS + (<usize>(-k - LEAST_POWER) << 4);
  const high = load<u64>(power);
  const low = load<u64>(power, 8);
  const odd: u64 = c & 1;
  // Four times the value, and the ends of what rounds to it, as multiples of 10^k.
  const lower = roundToOdd(high, low, (4 * c - (closer ? 1 : 2)) << h) + odd;
  const scaled = roundToOdd(high, low, (4 * c) << h);
  const upper = roundToOdd(high, low, (4 * c + 2) << h) - odd;
  const s = scaled >> 2;
  if (s >= 10) {
    const tens = s / 10;
    const below = lower <= 40 * tens;
    const above = 40 * tens + 40 <= upper;
    if (below != above) return layOut(at, tens + (above ? 1 : 0), k + 1);
  }
  const below = lower <= 4 * s;
  const above = 4 * s + 4 <= upper;
  if (below != above) return layOut(at, s + (above ? 1 : 0), k);
  const middle = 4 * s + 2;
  const up = scaled > middle || (scaled == middle && (s & 1) == 1);
  return layOut(at, s + (up ? 1 : 0), k);
}

/** The upper 64 bits of a 128 × 64 bit product, the last bit set where what is cut off is not nothing. */
function roundToOdd(high: u64, low: u64, by: u64): u64 {
  const carry = mulHigh(low, by);
  const middle = high * by;
  const sum = middle + carry;
  const top = mulHigh(high, by) + (sum < middle ? 1 : 0);
  return top | (sum > 1 ? 1 : 0);
}

/** digits · 10^k. */
function layOut(start: usize, all: u64, power: i32): usize {
  let digits = all;
  let k = power;
  while (digits != 0 && digits % 10 == 0) {
    digits /= 10;
    k++;
  }
  let at = start;
  const size = <i32>digitsOf(digits);
  const point = size + k;
  if (k >= 0 && point <= 21) {
    at = writePadded(writeU64(at, digits), 0, k);
    store<u8>(at++, 46);
    store<u8>(at++, 48);
    return at;
  }
  if (point > -6 && point <= 21) {
    const after = <usize>-k;
    if (point > 0) {
      let unit: u64 = 1;
      for (let i: usize = 0; i < after; i++) unit *= 10;
      at = writeU64(at, digits / unit);
      digits %= unit;
    } else store<u8>(at++, 48);
    store<u8>(at++, 46);
    return writePadded(at, digits, after);
  }
  // The first digit makes room for the point.
  const end = writeU64(at + 1, digits);
  store<u8>(at, load<u8>(at + 1));
  if (size > 1) store<u8>(at + 1, 46);
  at = size > 1 ? end : at + 1;
  store<u8>(at++, 101);
  const e = point - 1;
  if (e > 0) store<u8>(at++, 43);
  return writeI64(at, e);
}
