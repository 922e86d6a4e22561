import { writeDigits } from './integers.ts';
import type { Out } from './out.ts';
import { reserve } from './out.ts';

const POINT = 0x2e;
const ZERO = 0x30;
const HALF = 1e8;
/** 10^k, exact up to 22, and its two halves of 26 bits (Veltkamp 1968). */
const POWERS = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
const SPLIT = 2 ** 27 + 1;
const highHalf = (value: number): number => SPLIT * value - (SPLIT * value - value);
const HIGH = POWERS.map(highHalf);
const LOW = POWERS.map((power, k) => power - HIGH[k]!);
/** What is nearer than this to where a decimal stops to read back, or to the middle of two, is left to others. */
const DOUBT = 1e-6;

/**
 * The shortest decimal that reads back as a positive 64-bit float, the closest where there are several: as ECMAScript
 * writes it. False, and nothing is written, where it is not sure: outside of 10^-6 … 10^17, at powers of two, at ties.
 *
 * The float is scaled to 17 digits before the point, exactly, as a product and its error (Dekker 1971). Decimals nearer to
 * it than half of the distance to the next float read back; among them, that with most zeros at its end is shortest.
 */
export function writeShortest(out: Out, value: number): boolean {
  const exponent = exponentOf(value);
  const decimals = 16 - exponent;
  const power = POWERS[decimals];
  // Half of the way to the next float, in units of the last digit; 0 at powers of two, whose neighbours differ.
  const reach = ((value + value * 2 ** -53 - value) / 2) * (power ?? 0);
  if (power === undefined || reach === 0) return false;

  const product = value * power;
  if (product < 1e16 || product >= 1e17) return false;
  const [high, low] = [HIGH[decimals]!, LOW[decimals]!];
  const valueHigh = highHalf(value);
  const valueLow = value - valueHigh;
  const error = valueHigh * high - product + valueHigh * low + valueLow * high + valueLow * low;

  let head = Math.floor(product / HALF);
  const tail = product - head * HALF + error;
  let digits = nearest(tail, reach);
  if (Number.isNaN(digits)) return false;
  if (digits < 0) {
    head -= 1;
    digits += HALF;
  } else if (digits >= HALF) {
    head += 1;
    digits -= HALF;
  }
  if (head < HALF || head >= 10 * HALF) return false;
  writePointed(out, head, digits, exponent);
  return true;
}

/** Of a float in 10^e … 10^(e + 1): e, from -6 to 16, or one beside it; what is beyond gives no product of 17 digits. */
function exponentOf(value: number): number {
  let exponent = 0;
  if (value >= 1) while (exponent < 16 && value >= POWERS[exponent + 1]!) exponent++;
  else while (exponent > -6 && value * POWERS[-exponent]! < 1) exponent--;
  return exponent;
}

/** The multiple of 100, else of 10, else of 1 that is nearest to `tail` and within `reach` of it; NaN where in doubt. */
function nearest(tail: number, reach: number): number {
  for (let unit = 100; unit >= 1; unit /= 10) {
    const found = Math.round(tail / unit) * unit;
    const distance = Math.abs(found - tail);
    if (Math.abs(distance - reach) < DOUBT || Math.abs(distance - unit / 2) < DOUBT) return Number.NaN;
    if (distance < reach) return found;
  }
  return Number.NaN;
}

/** The 9 digits of `head` and the 8 of `tail` as d.ddd · 10^exponent, without zeros at the end. */
function writePointed(out: Out, head: number, tail: number, exponent: number): void {
  reserve(out, 32);
  if (exponent < 0) {
    out.bytes[out.at++] = ZERO;
    out.bytes[out.at++] = POINT;
    for (let i = exponent + 1; i < 0; i++) out.bytes[out.at++] = ZERO;
  }
  const start = out.at;
  writeDigits(out, head, 9);
  writeDigits(out, tail, 8);
  const { bytes } = out;
  if (exponent >= 0) {
    for (let i = out.at; i > start + exponent + 1; i--) bytes[i] = bytes[i - 1]!;
    bytes[start + exponent + 1] = POINT;
    out.at += 1;
  }
  while (bytes[out.at - 1] === ZERO) out.at -= 1;
  if (bytes[out.at - 1] === POINT) out.at -= 1;
}
