import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Arg, SlotRef } from '../../../stdlib/define.ts';
import { functions, lowerCast } from '../../../stdlib/functions/index.ts';
import { DATE, INT64, TEXT, TIMESTAMP, type Type } from '../../../stdlib/types.ts';
import { harness } from '../harness.ts';

const slotArg = (slot: SlotRef, type: Type): Arg => ({
  kind: 'slot',
  slot,
  type,
  domain: { kind: 'any', nullable: false },
});
const zone = (name: string): Arg => ({ kind: 'constant', value: name, type: TEXT });

/** Calls the overload that takes a timestamp and a zone (or, for `of: date`, a date). */
function call(h: ReturnType<typeof harness>, name: string, args: readonly Arg[], of = 'timestamp'): SlotRef {
  const overload = functions.get(name)?.overloads.find(({ params }) => params[0]?.type === of);
  if (typeof overload?.lower !== 'function') throw new Error(name);
  return overload.lower(h.b, args, INT64).slot;
}

describe('the calendar agrees with the host’s', () => {
  const days = [
    ...fc.sample(fc.integer({ min: -719_528, max: 2_932_896 }), { seed: 11, numRuns: 3000 }),
    0,
    -1,
    11_016,
    19_782,
  ];
  const h = harness({ rows: days.length });
  const dates = h.column('i64', days.map(BigInt));
  const expected: Readonly<Record<string, (date: Date) => number>> = {
    year: (date) => date.getUTCFullYear(),
    month: (date) => date.getUTCMonth() + 1,
    day: (date) => date.getUTCDate(),
    weekday: (date) => date.getUTCDay() || 7,
  };
  test.each(Object.keys(expected))('%s, from year 0 to 9999', (name) => {
    const got = h.values(call(h, name, [slotArg(dates, DATE)], 'date'));
    expect(got).toEqual(days.map((day) => BigInt(expected[name]!(new Date(day * 86_400_000)))));
  });

  test('dates and timestamps as text', () => {
    const texts = h.values(lowerCast(h.b, dates, DATE, TEXT));
    expect(texts).toEqual(days.map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10)));
    const millis = days.map((day, i) => day * 86_400_000 + i * 12_345);
    const times = h.column(
      'i64',
      millis.map((each) => BigInt(each) * 1000n),
    );
    const got = h.values(lowerCast(h.b, times, TIMESTAMP, TEXT));
    expect(got).toEqual(
      millis.map((each) =>
        new Date(each)
          .toISOString()
          .replace(/\.?0+Z$/, 'Z')
          .replace(/:Z$/, ':00Z')
          .replace(/:(\d)Z$/, ':$10Z'),
      ),
    );
  });
});

describe('the clock of a zone', () => {
  const ZONES = [
    'Europe/Paris',
    'America/New_York',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'America/St_Johns',
    'Pacific/Apia',
    'UTC',
  ];
  const seconds = fc.sample(fc.integer({ min: 63_072_000, max: 1_577_836_800 }), { seed: 12, numRuns: 700 });
  const parts = (name: string) =>
    new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  const read = (format: Intl.DateTimeFormat, second: number) =>
    Object.fromEntries(format.formatToParts(second * 1000).map(({ type, value }) => [type, Number(value)]));

  test.each(ZONES)('%s, a constant', (name) => {
    const h = harness({ rows: seconds.length });
    const t = slotArg(
      h.column(
        'i64',
        seconds.map((second) => BigInt(second) * 1_000_000n + 999_999n),
      ),
      TIMESTAMP,
    );
    const format = parts(name);
    for (const part of ['year', 'month', 'day', 'hour', 'minute']) {
      const got = h.values(call(h, part, [t, zone(name)]));
      expect(got, part).toEqual(seconds.map((second) => BigInt(read(format, second)[part] ?? -1)));
    }
  });

  test('a zone a row', () => {
    const h = harness({ rows: seconds.length });
    const t = slotArg(
      h.column(
        'i64',
        seconds.map((second) => BigInt(second) * 1_000_000n),
      ),
      TIMESTAMP,
    );
    const codes = h.column(
      'code',
      seconds.map((_, i) => i % ZONES.length),
      ZONES,
    );
    const got = h.values(call(h, 'hour', [t, slotArg(codes, { kind: 'enum', values: ZONES })]));
    const formats = ZONES.map(parts);
    expect(got).toEqual(
      seconds.map((second, i) => BigInt(read(formats[i % ZONES.length]!, second).hour ?? -1)),
    );
  });

  test('outside 1900–2099 a zone’s clock is a fault; that of UTC is not', () => {
    const h = harness({ rows: 2 });
    const t = slotArg(h.column('i64', [-2_300_000_000_000_000n, 4_200_000_000_000_000n]), TIMESTAMP);
    expect(h.values(call(h, 'year', [t, zone('Europe/Paris')]))).toEqual([-(2n ** 63n), -(2n ** 63n)]);
    expect(h.values(call(h, 'year', [t, zone('UTC')]))).toEqual([1897n, 2103n]);
    const fault = functions.get('hour')?.fault?.([
      {
        type: TIMESTAMP,
        value: undefined,
        domain: {
          kind: 'interval',
          lo: -3e15,
          hi: 0,
          loOpen: false,
          hiOpen: false,
          integer: true,
          nullable: false,
        },
      },
      {
        type: TEXT,
        value: 'Europe/Paris',
        domain: { kind: 'set', values: ['Europe/Paris'], nullable: false },
      },
    ]);
    expect(fault?.argument).toBe(0);
  });

  test('the table holds only the changes that can be met', () => {
    const h = harness({ rows: 1 });
    const day = 1_720_000_000_000_000n;
    const slot = h.column('i64', [day]);
    const domain = {
      kind: 'interval',
      lo: Number(day),
      hi: Number(day),
      loOpen: false,
      hiOpen: false,
      integer: true,
      nullable: false,
    } as const;
    expect(
      h.values(call(h, 'hour', [{ kind: 'slot', slot, type: TIMESTAMP, domain }, zone('Europe/Paris')])),
    ).toEqual([11n]);
  });
});
