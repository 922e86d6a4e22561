import type { Out } from './out.ts';
import { reserve, writeAscii } from './out.ts';

const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const BILLION = 1e9;

/** Whole numbers from 0 to 2^53, in at most 16 digits. */
export function writeWhole(out: Out, value: number): void {
  reserve(out, 16);
  if (value < BILLION) writeDigits(out, value, digitsOf(value));
  else {
    const high = Math.floor(value / BILLION);
    writeDigits(out, high, digitsOf(high));
    writeDigits(out, value - high * BILLION, 9);
  }
}

/** The last `width` digits of a whole number below 10^9, with zeros in front. Room is reserved by the caller. */
export function writeDigits(out: Out, value: number, width: number): void {
  const { at, bytes } = out;
  let rest = value;
  for (let i = at + width - 1; i >= at; i--) {
    const tenth = (rest / 10) | 0;
    bytes[i] = ZERO + rest - tenth * 10;
    rest = tenth;
  }
  out.at = at + width;
}

function digitsOf(value: number): number {
  if (value < 10_000) return value < 100 ? (value < 10 ? 1 : 2) : value < 1000 ? 3 : 4;
  if (value < 1_000_000) return value < 100_000 ? 5 : 6;
  return value < 10_000_000 ? 7 : value < 100_000_000 ? 8 : 9;
}

/** A 64-bit integer from its words, of which `high` has the sign, or none where `signed` is false. */
export function writeInteger(out: Out, low: number, high: number, signed: boolean): void {
  const value = exactly(low, signed ? high : high >>> 0);
  if (value === null) writeAscii(out, long(low, high, signed).toString());
  else writeWhole(out, signed ? writeSign(out, value) : value);
}

/** An integer counts units of 10^-scale. */
export function writeDecimal(out: Out, low: number, high: number, scale: number): void {
  const value = exactly(low, high);
  if (value === null || scale > 9) writeAscii(out, formatDecimal(long(low, high, true), scale));
  else if (scale === 0) writeWhole(out, writeSign(out, value));
  else {
    const unit = 10 ** scale;
    const magnitude = writeSign(out, value);
    const whole = Math.floor(magnitude / unit);
    writeWhole(out, whole);
    reserve(out, 1 + scale);
    out.bytes[out.at++] = POINT;
    writeDigits(out, magnitude - whole * unit, scale);
  }
}

/** `1250` at scale 2 is `12.50`. */
export function formatDecimal(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = scale > 0 ? `.${digits.slice(digits.length - scale)}` : '';
  return `${value < 0n ? '-' : ''}${whole}${fraction}`;
}

/** Writes a minus where there is one, -0's too; returns the magnitude. */
export function writeSign(out: Out, value: number): number {
  if (value > 0 || Object.is(value, 0)) return value;
  reserve(out, 1);
  out.bytes[out.at++] = MINUS;
  return -value;
}

/** Null beyond 2^53. */
export function exactly(low: number, high: number): number | null {
  const value = high * 0x1_0000_0000 + (low >>> 0);
  return Number.isSafeInteger(value) ? value : null;
}

export function long(low: number, high: number, signed: boolean): bigint {
  const bits = (BigInt(high) << 32n) | BigInt(low >>> 0);
  return signed ? BigInt.asIntN(64, bits) : BigInt.asUintN(64, bits);
}
