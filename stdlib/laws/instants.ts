import {
  type Arg,
  type Builder,
  type DrawContext,
  defineLaw,
  type Operand,
  type ScalarMath,
} from '../define.ts';
import { interval } from '../functions/intervals.ts';
import { zonesOf } from '../functions/zone-facts.ts';
import { isUtc, zoneOf } from '../functions/zone-table.ts';
import { aliasCells, stack } from '../samplers/alias.ts';
import { LawFault } from '../samplers/fault.ts';
import { TIMESTAMP } from '../types.ts';
import { isList, type Value } from '../value.ts';
import { END_SECOND, FIRST_SECOND } from '../zones/index.ts';
import type { Facts } from './facts.ts';
import { dailyIntensity, dayIntensity, PARTS } from './intensity.ts';
import { boundsOf, type Stretch, stretchesOf } from './stretches.ts';

export { pieces } from './intensity.ts';

const DAY = 86_400;
const MICROS = 1_000_000;
const PART_NAMES = ['daily', 'weekly', 'yearly', 'trend'] as const;

/** The window's days, first and end (excluded), or what is wrong with it. */
function windowOf(value: Value | undefined): readonly [number, number] | string {
  if (!value || !isList(value)) return 'the window must be constant: 2024-01-01 ..< 2025-01-01';
  const [first, end] = [Number(value[0]), Number(value[1])];
  if (value[2] !== true) return 'the window is half open: write a ..< b, b being the day after the last';
  return first < end ? [first, end] : 'the window is empty';
}

function fault(args: Facts): string | null {
  const window = windowOf(args.get('window')?.value);
  if (typeof window === 'string') return window;
  const of = args.get('window')?.type;
  if (of?.kind === 'range' && of.of.kind !== 'date')
    return 'the window’s ends are dates: local midnights of tz';
  for (const name of PART_NAMES) {
    const type = args.get(name)?.type;
    if (!type || type.kind === 'null') continue;
    if (type.kind !== 'piece' || !PARTS[name].includes(type.name))
      return `${name}= takes ${PARTS[name].map((each) => `${each}(…)`).join(' or ')}`;
  }
  const zones = zonesOf(args.get('tz'));
  if (typeof zones === 'string') return zones;
  const covered = window[0] * DAY >= FIRST_SECOND + DAY && window[1] * DAY <= END_SECOND - DAY;
  return covered || zones.every(isUtc) ? null : 'time zones are known from 1900 to 2099';
}

function support(args: Facts) {
  const window = windowOf(args.get('window')?.value);
  const zones = zonesOf(args.get('tz'));
  if (typeof window === 'string' || typeof zones === 'string')
    return interval({ lo: -Infinity, hi: Infinity }, true, false);
  const bounds = zones.map((name) => boundsOf(zoneOf(name), ...window));
  const lo = Math.min(...bounds.map(([from]) => from));
  const hi = Math.max(...bounds.map(([, to]) => to));
  return interval({ lo: lo * MICROS, hi: hi * MICROS - 1 }, true, false);
}

const constant = { constant: true, default: null } as const;

export const instants = defineLaw({
  name: 'instants',
  summary: 'A moment of a span of days, with the rhythms of day, week and year on the local clock.',
  formula: 'density at t ∝ daily(minute) · weekly(day) · yearly(day) · trend(day), on the clock of tz at t',
  doc:
    'The ends are midnights of `tz`, the second excluded. Intensity is constant within a minute of the local clock; an hour ' +
    'that the clock leaves out has no mass, an hour that it repeats counts twice. `tz` is a zone of the IANA database or an ' +
    'enum of zones (then each row has the law of its zone). Parts left out are even.',
  source:
    'A non-homogeneous Poisson process given its number of points: P. A. W. Lewis & G. S. Shedler (1979), inverted by the alias method',
  params: [
    { name: 'window', type: 'range', constant: true, doc: 'Days: 2024-01-01 ..< 2025-01-01.' },
    { name: 'daily', type: 'piece', ...constant, doc: 'peaks(…).' },
    { name: 'weekly', type: 'piece', ...constant, doc: 'weekend(…).' },
    { name: 'yearly', type: 'piece', ...constant, doc: 'holidays(…).' },
    { name: 'trend', type: 'piece', ...constant, doc: 'growth(…) or ramp(…).' },
    { name: 'tz', type: 'text', default: 'UTC', doc: 'Whose clock: a zone, or an enum of zones.' },
  ],
  truncatable: false,
  type: (args) => fault(args) ?? TIMESTAMP,
  support,
  examples: [
    '~instants(2024-01-01 ..< 2025-01-01)',
    "~instants(2024-01-01 ..< 2025-01-01, daily=peaks(8, 12, 20), weekly=weekend(1.4), yearly=holidays('FR'), tz='Europe/Paris')",
  ],
  shape: { kind: 'own', lower: (b, draw) => ({ slot: lower(b, draw), type: TIMESTAMP }) },
});

function lower(b: Builder, draw: DrawContext) {
  const window = windowOf(constantOf(draw.args.get('window')));
  if (typeof window === 'string') throw new LawFault(window, 'window');
  const tz = draw.args.get('tz');
  const names = tz?.kind === 'slot' ? (tz.slot.dictionary ?? []) : [String(constantOf(tz) ?? 'UTC')];
  const tables = tablesOf(b, draw, names, window);
  const zones: Operand = tz?.kind === 'slot' ? { slot: tz.slot.step } : { i32: 0 };
  return b.kernel('instants', { kind: 'i64' }, [draw.key, zones, { i32: names.length }, ...tables]);
}

