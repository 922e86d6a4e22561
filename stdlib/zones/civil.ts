/** Days since 1970-01-01 of a date in the proleptic Gregorian calendar (H. Hinnant, days_from_civil, 2013). */
export function daysOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * 146_097 + yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy - 719_468;
}

/** Days since 1970, exact to 2^53 → year, month, day (H. Hinnant, civil_from_days, 2013). */
export function civilOf(days: number): {
  readonly year: number;
  readonly month: number;
  readonly day: number;
} {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leapDays = whole(dayOfEra / 1460) - whole(dayOfEra / 36_524) + whole(dayOfEra / 146_096);
  const yearOfEra = whole((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + whole(yearOfEra / 4) - whole(yearOfEra / 100));
  const monthFromMarch = whole((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - whole((153 * monthFromMarch + 2) / 5) + 1,
  };
}

/** Of what is not negative and below 2^31. */
const whole = (value: number): number => value | 0;

/** `2024-01-31`; years outside 0…9999 with a sign and six digits, as ISO 8601 asks. */
export function formatDate(days: bigint): string {
  const { year, month, day } = civilOf(Number(days));
  const sign = year < 0 ? '-' : '+';
  const digits = String(Math.abs(year));
  const shown = year >= 0 && year <= 9999 ? digits.padStart(4, '0') : sign + digits.padStart(6, '0');
  return `${shown}-${twoDigits(month)}-${twoDigits(day)}`;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** Monday is 1, Sunday 7. */
export const weekdayOf = (days: number): number => ((((days + 3) % 7) + 7) % 7) + 1;

export function yearOf(days: number): number {
  const guess = 1970 + Math.floor(days / 365.2425);
  if (days < daysOf(guess, 1, 1)) return guess - 1;
  return days >= daysOf(guess + 1, 1, 1) ? guess + 1 : guess;
}
