import {
  type Arg,
  type ArgFacts,
  defineFunction,
  type FunctionDefinition,
  type Overload,
  type Param,
  type ScalarMath,
} from '../define.ts';
import { holidayCountries, holidays as holidaysOf } from '../holidays/index.ts';
import type { Type } from '../types.ts';
import { isList, type Value } from '../value.ts';
import { weekdayOf, yearOf } from '../zones/civil.ts';

/**
 * The pieces of `instants`: how its intensity runs over the day, the week, the year and the years. They exist at compile
 * time only; intensities are relative, only their ratios matter.
 */

/** In hours: the standard deviation of a bump. */
const WIDTH = 1;
/** Between bumps, against 1 for the height of a bump of weight 1. */
const FLOOR = 0.1;
const HOLIDAY_WEIGHT = 1.5;

const constant = (name: string, type: Param['type'], doc: string, rest: Partial<Param> = {}): Param => ({
  name,
  type,
  constant: true,
  doc,
  ...rest,
});

/** A piece has a type and no slot: no plan ever computes one. */
const overload = (
  name: string,
  params: readonly Param[],
  check: (args: readonly ArgFacts[]) => string | null,
): Overload => ({
  params,
  result: (args): Type | string => check(args) ?? { kind: 'piece', name },
  lower: () => {
    throw new Error(`${name}(…) is a part of a law and has no values of its own`);
  },
});

const piece = (
  name: string,
  summary: string,
  doc: string,
  params: readonly Param[],
  check: (args: readonly ArgFacts[]) => string | null = () => null,
): FunctionDefinition =>
  defineFunction({
    name,
    summary,
    doc,
    overloads: [overload(name, params, check)],
    nulls: 'own',
    domain: () => ({ kind: 'any', nullable: false }),
    examples: [],
  });

const HOURS = ['hour', 'hour2', 'hour3', 'hour4', 'hour5', 'hour6', 'hour7', 'hour8'];

const peaks = piece(
  'peaks',
  'A daily rhythm with bumps at these hours.',
  'Normal bumps centred on the half hour (`peaks(8)`: 8:30), so that the hour named is the busiest of its neighbours: ' +
    `floor + Σ weight · exp(−½ (distance / width)²), the distance in hours around the clock. Width ${WIDTH}, weights 1, floor ${FLOOR} unless said.`,
  [
    ...HOURS.map((name, i) =>
      constant(name, 'real', i === 0 ? 'The hour of a bump.' : 'The hour of a further one.', {
        bounds: { min: 0, below: 24 },
        ...(i === 0 ? {} : { default: null }),
      }),
    ),
    constant('width', 'real', 'Standard deviation of the bumps, in hours.', {
      bounds: { above: 0 },
      default: WIDTH,
    }),
    constant('weights', 'list', 'The heights of the bumps, in order.', { default: null }),
    constant('floor', 'real', 'What is left far from every bump.', { bounds: { min: 0 }, default: FLOOR }),
  ],
  (args) => {
    const weights = args[HOURS.length + 1]?.value;
    if (!weights || !isList(weights)) return null;
    const given = args
      .slice(0, HOURS.length)
      .filter((arg) => arg.value !== undefined && arg.value !== null).length;
    if (!weights.every((weight) => Number(weight) >= 0)) return 'the weights of peaks are numbers, 0 or more';
    return weights.length === given ? null : `there are ${given} peaks and ${weights.length} weights`;
  },
);

const weekend = piece(
  'weekend',
  'A weekly rhythm: Saturdays and Sundays against the other days.',
  'Intensity is multiplied by the weight on these days.',
  [constant('weight', 'real', 'What a day of the weekend weighs against another.', { bounds: { min: 0 } })],
);

const holidays = piece(
  'holidays',
  'A yearly rhythm: the public holidays of a country.',
  `Intensity is multiplied by the weight on these days, by ${HOLIDAY_WEIGHT} unless said. Countries: ${holidayCountries().join(', ')} (of CN, MA, EG only holidays of the solar calendar).`,
  [
    constant('country', 'text', 'Code of ISO 3166-1: FR.'),
    constant('weight', 'real', 'What a holiday weighs against another day.', {
      bounds: { min: 0 },
      default: HOLIDAY_WEIGHT,
    }),
  ],
  ([country]) =>
    typeof country?.value === 'string' && holidaysOf(country.value, 2000) === null
      ? `no holidays are known of ${country.value}; of ${holidayCountries().join(', ')} they are`
      : null,
);