const constantOf = (arg: Arg | undefined): Value | undefined =>
  arg?.kind === 'constant' ? arg.value : undefined;

/** The kernel's tables: zones → stretches → profiles → cells. */
function tablesOf(
  b: Builder,
  draw: DrawContext,
  names: readonly string[],
  [first, end]: readonly [number, number],
): readonly Operand[] {
  const { profiles, intensity } = rhythmsOf(b.math, draw.args, [first, end]);
  // Zones that agree over the window share their stretches.
  const distinct = new Map<string, number>();
  const stretches: Stretch[][] = [];
  const zones = names.map((name) => {
    const own = stretchesOf(zoneOf(name), first, end);
    const key = JSON.stringify(changesOf(own));
    const known = distinct.get(key);
    if (known !== undefined) return known;
    distinct.set(key, stretches.length);
    return stretches.push([...own]) - 1;
  });
  const of = stretches.flat();
  const profileOf = of.map((stretch) => profiles.index(stretch));
  let at = 0;
  const weights = stretches.map((all) =>
    all.map(({ day }) => intensity(day) * profiles.mass(profileOf[at++] ?? 0)),
  );
  if (weights.some((all) => !all.some((weight) => weight > 0)))
    throw new LawFault('nothing of the window has any intensity');
  const days = stack(weights.map(aliasCells));
  const cells = stack(profiles.all.map(({ weights }) => aliasCells(weights)));
  const cell = profiles.all.flatMap(({ cells }) => cells);
  return [
    b.blob(Uint32Array.from(zones.flatMap((zone) => [...days.directory.slice(2 * zone, 2 * zone + 2)]))),
    b.blob(days.cells),
    b.blob(BigInt64Array.from(of, ({ start }) => BigInt(start * MICROS))),
    b.blob(Int32Array.from(profileOf)),
    b.blob(cells.directory),
    b.blob(cells.cells),
    b.blob(BigInt64Array.from(cell, ({ start }) => BigInt(start * MICROS))),
    b.blob(BigInt64Array.from(cell, ({ length }) => BigInt(length * MICROS))),
  ];
}

/** The profiles of days by the local clock, and what each day weighs. */
function rhythmsOf(m: ScalarMath, args: DrawContext['args'], [first, end]: readonly [number, number]) {
  const part = (name: (typeof PART_NAMES)[number]) => {
    const arg = args.get(name);
    return arg?.kind === 'piece' ? [arg] : [];
  };
  const [daily] = part('daily');
  return {
    profiles: profileStore(daily ? dailyIntensity(m, daily) : null),
    intensity: dayIntensity(m, [...part('weekly'), ...part('yearly'), ...part('trend')], first, end),
  };
}

/**
 * What the days of the window weigh on the clock of a constant zone. `starts` are µs since 1970, UTC, one more than there are
 * masses: the end of the window.
 */
export function dayMasses(
  m: ScalarMath,
  args: DrawContext['args'],
): { readonly starts: readonly number[]; readonly masses: readonly number[] } {
  const window = windowOf(constantOf(args.get('window')));
  if (typeof window === 'string') throw new LawFault(window, 'window');
  const { profiles, intensity } = rhythmsOf(m, args, window);
  const stretches = stretchesOf(zoneOf(String(constantOf(args.get('tz')) ?? 'UTC')), ...window);
  const starts: number[] = [];
  const masses: number[] = [];
  for (const [i, stretch] of stretches.entries()) {
    const mass = intensity(stretch.day) * profiles.mass(profiles.index(stretch));
    // A day on which the clock is set is of two stretches.
    if (stretches[i - 1]?.day === stretch.day) masses.push((masses.pop() ?? 0) + mass);
    else {
      starts.push(stretch.start * MICROS);
      masses.push(mass);
    }
  }
  const last = stretches.at(-1);
  return { starts: last ? [...starts, (last.start + last.to - last.from) * MICROS] : [], masses };
}

/** Where the clock is set to another offset: what tells two zones apart. */
function changesOf(stretches: readonly Stretch[]): readonly (readonly [number, number])[] {
  const offset = ({ day, from, start }: Stretch) => day * DAY + from - start;
  return stretches.flatMap((stretch, i) => {
    const before = stretches[i - 1];
    return before && offset(before) === offset(stretch) ? [] : [[stretch.start, offset(stretch)] as const];
  });
}

/** Seconds from the stretch's start; seconds. */
type Cell = { readonly start: number; readonly length: number };
type Profile = {
  readonly cells: readonly Cell[];
  readonly weights: readonly number[];
  readonly mass: number;
};

/** One profile for all stretches between the same two times of the local clock. */
function profileStore(daily: ((minute: number) => number) | null) {
  const all: Profile[] = [];
  const known = new Map<string, number>();
  const index = ({ from, to }: Stretch): number => {
    const key = `${from} ${to}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    known.set(key, all.length);
    return all.push(profile(daily, from, to)) - 1;
  };
  return { all, index, mass: (i: number): number => all[i]?.mass ?? 0 };
}

/** Cells end with the minutes of the local clock; without a daily rhythm one is enough. */
function profile(daily: ((minute: number) => number) | null, from: number, to: number): Profile {
  const cells: Cell[] = [];
  const weights: number[] = [];
  for (let at = from; at < to; ) {
    const next = daily ? Math.min(to, (Math.floor(at / 60) + 1) * 60) : to;
    cells.push({ start: at - from, length: next - at });
    weights.push((daily ? daily(Math.floor(at / 60)) : 1) * (next - at));
    at = next;
  }
  return { cells, weights, mass: weights.reduce((sum, weight) => sum + weight, 0) };
}
