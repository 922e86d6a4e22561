import { civilOf, formatDate } from '../../../stdlib/zones/civil.ts';
import { formatTimestamp } from '../../../stdlib/zones/format.ts';
import { exactly, long, writeDigits } from './integers.ts';
import type { Out } from './out.ts';
import { reserve, writeAscii } from './out.ts';

const DAY = 86_400_000_000;
const DASH = 0x2d;
const POINT = 0x2e;
const COLON = 0x3a;
const T = 0x54;
const Z = 0x5a;

/** `2024-01-31`, from days since 1970. */
export function writeDate(out: Out, days: number): void {
  const { year, month, day } = civilOf(days);
  if (year < 0 || year > 9999) {
    writeAscii(out, formatDate(BigInt(days)));
    return;
  }
  reserve(out, 10);
  writeDigits(out, year, 4);
  out.bytes[out.at++] = DASH;
  writeDigits(out, month, 2);
  out.bytes[out.at++] = DASH;
  writeDigits(out, day, 2);
}

/** `2024-01-31T10:00:00.000000Z`, from microseconds since 1970: always six digits, so that a column is one shape. */
export function writeInstant(out: Out, low: number, high: number): void {
  const micros = exactly(low, high);
  if (micros !== null) {
    const days = Math.floor(micros / DAY);
    writeDayTime(out, days, micros - days * DAY);
  } else writeAscii(out, formatTimestamp(long(low, high, true)));
}

/** `rest` are the microseconds of the day. */
function writeDayTime(out: Out, days: number, rest: number): void {
  writeDate(out, days);
  reserve(out, 17);
  const seconds = Math.floor(rest / 1e6);
  const minutes = (seconds / 60) | 0;
  const hours = (minutes / 60) | 0;
  out.bytes[out.at++] = T;
  writeDigits(out, hours, 2);
  out.bytes[out.at++] = COLON;
  writeDigits(out, minutes - hours * 60, 2);
  out.bytes[out.at++] = COLON;
  writeDigits(out, seconds - minutes * 60, 2);
  out.bytes[out.at++] = POINT;
  writeDigits(out, rest - seconds * 1e6, 6);
  out.bytes[out.at++] = Z;
}
