/** Days since 1970-01-01 of a date in the proleptic Gregorian calendar (H. Hinnant, days_from_civil, 2013). */
export function daysOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * 146_097 + yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy - 719_468;
}

/** Days since 1970 → year, month, day (H. Hinnant, civil_from_days, 2013). */
function civilFromDays(days: bigint): {
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
  return `${shown}-${twoDigits(month)}-${twoDigits(day)}`;
}

const floorDiv = (a: bigint, b: bigint): bigint => (a >= 0n || a % b === 0n ? a / b : a / b - 1n);
const twoDigits = (value: bigint): string => value.toString().padStart(2, '0');

/** Monday is 1, Sunday 7. */
export const weekdayOf = (days: number): number => ((((days + 3) % 7) + 7) % 7) + 1;

export function yearOf(days: number): number {
  const guess = 1970 + Math.floor(days / 365.2425);
  if (days < daysOf(guess, 1, 1)) return guess - 1;
  return days >= daysOf(guess + 1, 1, 1) ? guess + 1 : guess;
}
