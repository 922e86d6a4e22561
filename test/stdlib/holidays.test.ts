import { describe, expect, test } from 'vitest';
import { easter, holidayCountries, holidays } from '../../stdlib/holidays/index.ts';

const iso = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** From the countries' own calendars of 2024. */
const DAYS_2024: Readonly<Record<string, string>> = {
  FR: '01-01 04-01 05-01 05-08 05-09 05-20 07-14 08-15 11-01 11-11 12-25',
  BE: '01-01 04-01 05-01 05-09 05-20 07-21 08-15 11-01 11-11 12-25',
  CH: '01-01 05-09 08-01 12-25',
  DE: '01-01 03-29 04-01 05-01 05-09 05-20 10-03 12-25 12-26',
  ES: '01-01 01-06 03-29 05-01 08-15 10-12 11-01 12-06 12-08 12-25',
  IT: '01-01 01-06 04-01 04-25 05-01 06-02 08-15 11-01 12-08 12-25 12-26',
  PT: '01-01 03-29 04-25 05-01 05-30 06-10 08-15 10-05 11-01 12-01 12-08 12-25',
  GB: '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26',
  US: '01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25',
  BR: '01-01 03-29 04-21 05-01 09-07 10-12 11-02 11-15 11-20 12-25',
  JP: '01-01 01-08 02-11 02-23 03-20 04-29 05-03 05-04 05-05 07-15 08-11 09-16 09-22 10-14 11-03 11-23',
  CN: '01-01 05-01 10-01 10-02 10-03',
  MA: '01-01 01-11 01-14 05-01 07-30 08-14 08-20 08-21 11-06 11-18',
  EG: '01-07 01-25 04-25 05-01 06-30 07-23 10-06',
};

describe('public holidays', () => {
  test.each(holidayCountries())('%s in 2024', (country) => {
    expect(
      holidays(country, 2024)
        ?.map((day) => iso(day).slice(5))
        .join(' '),
    ).toBe(DAYS_2024[country]);
  });

  test('begin and end with their laws', () => {
    const days = (country: string, year: number) => holidays(country, year)?.map(iso) ?? [];
    expect(days('US', 2020)).not.toContain('2020-06-19');
    expect(days('US', 2021)).toContain('2021-06-19');
    expect(days('BR', 2023)).not.toContain('2023-11-20');
  });

  test('an unknown country has none', () => {
    expect(holidays('XX', 2024)).toBeNull();
    expect(holidays('constructor', 2024)).toBeNull();
  });

  test('Easter, by the tables of the Book of Common Prayer', () => {
    const known = [
      '1961-04-02',
      '1981-04-19',
      '1999-04-04',
      '2000-04-23',
      '2008-03-23',
      '2011-04-24',
      '2024-03-31',
      '2038-04-25',
      '2049-04-18',
    ];
    for (const date of known) expect(iso(easter(Number(date.slice(0, 4))))).toBe(date);
  });
});
