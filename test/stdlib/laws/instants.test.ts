import { describe, expect, test } from 'vitest';
import type { Arg, ArgFacts, DrawContext } from '../../../stdlib/define.ts';
import { functions } from '../../../stdlib/functions/index.ts';
import { instants } from '../../../stdlib/laws/instants.ts';
import { lowerLaw } from '../../../stdlib/samplers/lower-law.ts';
import { DATE, FLOAT64, INT64, NULL, TEXT, TIMESTAMP, type Type } from '../../../stdlib/types.ts';
import type { Value } from '../../../stdlib/value.ts';
import { harness } from '../harness.ts';
import { chiSquare, kolmogorovSmirnov, rejected } from '../statistics.ts';

/** Over all tests of this file, by Holm's procedure within each; streams are fixed, so a pass stays a pass. */
const FALSE_ALARM_RATE = 1e-6;
const ROWS = 400_000;

const day = (iso: string): bigint => BigInt(Date.parse(iso) / 86_400_000);
const constant = (value: Value, type: Type): Arg => ({ kind: 'constant', value, type });
const window = (first: string, end: string): Arg =>
  constant([day(first), day(end), true], { kind: 'range', of: DATE });
const piece = (name: string, args: Readonly<Record<string, Value>>): Arg => ({
  kind: 'piece',
  name,
  args: new Map(Object.entries(args).map(([key, value]) => [key, constant(value, FLOAT64)])),
});

function draw(args: Readonly<Record<string, Arg>>, zones?: readonly string[], rows = ROWS): BigInt64Array {
  const h = harness({ rows });
  const tz: Arg | undefined = zones && {
    kind: 'slot',
    slot: h.column(
      'code',
      Array.from({ length: rows }, (_, i) => i % zones.length),
      zones,
    ),
    type: { kind: 'enum', values: zones },
    domain: { kind: 'any', nullable: false },
  };
  const context: DrawContext = {
    args: new Map(Object.entries(tz ? { ...args, tz } : args)),
    free: [],
    within: null,
    type: TIMESTAMP,
    rows,
    key: h.key('instants'),
    by: null,
  };
  return (h.view(lowerLaw(h.b, instants, context).slot) as BigInt64Array).slice();
}

/** The local clock by the host's Intl: day as ISO, minute of the day. */
function clock(zone: string): (second: number) => { readonly day: string; readonly minute: number } {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (second) => {
    const text = format.format(second * 1000);
    return { day: text.slice(0, 10), minute: Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16)) };
  };
}

type Intensity = (day: string, minute: number) => number;

/** Expected and drawn counts by bins of UTC, the expected ones summed minute by minute. */
function compare(
  drawn: Iterable<bigint>,
  zone: string,
  first: string,
  end: string,
  intensity: Intensity,
  bin = 1800,
) {
  const local = clock(zone);
  const from = Date.parse(first) / 1000 - 86_400;
  const bins = Math.ceil((Date.parse(end) / 1000 + 86_400 - from) / bin);
  const mass = new Array<number>(bins).fill(0);
  for (let at = from; at < from + bins * bin; at += 60) {
    const { day, minute } = local(at);
    if (day >= first && day < end) mass[Math.floor((at - from) / bin)]! += intensity(day, minute);
  }
  const counts = new Array<number>(bins).fill(0);
  let total = 0;
  let outside = 0;
  for (const micros of drawn) {
    const i = Math.floor((Number(micros / 1_000_000n) - from) / bin);
    if (mass[i] === undefined || mass[i] === 0) outside++;
    else counts[i]!++;
    total++;
  }
  const whole = mass.reduce((sum, each) => sum + each, 0);
  return { counts, expected: mass.map((each) => (each / whole) * total), outside };
}

const bump = (minute: number, hour: number, width: number): number => {
  const apart = Math.abs((minute + 0.5) / 60 - hour - 0.5);
  return Math.exp(-0.5 * (Math.min(apart, 24 - apart) / width) ** 2);
};
const weekdayOf = (iso: string): number => new Date(`${iso}T00:00Z`).getUTCDay();

