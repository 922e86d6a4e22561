import type { LawDefinition, Param, ScalarMath } from '../../../stdlib/define.ts';
import { masses } from '../../../stdlib/samplers/discrete.ts';
import { nextDouble } from '../../../stdlib/samplers/doubles.ts';
import { LawFault } from '../../../stdlib/samplers/fault.ts';
import { LEAST_MASS, massBetween } from '../../../stdlib/samplers/truncated.ts';
import { NotFinite } from './not-finite.ts';
import type { Partition } from './partition.ts';

/** Both ends held: doubles, or integers of a law on integers. */
export type Interval = { readonly lo: number; readonly hi: number };
/** A law's parameters in their order, and the ends of what it can give. */
export type LineLaw = Interval & { readonly p: readonly number[] };

/**
 * A draw from a law on the line, cut where conditions may change: its state is the interval that it lies in. `laws` and
 * `shares` by the classes of what chooses the parameters, the last variable fastest; shares of the intervals after them.
 */
export type Line = {
  /** Classes of the states of what chooses the parameters. */
  readonly choices: readonly Partition[];
  readonly intervals: readonly Interval[];
  readonly laws: readonly LineLaw[];
  readonly shares: Float64Array;
};

/** The first value that is v or more (`above`: more than v), as a law gives them or as it gives what is rounded to them. */
export function cutAt(v: number, above: boolean, kind: 'real' | 'integer' | 'rounded'): number {
  if (kind === 'real') return above ? nextDouble(v, 1) : v;
  // Beyond, doubles have no halves to round at.
  if (Math.abs(v) > 2 ** 51) throw new NotFinite(`its bound ${v} is beyond 2^51`);
  const first = above ? Math.floor(v) + 1 : Math.ceil(v);
  if (kind === 'integer') return first;
  return first % 2 === 0 ? first - 0.5 : nextDouble(first - 0.5, 1);
}

/** @throws {NotFinite} where some choice of parameters is outside its domain. */
export function lineLaw(
  law: LawDefinition,
  path: string,
  p: readonly number[],
  within: Interval | null,
  m: ScalarMath,
): LineLaw {
  const { shape, params } = law;
  const fails = (): never => {
    throw new NotFinite(`the parameters of ${path} fail for some values`);
  };
  if (shape.kind === 'own' || !p.every((x, i) => isAllowed(x, params[i]!))) return fails();
  const [least, most] =
    shape.kind === 'continuous' ? [shape.quantile(m, 0, p), shape.upper(m, 0, p)] : [0, Infinity];
  const lo = Math.max(least, within?.lo ?? -Infinity);
  const hi = Math.min(most, within?.hi ?? Infinity);
  return lo <= hi ? { p, lo, hi } : fails();
}

const isAllowed = (x: number, { bounds = {} }: Param): boolean =>
  x > (bounds.above ?? -Infinity) &&
  x < (bounds.below ?? Infinity) &&
  x >= (bounds.min ?? -Infinity) &&
  x <= (bounds.max ?? Infinity);

/** @throws {NotFinite} where a law has no mass, or too many integers. */
export function createLine(
  law: LawDefinition,
  path: string,
  laws: readonly LineLaw[],
  cuts: readonly number[],
  m: ScalarMath,
): Omit<Line, 'choices'> {
  const least = laws.reduce((min, { lo }) => Math.min(min, lo), Infinity);
  const most = laws.reduce((max, { hi }) => Math.max(max, hi), -Infinity);
  const inner = [...new Set(cuts)].filter((cut) => cut > least && cut <= most).sort((a, b) => a - b);
  const last = (cut: number): number => (law.shape.kind === 'discrete' ? cut - 1 : nextDouble(cut, -1));
  const intervals = [least, ...inner].map((lo, i): Interval => {
    const next = inner[i];
    return { lo, hi: next === undefined ? most : last(next) };
  });
  const known = new Map<string, readonly number[]>();
  const shares = new Float64Array(laws.length * intervals.length);
  laws.forEach((each, i) => {
    const name = nameOf(each);
    const found = known.get(name) ?? sharesOf(law, path, each, intervals, m);
    known.set(name, found);
    shares.set(found, i * intervals.length);
  });
  return { intervals, laws, shares };
}

export const nameOf = ({ p, lo, hi }: LineLaw): string => [...p, lo, hi].join();

export const meet = (a: Interval, b: Interval): Interval => ({
  lo: Math.max(a.lo, b.lo),
  hi: Math.min(a.hi, b.hi),
});

function sharesOf(
  law: LawDefinition,
  path: string,
  of: LineLaw,
  intervals: readonly Interval[],
  m: ScalarMath,
): readonly number[] {
  const whole = massOf(law, path, of.p, of, m);
  if (whole === 0) throw new NotFinite(`the law of ${path} has no mass for some values`);
  return intervals.map((interval) => massOf(law, path, of.p, meet(interval, of), m) / whole);
}

/** The probability of an interval. As the samplers see it: what is too little for them is 0. */
export function massOf(
  { shape }: LawDefinition,
  path: string,
  p: readonly number[],
  { lo, hi }: Interval,
  m: ScalarMath,
): number {
  if (!(lo <= hi) || shape.kind === 'own') return 0;
  if (shape.kind === 'continuous') {
    const mass = lo < hi ? massBetween(m, shape, p, lo, hi) : 0;
    return mass > LEAST_MASS ? mass : 0;
  }
  const found = integersIn(shape, p, { lo, hi: Math.min(hi, Number.MAX_SAFE_INTEGER) }, m);
  if (found === null) throw new NotFinite(`${path} has too many values`);
  return found.reduce((sum, weight) => sum + weight, 0);
}

function integersIn(
  shape: Extract<LawDefinition['shape'], { kind: 'discrete' }>,
  p: readonly number[],
  interval: Interval,
  m: ScalarMath,
): readonly number[] | null {
  try {
    const found = masses(m, shape, p, interval);
    return found?.weights ?? null;
  } catch (fault) {
    if (fault instanceof LawFault) return [];
    throw fault;
  }
}
