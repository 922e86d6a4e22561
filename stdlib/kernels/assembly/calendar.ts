/**
 * Dates (days since 1970-01-01), times (µs), time zones. A table of zones is all i64:
 *
 *     zones, first µs, last µs (excluded), starts[zones + 1], transitions[starts[zones]], offsets[starts[zones]]
 *
 * offsets[k] (µs east of UTC) holds from transitions[k] to the next one. Instants outside the table are poison.
 */
import { I64_POISON, codeAt, i64At, setI64 } from './slots';
import { FAULTY_TEXT } from './text';

const DAY: i64 = 86_400_000_000;

// @ts-ignore: decorator
@inline
function floorDiv(a: i64, b: i64): i64 {
  const quotient = a / b;
  return quotient * b > a ? quotient - 1 : quotient;
}

/** UTC µs as µs of the local clock; `codes` names each row's zone, 0: all have the first. */
export function local_time(n: i32, utc: usize, codes: usize, table: usize, out: usize): void {
  const zones = i64At(table, 0);
  const from = i64At(table, 1);
  const to = i64At(table, 2);
  const starts = table + 24;
  const transitions = starts + (<usize>(zones + 1) << 3);
  const offsets = transitions + (<usize>i64At(starts, <i32>zones) << 3);
  for (let i = 0; i < n; i++) {
    const t = i64At(utc, i);
    const zone = codes == 0 ? 0 : codeAt(codes, i);
    if (t < from || t >= to || <u64>zone >= <u64>zones) {
      setI64(out, i, I64_POISON);
      continue;
    }
    let lo = <i32>i64At(starts, zone);
    let hi = <i32>i64At(starts, zone + 1);
    // The last transition at or before t.
    while (hi - lo > 1) {
      const middle = (lo + hi) >>> 1;
      if (i64At(transitions, middle) <= t) lo = middle;
      else hi = middle;
    }
    setI64(out, i, t + i64At(offsets, lo));
  }
}

export function date_of_time(n: i32, time: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const t = i64At(time, i);
    setI64(out, i, t == I64_POISON ? I64_POISON : floorDiv(t, DAY));
  }
}

export function hour_of_time(n: i32, time: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const t = i64At(time, i);
    setI64(out, i, t == I64_POISON ? I64_POISON : (t - floorDiv(t, DAY) * DAY) / 3_600_000_000);
  }
}

export function minute_of_time(n: i32, time: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const t = i64At(time, i);
    setI64(out, i, t == I64_POISON ? I64_POISON : ((t - floorDiv(t, DAY) * DAY) / 60_000_000) % 60);
  }
}

/** Monday is 1, Sunday 7 (ISO 8601). */
export function weekday_of_date(n: i32, date: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const day = i64At(date, i);
    const week = (day + 3) % 7;
    setI64(out, i, day == I64_POISON ? I64_POISON : (week < 0 ? week + 7 : week) + 1);
  }
}

/** Beyond some 2·10^9 years a date is poison: its year has no room in what follows. */
const LAST_DAY: i64 = 800_000_000_000;

/**
 * The proleptic Gregorian date of a day number, packed as year · 512 + month · 32 + day: civil_from_days, H. Hinnant,
 * chrono-compatible low-level date algorithms (2013).
 */
// @ts-ignore: decorator
@inline
function civil(days: i64): i64 {
  const z = days + 719_468;
  const era = floorDiv(z, 146_097);
  const doe = <u32>(z - era * 146_097);
  const yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
  const doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const mp = (5 * doy + 2) / 153;
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = <i64>yoe + era * 400 + i64(month <= 2);
  return (year << 9) | <i64>((month << 5) | (doy - (153 * mp + 2) / 5 + 1));
}

// @ts-ignore: decorator
@inline
function known(day: i64): bool {
  return day >= -LAST_DAY && day <= LAST_DAY;
}

export function year_of_date(n: i32, date: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const day = i64At(date, i);
    setI64(out, i, known(day) ? civil(day) >> 9 : I64_POISON);
  }
}

export function month_of_date(n: i32, date: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const day = i64At(date, i);
    setI64(out, i, known(day) ? (civil(day) >> 5) & 15 : I64_POISON);
  }
}