describe('instants have the density they state, over the changes of the clock', () => {
  const peaks: Intensity = (_, minute) => 0.1 + bump(minute, 2, 1) + bump(minute, 20, 1);
  test.each([
    ['Europe/Paris', '2024-03-30', '2024-04-01'],
    ['Europe/Paris', '2024-10-26', '2024-10-28'],
    ['America/New_York', '2024-11-02', '2024-11-05'],
    ['Australia/Lord_Howe', '2024-04-06', '2024-04-08'],
    ['America/Sao_Paulo', '2018-11-03', '2018-11-06'],
    ['Africa/Cairo', '2024-10-30', '2024-11-02'],
    ['Pacific/Apia', '2011-12-28', '2012-01-01'],
  ])('%s from %s', (zone, first, end) => {
    const drawn = draw({
      window: window(first, end),
      daily: piece('peaks', { hour: 2n, hour2: 20n }),
      tz: constant(zone, TEXT),
    });
    const { counts, expected, outside } = compare(drawn, zone, first, end, peaks);
    expect(outside).toBe(0);
    expect(rejected(new Map([[zone, chiSquare(counts, expected)]]), FALSE_ALARM_RATE)).toEqual([]);
  });

  test('the hour that spring leaves out has no mass, the hour that autumn repeats counts twice', () => {
    const local = (args: Readonly<Record<string, Arg>>) => {
      const read = clock('Europe/Paris');
      const hours = new Array<number>(24).fill(0);
      for (const micros of draw(args)) hours[Math.floor(read(Number(micros / 1_000_000n)).minute / 60)]!++;
      return hours;
    };
    const tz = constant('Europe/Paris', TEXT);
    const spring = local({ window: window('2024-03-31', '2024-04-01'), tz });
    expect(spring[2]).toBe(0);
    const autumn = local({ window: window('2024-10-27', '2024-10-28'), tz });
    const even = (hours: readonly number[], weights: readonly number[]) =>
      chiSquare(
        hours,
        weights.map((weight) => (weight * ROWS) / weights.reduce((a, c) => a + c, 0)),
      );
    const weights = (hour: number, weight: number) =>
      Array.from({ length: 24 }, (_, i) => (i === hour ? weight : 1));
    expect(
      rejected(
        new Map([
          ['spring', even(spring, weights(2, 0))],
          ['autumn', even(autumn, weights(2, 2))],
        ]),
        FALSE_ALARM_RATE,
      ),
    ).toEqual([]);
  });
});

describe('rhythms', () => {
  test('peaks make the named hours the busiest of their neighbours, on the local clock', () => {
    const tz = constant('America/New_York', TEXT);
    const drawn = draw({
      window: window('2024-01-01', '2025-01-01'),
      daily: piece('peaks', { hour: 8n, hour2: 12n, hour3: 20n }),
      tz,
    });
    const read = clock('America/New_York');
    const hours = new Array<number>(24).fill(0);
    for (const micros of drawn.subarray(0, 100_000))
      hours[Math.floor(read(Number(micros / 1_000_000n)).minute / 60)]!++;
    const modes = hours.flatMap((count, hour) =>
      count > hours[(hour + 23) % 24]! && count > hours[(hour + 1) % 24]! ? [hour] : [],
    );
    // At 100,000 draws the share of a named hour stands 40 standard errors above its neighbours'; flat hours may ripple.
    expect(modes).toEqual(expect.arrayContaining([8, 12, 20]));
    const busiest = [...hours.keys()].sort((a, b) => hours[b]! - hours[a]!).slice(0, 3);
    expect(busiest.sort((a, b) => a - b)).toEqual([8, 12, 20]);
  });

  test('weights, width and floor; weekend; holidays; growth: all at once', () => {
    const [first, end] = ['2023-12-01', '2024-06-01'];
    const drawn = draw({
      window: window(first, end),
      daily: piece('peaks', { hour: 6n, hour2: 23n, width: 2, weights: [1n, 3n], floor: 0.5 }),
      weekly: piece('weekend', { weight: 1.4 }),
      yearly: piece('holidays', { country: 'FR', weight: 4n }),
      trend: piece('growth', { factor: 3n }),
      tz: constant('Europe/Paris', TEXT),
    });
    const off = [
      '2023-12-25',
      '2024-01-01',
      '2024-04-01',
      '2024-05-01',
      '2024-05-08',
      '2024-05-09',
      '2024-05-20',
    ];
    const intensity: Intensity = (iso, minute) =>
      (0.5 + bump(minute, 6, 2) + 3 * bump(minute, 23, 2)) *
      (weekdayOf(iso) % 6 === 0 ? 1.4 : 1) *
      (off.includes(iso) ? 4 : 1) *
      3 ** ((Date.parse(iso) - Date.parse(first)) / 86_400_000 / 365.25);
    const { counts, expected, outside } = compare(drawn, 'Europe/Paris', first, end, intensity, 3600);
    expect(outside).toBe(0);
    expect(rejected(new Map([['all', chiSquare(counts, expected)]]), FALSE_ALARM_RATE)).toEqual([]);
  });

  test('a ramp rises by the day', () => {
    const [first, end] = ['2024-01-01', '2024-01-11'];
    const drawn = draw({ window: window(first, end), trend: piece('ramp', { from: 0n, to: 1n }) });
    const intensity: Intensity = (iso) => (Date.parse(iso) - Date.parse(first)) / 86_400_000 + 0.5;
    const { counts, expected } = compare(drawn, 'UTC', first, end, intensity);
    expect(rejected(new Map([['ramp', chiSquare(counts, expected)]]), FALSE_ALARM_RATE)).toEqual([]);
  });

  test('are even within a minute, to the microsecond', () => {
    const drawn = draw({ window: window('2024-01-01', '2024-01-02'), daily: piece('peaks', { hour: 12n }) });
    const within = Float64Array.from(drawn, (micros) => (Number(micros % 60_000_000n) + 0.5) / 60_000_000);
    expect(rejected(new Map([['minute', kolmogorovSmirnov(within)]]), FALSE_ALARM_RATE)).toEqual([]);
  });
});

