/** Days since 1970-01-01 of a date in the proleptic Gregorian calendar (H. Hinnant, days_from_civil, 2013). */
export function daysOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * 146_097 + yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy - 719_468;
}

/** Monday is 1, Sunday 7. */
export const weekdayOf = (days: number): number => ((((days + 3) % 7) + 7) % 7) + 1;

export function yearOf(days: number): number {
  const guess = 1970 + Math.floor(days / 365.2425);
  if (days < daysOf(guess, 1, 1)) return guess - 1;
  return days >= daysOf(guess + 1, 1, 1) ? guess + 1 : guess;
}
