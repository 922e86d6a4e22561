import { writeDigits, writeSign, writeWhole } from './integers.ts';
import type { Out } from './out.ts';
import { reserve, writeAscii } from './out.ts';
import { writeShortest } from './shortest.ts';

const POINT = 0x2e;
/** 10^k, exact up to 22. */
const POWERS = Array.from({ length: 13 }, (_, k) => 10 ** k);

/** The shortest decimal that reads back as the same 64-bit float, as ECMAScript writes it; -0 keeps its sign. */
export function writeFloat64(out: Out, value: number): void {
  const magnitude = writeSign(out, value);
  // Of up to 15 digits only one decimal reads back as a given float, so one that does is the shortest.
  const units = Math.round(magnitude * 1e6);
  if (units < 1e15 && units / 1e6 === magnitude) writeFraction(out, magnitude, units, 6);
  else if (!writeShortest(out, magnitude)) writeAscii(out, String(magnitude));
}

/** The shortest decimal that reads back as the same 32-bit float. */
export function writeFloat32(out: Out, value: number): void {
  const magnitude = writeSign(out, value);
  const decimals = magnitude === 0 ? 0 : decimals32(magnitude);
  if (decimals < 0) writeAscii(out, shortest32(magnitude));
  else writeFraction(out, magnitude, Math.round(magnitude * POWERS[decimals]!), decimals);
}

/** Decimals that tell a 32-bit float from its neighbours; -1 where it is too large or small for this way to be exact. */
function decimals32(magnitude: number): number {
  if (magnitude < 1e-4 || magnitude >= 2 ** 24) return -1;
  // 24 bits times 5^12 are below 2^53: the products are exact, hence rounded as decimals are.
  for (let decimals = 0; decimals < POWERS.length; decimals++) {
    const power = POWERS[decimals]!;
    if (Math.fround(Math.round(magnitude * power) / power) === magnitude) return decimals;
  }
  return -1;
}

/** The 64-bit float that has the shortest decimal of a 32-bit float: what reading that decimal gives. */
export function shortestFloat32(value: number): number {
  const magnitude = Math.abs(value);
  const decimals = magnitude === 0 ? 0 : decimals32(magnitude);
  const power = POWERS[decimals];
  const short = power === undefined ? Number(shortest32(magnitude)) : Math.round(magnitude * power) / power;
  return value < 0 || Object.is(value, -0) ? -short : short;
}

function shortest32(magnitude: number): string {
  for (let digits = 1; digits <= 9; digits++) {
    const short = Number(magnitude.toPrecision(digits));
    if (Math.fround(short) === magnitude) return String(short);
  }
  return String(magnitude);
}

/** `value` is `units` of 10^-decimals; zeros at the end are left out. */
function writeFraction(out: Out, value: number, units: number, decimals: number): void {
  const whole = Math.floor(value);
  writeWhole(out, whole);
  let fraction = units - whole * POWERS[decimals]!;
  if (fraction === 0) return;
  let width = decimals;
  for (; fraction % 10 === 0; width--) fraction /= 10;
  reserve(out, 1 + width);
  out.bytes[out.at++] = POINT;
  if (width > 9) {
    const high = Math.floor(fraction / 1e9);
    writeDigits(out, high, width - 9);
    fraction -= high * 1e9;
    width = 9;
  }
  writeDigits(out, fraction, width);
}