export function day_of_date(n: i32, date: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const day = i64At(date, i);
    setI64(out, i, known(day) ? civil(day) & 31 : I64_POISON);
  }
}

// --------------------------------------------------------------------------------------------------- ISO 8601, as texts

function writeDigits(at: usize, value: i64, width: i32): usize {
  let rest = value;
  for (let i = at + width; i > at; i--) {
    store<u8>(i - 1, <u8>(48 + rest % 10));
    rest /= 10;
  }
  return at + width;
}

/** `2024-01-31`; years outside 0 … 9999 with a sign and ten digits. */
function writeDate(at: usize, day: i64): usize {
  const packed = civil(day);
  const year = packed >> 9;
  if (year < 0 || year > 9999) {
    store<u8>(at++, year < 0 ? 45 : 43);
    at = writeDigits(at, year < 0 ? -year : year, 10);
  } else at = writeDigits(at, year, 4);
  store<u8>(at++, 45);
  at = writeDigits(at, (packed >> 5) & 15, 2);
  store<u8>(at++, 45);
  return writeDigits(at, packed & 31, 2);
}

/** Up to six digits of a second, without zeros at the end; nothing for none. */
function writeFraction(at: usize, micros: i64): usize {
  if (micros == 0) return at;
  store<u8>(at++, 46);
  let rest = micros;
  let width = 6;
  while (rest % 10 == 0) {
    rest /= 10;
    width--;
  }
  return writeDigits(at, rest, width);
}

/** At most 17 bytes. */
export function date_to_str(n: i32, dates: usize, outOffsets: usize, outBytes: usize): void {
  let at: usize = outBytes;
  store<u32>(outOffsets, 0);
  for (let i = 0; i < n; i++) {
    const day = i64At(dates, i);
    if (known(day)) at = writeDate(at, day);
    else store<u8>(at++, FAULTY_TEXT);
    store<u32>(outOffsets + (<usize>i << 2), <u32>(at - outBytes), 4);
  }
}

/** `2024-01-31T10:00:00Z`, with a fraction where there is one. At most 34 bytes. */
export function timestamp_to_str(n: i32, times: usize, outOffsets: usize, outBytes: usize): void {
  let at: usize = outBytes;
  store<u32>(outOffsets, 0);
  for (let i = 0; i < n; i++) {
    const t = i64At(times, i);
    if (t == I64_POISON) store<u8>(at++, FAULTY_TEXT);
    else {
      const day = floorDiv(t, DAY);
      const rest = t - day * DAY;
      at = writeDate(at, day);
      store<u8>(at++, 84);
      at = writeDigits(at, rest / 3_600_000_000, 2);
      store<u8>(at++, 58);
      at = writeDigits(at, (rest / 60_000_000) % 60, 2);
      store<u8>(at++, 58);
      at = writeDigits(at, (rest / 1_000_000) % 60, 2);
      at = writeFraction(at, rest % 1_000_000);
      store<u8>(at++, 90);
    }
    store<u32>(outOffsets + (<usize>i << 2), <u32>(at - outBytes), 4);
  }
}

/** ISO 8601 in seconds: `PT5400S`, `-PT0.25S`. At most 24 bytes. */
export function duration_to_str(n: i32, durations: usize, outOffsets: usize, outBytes: usize): void {
  let at: usize = outBytes;
  store<u32>(outOffsets, 0);
  for (let i = 0; i < n; i++) {
    const value = i64At(durations, i);
    if (value == I64_POISON) store<u8>(at++, FAULTY_TEXT);
    else {
      if (value < 0) store<u8>(at++, 45);
      store<u16>(at, 0x5450);
      at += 2;
      const size = value < 0 ? -value : value;
      const seconds = size / 1_000_000;
      let width = 1;
      for (let rest = seconds; rest >= 10; rest /= 10) width++;
      at = writeFraction(writeDigits(at, seconds, width), size % 1_000_000);
      store<u8>(at++, 83);
    }
    store<u32>(outOffsets + (<usize>i << 2), <u32>(at - outBytes), 4);
  }
}