const growth = piece(
  'growth',
  'A trend: a factor a year.',
  'Exponential, by the day: factor ^ (days since the start / 365.25).',
  [constant('factor', 'real', 'Of intensity, from one year to the next.', { bounds: { above: 0 } })],
);

const ramp = piece(
  'ramp',
  'A trend: linear from one intensity to another.',
  'By the day, from the start of the window to its end.',
  [
    constant('from', 'real', 'At the start.', { bounds: { min: 0 } }),
    constant('to', 'real', 'At the end.', { bounds: { min: 0 } }),
  ],
);

export const pieces: readonly FunctionDefinition[] = [peaks, weekend, holidays, growth, ramp];

/** Which pieces each part of the law takes. */
export const PARTS: Readonly<Record<'daily' | 'weekly' | 'yearly' | 'trend', readonly string[]>> = {
  daily: ['peaks'],
  weekly: ['weekend'],
  yearly: ['holidays'],
  trend: ['growth', 'ramp'],
};

type Piece = Extract<Arg, { kind: 'piece' }>;

const constantIn = (of: Piece, name: string): Value => {
  const arg = of.args.get(name);
  return arg?.kind === 'constant' ? arg.value : null;
};
const numberOf = (of: Piece, name: string, otherwise: number): number => {
  const value = constantIn(of, name);
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : otherwise;
};

/** Intensity by the minute of the local clock, at its middle. */
export function dailyIntensity(m: ScalarMath, of: Piece): (minute: number) => number {
  const hours = HOURS.flatMap((name) => {
    const hour = numberOf(of, name, -1);
    return hour < 0 ? [] : [hour];
  });
  const given = constantIn(of, 'weights');
  const weights = given !== null && isList(given) ? given.map(Number) : hours.map(() => 1);
  const width = numberOf(of, 'width', WIDTH);
  const floor = numberOf(of, 'floor', FLOOR);
  return (minute) => {
    const at = (minute + 0.5) / 60;
    return hours.reduce((sum, hour, i) => {
      const apart = Math.abs(at - hour - 0.5) % 24;
      const z = Math.min(apart, 24 - apart) / width;
      return sum + (weights[i] ?? 1) * m.exp(-0.5 * z * z);
    }, floor);
  };
}

/** Intensity by the local day (days since 1970) of a window from `first` to `end` (excluded). */
export function dayIntensity(
  m: ScalarMath,
  parts: readonly Piece[],
  first: number,
  end: number,
): (day: number) => number {
  const factors = parts.map((part) => dayFactor(m, part, first, end));
  return (day) => factors.reduce((product, factor) => product * factor(day), 1);
}

function dayFactor(m: ScalarMath, of: Piece, first: number, end: number): (day: number) => number {
  switch (of.name) {
    case 'weekend': {
      const weight = numberOf(of, 'weight', 1);
      return (day) => (weekdayOf(day) >= 6 ? weight : 1);
    }
    case 'holidays': {
      const country = String(constantIn(of, 'country'));
      const weight = numberOf(of, 'weight', HOLIDAY_WEIGHT);
      const days = new Set<number>();
      for (let year = yearOf(first); year <= yearOf(end); year++) {
        for (const day of holidaysOf(country, year) ?? []) days.add(day);
      }
      return (day) => (days.has(day) ? weight : 1);
    }
    case 'growth': {
      const factor = numberOf(of, 'factor', 1);
      return (day) => m.pow(factor, (day - first) / 365.25);
    }
    case 'ramp': {
      const [from, to] = [numberOf(of, 'from', 1), numberOf(of, 'to', 1)];
      return (day) => from + ((to - from) * (day + 0.5 - first)) / (end - first);
    }
    default:
      throw new Error(`${of.name} is no rhythm of days`);
  }
}