test('a zone a row: each row has the law of its own zone', () => {
  const zones = ['Europe/Paris', 'Asia/Tokyo', 'Europe/Brussels', 'America/New_York'];
  const [first, end] = ['2024-03-29', '2024-04-02'];
  const drawn = draw({ window: window(first, end), daily: piece('peaks', { hour: 9n }) }, zones);
  const tests = new Map(
    zones.map((zone, z) => {
      const own = drawn.filter((_, i) => i % zones.length === z);
      const { counts, expected, outside } = compare(
        own,
        zone,
        first,
        end,
        (_, minute) => 0.1 + bump(minute, 9, 1),
      );
      expect(outside).toBe(0);
      return [zone, chiSquare(counts, expected)];
    }),
  );
  expect(rejected(tests, FALSE_ALARM_RATE)).toEqual([]);
});

describe('what the law says of itself', () => {
  const facts = (args: Readonly<Record<string, Arg>>): ReadonlyMap<string, ArgFacts> =>
    new Map(
      Object.entries(args).map(([name, arg]) => [
        name,
        {
          type: arg.kind === 'piece' ? { kind: 'piece', name: arg.name } : 'type' in arg ? arg.type : NULL,
          value: arg.kind === 'constant' ? arg.value : undefined,
          domain: { kind: 'any', nullable: false },
        },
      ]),
    );
  const paris = constant('Europe/Paris', TEXT);

  test('its support is the window in UTC, exactly', () => {
    const args = { window: window('2024-01-01', '2024-07-01'), tz: paris };
    expect(instants.support(facts(args))).toMatchObject({
      lo: Date.parse('2023-12-31T23:00Z') * 1000,
      hi: Date.parse('2024-06-30T22:00Z') * 1000 - 1,
      integer: true,
    });
    const drawn = draw(args, undefined, 20_000);
    expect(
      drawn.every(
        (micros) =>
          micros >= BigInt(Date.parse('2023-12-31T23:00Z')) * 1000n &&
          micros < BigInt(Date.parse('2024-06-30T22:00Z')) * 1000n,
      ),
    ).toBe(true);
  });

  test.each<[string, Readonly<Record<string, Arg>>]>([
    [
      'half open',
      { window: constant([day('2024-01-01'), day('2024-12-31'), false], { kind: 'range', of: DATE }) },
    ],
    ['empty', { window: window('2024-01-02', '2024-01-02') }],
    ['dates', { window: constant([0n, 86_400_000_000n, true], { kind: 'range', of: TIMESTAMP }) }],
    ['peaks', { window: window('2024-01-01', '2024-01-02'), daily: piece('weekend', {}) }],
    ['no time zone', { window: window('2024-01-01', '2024-01-02'), tz: constant('Europe/Pari', TEXT) }],
    ['1900 to 2099', { window: window('1850-01-01', '1851-01-01'), tz: paris }],
  ])('says what is wrong: %s', (reason, args) => {
    expect(instants.type(facts(args))).toContain(reason);
  });

  test('pieces check their own arguments', () => {
    const check = (name: string, args: readonly [Value, Type][]) => {
      const result = functions.get(name)?.overloads[0]?.result;
      if (typeof result !== 'function') throw new Error(name);
      return result(args.map(([value, type]) => ({ value, type, domain: { kind: 'any', nullable: false } })));
    };
    expect(check('holidays', [['FR', TEXT]])).toEqual({ kind: 'piece', name: 'holidays' });
    expect(check('holidays', [['XX', TEXT]])).toContain('no holidays are known of XX');
    const none: [Value, Type] = [null, NULL];
    expect(
      check('peaks', [
        [8n, INT64],
        none,
        none,
        none,
        none,
        none,
        none,
        none,
        none,
        [[1n, 2n], { kind: 'list', of: INT64 }],
      ]),
    ).toContain('1 peaks and 2 weights');
  });
});
