/** Literals that are written right but mean nothing (`2024-02-30`) are a text that says why. */
export type Literal<T> = { readonly value: T } | { readonly fault: string };

const MICROS = {
  us: 1n,
  ms: 1_000n,
  s: 1_000_000n,
  min: 60_000_000n,
  h: 3_600_000_000n,
  d: 86_400_000_000n,
  w: 604_800_000_000n,
};
const MAX_INT64 = 2n ** 63n - 1n;
const MAX_UINT64 = 2n ** 64n - 1n;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export const unquote = (raw: string): string => raw.slice(1, -1).replaceAll("''", "'");

/** `1_000`; at most 2^64 - 1, the largest of any integer type. */
export function readInt(raw: string): Literal<bigint> {
  const value = BigInt(raw.replaceAll('_', ''));
  return value > MAX_UINT64 ? { fault: 'it does not fit into 64 bits' } : { value };
}

export function readReal(raw: string): Literal<number> {
  const value = Number(raw.replaceAll('_', ''));
  if (!Number.isFinite(value)) return { fault: 'the largest number is about 1.8e308' };
  if (value === 0 && /[1-9]/.test(raw.replace(/[eE].*/, '')))
    return { fault: 'the smallest number above 0 is about 4.9e-324' };
  return { value };
}

/** Days since 1970 in the proleptic Gregorian calendar, years 0001 to 9999. */
export function readDate(raw: string): Literal<bigint> {
  const [year, month, day] = raw.split('-').map(Number) as [number, number, number];
  if (year < 1) return { fault: 'years go from 0001 to 9999' };
  if (month < 1 || month > 12) return { fault: `there is no month ${month}` };
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = DAYS[month - 1]! + (month === 2 && leap ? 1 : 0);
  if (day < 1 || day > days) return { fault: `that month has ${days} days` };
  // Hinnant, "chrono-compatible low-level date algorithms": years begin in March.
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return { value: BigInt(era * 146_097 + dayOfEra - 719_468) };
}

/** Microseconds since 1970 in UTC of `2024-01-31T10:00[:30[.25]]Z`, or with an offset `+02:00` in place of `Z`. */
export function readInstant(raw: string): Literal<bigint> {
  const parts =
    /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(Z|([+-])(\d{2}):(\d{2}))?$/.exec(raw);
  if (!parts) return { fault: 'an instant is written 2024-01-31T10:00Z, with seconds if need be' };
  const [
    ,
    date,
    hour,
    minute,
    second = '0',
    fraction = '',
    zone,
    sign,
    offsetHour = '0',
    offsetMinute = '0',
  ] = parts;
  if (zone === undefined) return { fault: 'it needs `Z` or an offset such as `+02:00`' };
  const day = readDate(date!);
  if ('fault' in day) return day;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
    return { fault: 'there is no such time of day' };
  if (Number(offsetHour) > 18 || Number(offsetMinute) > 59)
    return { fault: 'offsets go from -18:00 to +18:00' };
  const offset = BigInt(offsetHour) * MICROS.h + BigInt(offsetMinute) * MICROS.min;
  const time =
    BigInt(hour!) * MICROS.h +
    BigInt(minute!) * MICROS.min +
    BigInt(second) * MICROS.s +
    BigInt(fraction.padEnd(6, '0'));
  return { value: day.value * MICROS.d + time - (sign === '-' ? -offset : offset) };
}

/** Microseconds of `90min`, `1.5h`. */
export function readDuration(raw: string): Literal<bigint> {
  const [, whole, fraction = '', unit] = /^([\d_]+)(?:\.([\d_]+))?(\w+)$/.exec(raw)!;
  const digits = fraction.replaceAll('_', '');
  const scale = 10n ** BigInt(digits.length);
  const micros = BigInt(whole!.replaceAll('_', '') + digits) * MICROS[unit as keyof typeof MICROS];
  if (micros % scale !== 0n) return { fault: 'it is no whole number of microseconds' };
  return micros / scale > MAX_INT64 ? { fault: 'it does not fit into 64 bits' } : { value: micros / scale };
}
