/** Calendar dates and instants as text. Proleptic Gregorian, UTC; no `Date`, whose range is narrower than 64-bit microseconds. */

/** Days since 1970 → year, month, day (Howard Hinnant, "chrono-compatible low-level date algorithms", 2013). */
export function civilFromDays(days: bigint): {
  readonly year: bigint;
  readonly month: bigint;
  readonly day: bigint;
} {
  const shifted = days + 719_468n;
  const era = floorDiv(shifted, 146_097n);
  const dayOfEra = shifted - era * 146_097n;
  const yearOfEra = (dayOfEra - dayOfEra / 1460n + dayOfEra / 36_524n - dayOfEra / 146_096n) / 365n;
  const dayOfYear = dayOfEra - (365n * yearOfEra + yearOfEra / 4n - yearOfEra / 100n);
  const monthFromMarch = (5n * dayOfYear + 2n) / 153n;
  const month = monthFromMarch < 10n ? monthFromMarch + 3n : monthFromMarch - 9n;
  return {
    year: yearOfEra + era * 400n + (month <= 2n ? 1n : 0n),
    month,
    day: dayOfYear - (153n * monthFromMarch + 2n) / 5n + 1n,
  };
}

/** `2024-01-31`; years outside 0…9999 with a sign and six digits, as ISO 8601 asks. */
export function formatDate(days: bigint): string {
  const { year, month, day } = civilFromDays(days);
  const sign = year < 0n ? '-' : '+';
  const digits = (year < 0n ? -year : year).toString();
  const shown = year >= 0n && year <= 9999n ? digits.padStart(4, '0') : sign + digits.padStart(6, '0');
  return `${shown}-${pad(month, 2)}-${pad(day, 2)}`;
}

const DAY = 86_400_000_000n;

/** `2024-01-31T10:00:00.000000Z`: always six digits, so that a column is one shape. */
export function formatTimestamp(micros: bigint, separator: 'T' | ' ' = 'T'): string {
  const days = floorDiv(micros, DAY);
  const rest = micros - days * DAY;
  const seconds = rest / 1_000_000n;
  const clock = `${pad(seconds / 3600n, 2)}:${pad((seconds / 60n) % 60n, 2)}:${pad(seconds % 60n, 2)}`;
  return `${formatDate(days)}${separator}${clock}.${pad(rest % 1_000_000n, 6)}${separator === 'T' ? 'Z' : ''}`;
}

const UNITS = [
  ['w', 7n * DAY],
  ['d', DAY],
  ['h', 3_600_000_000n],
  ['min', 60_000_000n],
  ['s', 1_000_000n],
  ['ms', 1000n],
  ['us', 1n],
] as const;

/** As the language writes it: `90min`, `1500ms`. The largest unit that leaves no fraction. */
export function formatDuration(micros: bigint): string {
  if (micros === 0n) return '0s';
  for (const [name, size] of UNITS) if (micros % size === 0n) return `${micros / size}${name}`;
  return `${micros}us`;
}

const floorDiv = (a: bigint, b: bigint): bigint => (a >= 0n || a % b === 0n ? a / b : a / b - 1n);
const pad = (value: bigint, width: number): string => value.toString().padStart(width, '0');
