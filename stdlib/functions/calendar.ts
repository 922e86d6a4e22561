import {
  type Arg,
  type ArgFacts,
  type Builder,
  defineFunction,
  type Fault,
  type FunctionDefinition,
  type Lowered,
  type Overload,
  type Param,
} from '../define.ts';
import { DATE, INT64, type Type } from '../types.ts';
import { yearOf } from '../zones/civil.ts';
import { END_SECOND, FIRST_SECOND } from '../zones/index.ts';
import { integerOf, kernelOn } from './args.ts';
import { anyInteger, type Interval, interval, isKnown, numeric } from './intervals.ts';
import { zonesOf } from './zone-facts.ts';
import { isUtc, localTime } from './zone-table.ts';

const tz: Param = {
  name: 'tz',
  type: 'text',
  default: 'UTC',
  doc: 'A zone of the IANA database: a constant, or an enum of zones, one a row.',
};
const time: Param = { name: 't', type: 'timestamp', doc: 'A timestamp.' };
const date: Param = { name: 'd', type: 'date', doc: 'A date.' };

const zoned =
  (type: Type) =>
  (args: readonly ArgFacts[]): Type | string => {
    const zones = zonesOf(args[1]);
    return typeof zones === 'string' ? zones : type;
  };

/** Time on the clock of `tz`. */
const local = (b: Builder, [t, zone]: readonly Arg[]) => {
  const domain = t?.kind === 'slot' ? t.domain : ({ kind: 'any', nullable: false } as const);
  return localTime(b, integerOf(b, t), domain, zone);
};

const DAY = 86_400_000_000;

/** The local days that an instant may fall on: at most 15:14 h from UTC (Manila, before 1844; 14 h since 1900). */
function days(args: readonly ArgFacts[]): Interval {
  const range = numeric(args[0]!);
  if (args[0]!.type.kind === 'date') return range;
  const zones = zonesOf(args[1]);
  const utc = typeof zones !== 'string' && zones.every(isUtc);
  const slack = utc ? 0 : 16 * 3_600_000_000;
  const ends = { lo: Math.floor((range.lo - slack) / DAY), hi: Math.floor((range.hi + slack) / DAY) };
  return interval(ends, true, range.nullable);
}

/** Instants that no table of zones covers. */
function beyond(args: readonly ArgFacts[]): Fault | null {
  const zones = zonesOf(args[1]);
  const t = args[0]!;
  if (t.type.kind !== 'timestamp' || typeof zones === 'string' || zones.every(isUtc) || !isKnown(t))
    return null;
  const { lo, hi } = numeric(t);
  const outside =
    (Number.isFinite(lo) && lo < FIRST_SECOND * 1e6) || (Number.isFinite(hi) && hi >= END_SECOND * 1e6);
  return outside ? { reason: 'zones are known from 1900 to 2099', argument: 0 } : null;
}

/** A part of the date: of a date, or of a timestamp in a zone. */
function datePart(
  name: string,
  summary: string,
  doc: string,
  domain: (days: Interval) => Interval,
  examples: FunctionDefinition['examples'],
): FunctionDefinition {
  const kernel = `${name}_of_date`;
  const overloads: readonly Overload[] = [
    {
      params: [date],
      result: INT64,
      lower: (b, [d]): Lowered => kernelOn(b, kernel, INT64, integerOf(b, d)),
    },
    {
      params: [time, tz],
      result: zoned(INT64),
      lower: (b, args) => kernelOn(b, kernel, INT64, kernelOn(b, 'date_of_time', DATE, local(b, args)).slot),
    },
  ];
  return defineFunction({
    name,
    summary,
    doc,
    overloads,
    nulls: 'strict',
    domain: (args) => domain(days(args)),
    fault: beyond,
    examples,
  });
}

const oneOf =
  (lo: number, hi: number) =>
  ({ nullable }: Interval): Interval =>
    interval({ lo, hi }, true, nullable);

export const year = datePart(
  'year',
  'The year of a date, or of a timestamp in a zone.',
  'Of the Gregorian calendar.',
  ({ lo, hi, nullable }) =>
    Number.isFinite(lo) && Number.isFinite(hi)
      ? interval({ lo: yearOf(lo), hi: yearOf(hi) }, true, nullable)
      : anyInteger(nullable),
  [
    { expr: 'year(2024-02-29)', gives: '2024' },
    { expr: "year(2024-12-31T23:30Z, tz='Europe/Paris')", gives: '2025' },
  ],
);

export const month = datePart(
  'month',
  'The month, 1 to 12.',
  'Of a date, or of a timestamp in a zone.',
  oneOf(1, 12),
  [{ expr: 'month(2024-02-29)', gives: '2' }],
);

export const day = datePart(
  'day',
  'The day of the month, 1 to 31.',
  'Of a date, or of a timestamp in a zone.',
  oneOf(1, 31),
  [
    { expr: 'day(2024-02-29)', gives: '29' },
    { expr: "day(2024-02-29T23:00Z, tz='Asia/Tokyo')", gives: '1' },
  ],
);

export const weekday = datePart(
  'weekday',
  'The day of the week: Monday is 1, Sunday 7.',
  'As in ISO 8601. Of a date, or of a timestamp in a zone.',
  oneOf(1, 7),
  [
    { expr: 'weekday(2024-02-29)', gives: '4' },
    { expr: 'weekday(1969-12-28)', gives: '7' },
  ],
);

const clockPart = (
  name: string,
  summary: string,
  last: number,
  examples: FunctionDefinition['examples'],
): FunctionDefinition =>
  defineFunction({
    name,
    summary,
    doc: 'Of the clock in the zone, summer time included.',
    overloads: [
      {
        params: [time, tz],
        result: zoned(INT64),
        lower: (b, args) => kernelOn(b, `${name}_of_time`, INT64, local(b, args)),
      },
    ],
    nulls: 'strict',
    domain: ([t]) => interval({ lo: 0, hi: last }, true, t!.domain.nullable),
    fault: beyond,
    examples,
  });

export const hour = clockPart('hour', 'The hour, 0 to 23.', 23, [
  { expr: 'hour(2024-07-01T10:15Z)', gives: '10' },
  { expr: "hour(2024-07-01T10:15Z, tz='Europe/Paris')", gives: '12' },
  { expr: "hour(2024-07-01T10:15Z, tz='America/New_York')", gives: '6' },
]);

export const minute = clockPart('minute', 'The minute, 0 to 59.', 59, [
  { expr: "minute(2024-07-01T10:15Z, tz='Asia/Kathmandu')", gives: '0' },
]);

export const dateOf: FunctionDefinition = defineFunction({
  name: 'date',
  summary: 'The date of a timestamp in a zone.',
  doc: 'The calendar day there at that instant.',
  overloads: [
    {
      params: [time, tz],
      result: zoned(DATE),
      lower: (b, args) => kernelOn(b, 'date_of_time', DATE, local(b, args)),
    },
  ],
  nulls: 'strict',
  domain: days,
  fault: beyond,
  examples: [
    { expr: 'date(2024-12-31T23:30Z)', gives: '2024-12-31' },
    { expr: "date(2024-12-31T23:30Z, tz='Europe/Paris')", gives: '2025-01-01' },
  ],
});
