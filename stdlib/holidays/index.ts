import { daysOf, weekdayOf } from '../zones/civil.ts';
import { COUNTRIES } from './countries.ts';

/** A day off, every year from `from` until `until` (both included). */
export type HolidayRule = (
  | { readonly kind: 'fixed'; readonly month: number; readonly day: number }
  /** Days after Easter Sunday (Gregorian). */
  | { readonly kind: 'easter'; readonly after: number }
  /** The nth weekday (Monday is 1) of a month, −1 the last; `after` days later. */
  | {
      readonly kind: 'weekday';
      readonly month: number;
      readonly weekday: number;
      readonly nth: number;
      readonly after?: number;
    }
  /** Japan's equinoxes, by the astronomical almanac's approximation, good for 1980–2099. */
  | { readonly kind: 'equinox'; readonly which: 'spring' | 'autumn' }
) & { readonly name: string; readonly from?: number; readonly until?: number };

/** Codes of ISO 3166-1 that `holidays` knows. */
export const holidayCountries = (): readonly string[] => Object.keys(COUNTRIES);

/** The public holidays of a year as days since 1970, sorted; null for a country that is not known. */
export function holidays(country: string, year: number): readonly number[] | null {
  const rules = Object.hasOwn(COUNTRIES, country) ? COUNTRIES[country] : undefined;
  if (rules === undefined) return null;
  const days = rules
    .filter(({ from, until }) => year >= (from ?? year) && year <= (until ?? year))
    .map((rule) => dayOf(rule, year));
  return [...new Set(days)].sort((a, b) => a - b);
}

function dayOf(rule: HolidayRule, year: number): number {
  switch (rule.kind) {
    case 'fixed':
      return daysOf(year, rule.month, rule.day);
    case 'easter':
      return easter(year) + rule.after;
    case 'weekday':
      return nthWeekday(year, rule.month, rule.weekday, rule.nth) + (rule.after ?? 0);
    case 'equinox': {
      const [month, base] = rule.which === 'spring' ? [3, 20.8431] : [9, 23.2488];
      return daysOf(year, month, Math.floor(base + 0.242194 * (year - 1980) - Math.floor((year - 1980) / 4)));
    }
  }
}

function nthWeekday(year: number, month: number, weekday: number, nth: number): number {
  if (nth > 0) {
    const first = daysOf(year, month, 1);
    return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (nth - 1);
  }
  const last = (month === 12 ? daysOf(year + 1, 1, 1) : daysOf(year, month + 1, 1)) - 1;
  return last - ((weekdayOf(last) - weekday + 7) % 7) + 7 * (nth + 1);
}

/** Easter Sunday, Gregorian: the anonymous algorithm (Meeus, Astronomical Algorithms, 1991, chapter 8). */
export function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const shifted = h + l - 7 * m + 114;
  return daysOf(year, Math.floor(shifted / 31), (shifted % 31) + 1);
}
