import { type Builder, type DrawContext, defineLaw, type SlotRef } from '../define.ts';
import { aliasCells } from '../samplers/alias.ts';
import { constantWithin } from '../samplers/arguments.ts';
import { LawFault } from '../samplers/fault.ts';
import { constantWeight } from '../samplers/items.ts';
import { FLOAT64, INT64 } from '../types.ts';
import { type Facts, freeKeys, interval, weightFault } from './facts.ts';

/** `whole`: both ends are written as integers. */
type Bucket = {
  readonly label: string;
  readonly lo: number;
  readonly hi: number;
  readonly halfOpen: boolean;
  readonly whole: boolean;
};

const RANGE = /^(-?[\d_]+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*\.\.(<?)\s*(-?[\d_]+(?:\.\d+)?(?:[eE][-+]?\d+)?)$/;
/** So many integers get an alias cell each. */
const FLAT = 2 ** 16;

/** `1920..1949`, `0..<2.5`; null where it is no range. */
function parseBucket(label: string): Bucket | null {
  const [, lo, open, hi] = RANGE.exec(label) ?? [];
  if (lo === undefined || hi === undefined) return null;
  const number = (text: string) => Number(text.replaceAll('_', ''));
  return { label, lo: number(lo), hi: number(hi), halfOpen: open === '<', whole: !/[.eE]/.test(lo + hi) };
}

const integral = (buckets: readonly Bucket[]) => buckets.every(({ whole }) => whole);

type Ends = Pick<Bucket, 'lo' | 'hi' | 'halfOpen'>;

/** First and last integer of a bucket. */
const first = ({ lo }: Ends) => lo;
const last = ({ hi, halfOpen }: Ends) => (halfOpen ? hi - 1 : hi);

function bucketsOf(args: Facts): readonly Bucket[] | string {
  const labels = [...(freeKeys(args)?.keys() ?? [])];
  const buckets = labels.flatMap((label) => parseBucket(label) ?? []);
  if (buckets.length === 0 || buckets.length < labels.length)
    return 'a histogram needs ranges with weights: histogram(0..9=3, 10..19=1)';
  const whole = integral(buckets);
  for (const bucket of buckets) {
    if (whole ? first(bucket) > last(bucket) : bucket.lo >= bucket.hi)
      return `the range ${bucket.label} is empty`;
  }
  const sorted = [...buckets].sort((a, b) => a.lo - b.lo);
  for (const [i, bucket] of sorted.entries()) {
    const before = sorted[i - 1];
    if (before && (whole ? last(before) >= bucket.lo : before.hi > bucket.lo)) {
      return `the ranges ${before.label} and ${bucket.label} overlap${whole ? `: both hold ${bucket.lo}` : ''}`;
    }
  }
  return buckets;
}

export const histogram = defineLaw({
  name: 'histogram',
  summary: 'A range by weight, then any value of it, equally likely.',
  formula: 'P(bucket) = weight / Σ weights; uniform inside the bucket',
  doc: 'Ranges of integers give integers, both ends possible (`1920..1949=5`); where an end is written as a real, buckets are half open and values real (`0.0..2.5=1, 2.5..5.0=3`). Buckets must not overlap.',
  source: 'D. W. Scott, Multivariate Density Estimation (2nd ed., 2015), ch. 3',
  params: [],
  free: { of: 'range', bounds: { min: 0 }, doc: 'A range and its weight.' },
  truncatable: true,
  type: (args) => {
    const buckets = bucketsOf(args);
    if (typeof buckets === 'string') return buckets;
    return weightFault([...args.values()].map(({ value }) => value)) ?? (integral(buckets) ? INT64 : FLOAT64);
  },
  support: (args) => {
    const buckets = bucketsOf(args);
    if (typeof buckets === 'string') return { kind: 'any', nullable: false };
    const whole = integral(buckets);
    const lo = Math.min(...buckets.map(({ lo }) => lo));
    const hi = Math.max(...buckets.map((bucket) => (whole ? last(bucket) : bucket.hi)));
    return interval(lo, hi, { integer: whole, hiOpen: !whole });
  },
  examples: ['~histogram(1920..1949=5, 1950..1979=15, 1980..2024=80)', '~histogram(0.0..0.5=1, 0.5..2.0=3)'],
  shape: {
    kind: 'own',
    lower: (b, draw) => {
      const whole = draw.type.kind === 'int';
      return whole ? { slot: integers(b, draw), type: INT64 } : { slot: reals(b, draw), type: FLOAT64 };
    },
  },
});

/** What a bucket becomes once it is cut to the bounds. */
type Part = { readonly lo: number; readonly hi: number; readonly weight: number };

/** The buckets, cut to constant bounds; `size` is what a bucket's weight is spread over. */
function parts(
  draw: DrawContext,
  ends: (bucket: Ends) => readonly [number, number],
  size: (lo: number, hi: number) => number,
  bounds: readonly [number, number],
): readonly Part[] {
  const cut = draw.free.flatMap(({ label, range, weight }) => {
    if (range === null) throw new LawFault(`${label} is no range`);
    const [from, to] = ends({ lo: range[0], hi: range[1], halfOpen: range[2] });
    const lo = Math.max(from, bounds[0]);
    const hi = Math.min(to, bounds[1]);
    const share = size(lo, hi) / size(from, to);
    return share > 0 ? [{ lo, hi, weight: constantWeight(weight) * share }] : [];
  });
  if (!cut.some(({ weight }) => weight > 0)) throw new LawFault('the law has no mass within these bounds');
  return cut;
}

function withinOf(draw: DrawContext) {
  const within = constantWithin(draw.within);
  if (draw.within !== null && within === null)
    throw new LawFault('histogram takes only constant bounds: give them as a constraint');
  return within;
}

function integers(b: Builder, draw: DrawContext): SlotRef {
  const within = withinOf(draw);
  const bounds = within
    ? ([Math.ceil(within.lo), within.halfOpen ? Math.ceil(within.hi) - 1 : Math.floor(within.hi)] as const)
    : ([-Infinity, Infinity] as const);
  const buckets = parts(
    draw,
    (bucket) => [first(bucket), last(bucket)],
    (lo, hi) => Math.max(0, hi - lo + 1),
    bounds,
  );
  const lo = Math.min(...buckets.map((bucket) => bucket.lo));
  const span = Math.max(...buckets.map((bucket) => bucket.hi)) - lo + 1;
  if (span <= FLAT) {
    const weights = new Array<number>(span).fill(0);
    for (const bucket of buckets) {
      weights.fill(bucket.weight / (bucket.hi - bucket.lo + 1), bucket.lo - lo, bucket.hi - lo + 1);
    }
    return b.kernel('alias_i64', { kind: 'i64' }, [
      draw.key,
      b.blob(aliasCells(weights)),
      { i32: span },
      { i64: String(lo) },
    ]);
  }
  const table = BigInt64Array.from(
    buckets.flatMap((bucket) => [BigInt(bucket.lo), BigInt(bucket.hi) - BigInt(bucket.lo) + 1n]),
  );
  const cells = aliasCells(buckets.map(({ weight }) => weight));
  return b.kernel('histogram_i64', { kind: 'i64' }, [
    draw.key,
    b.blob(cells),
    { i32: cells.length },
    b.blob(table),
  ]);
}

function reals(b: Builder, draw: DrawContext): SlotRef {
  const within = withinOf(draw);
  const bounds = [within?.lo ?? -Infinity, within?.hi ?? Infinity] as const;
  const buckets = parts(
    draw,
    (bucket) => [bucket.lo, bucket.hi],
    (lo, hi) => Math.max(0, hi - lo),
    bounds,
  );
  const cells = aliasCells(buckets.map(({ weight }) => weight));
  const table = Float64Array.from(buckets.flatMap(({ lo, hi }) => [lo, hi]));
  return b.kernel('histogram_f64', { kind: 'f64' }, [
    draw.key,
    b.blob(cells),
    { i32: cells.length },
    b.blob(table),
  ]);
}
