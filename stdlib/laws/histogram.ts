import { type Builder, type DrawContext, defineLaw, type SlotRef } from '../define.ts';
import { aliasCells } from '../samplers/alias.ts';
import { constantWithin } from '../samplers/arguments.ts';
import { LawFault } from '../samplers/fault.ts';
import { constantWeight } from '../samplers/items.ts';
import type { Within } from '../samplers/truncated.ts';
import { FLOAT64, INT64 } from '../types.ts';
import { type Bucket, parseBucket } from './bucket.ts';
import { type Facts, freeKeys, interval, weightFault } from './facts.ts';

/** So many integers get an alias cell each. */
const FLAT = 2 ** 16;

const integral = (buckets: readonly Bucket[]) => buckets.every(({ whole }) => whole);

/** The last integer of a bucket. */
const last = ({ hi, halfOpen }: Bucket) => (halfOpen ? hi - 1 : hi);

function bucketsOf(labels: Iterable<string>): readonly Bucket[] | string {
  const buckets: Bucket[] = [];
  for (const label of labels) {
    const bucket = parseBucket(label);
    if (typeof bucket === 'string') return `${label}: ${bucket}`;
    buckets.push(bucket);
  }
  if (buckets.length === 0) return 'a histogram needs ranges with weights: histogram(0..9=3, 10..19=1)';
  const whole = integral(buckets);
  const point = buckets.find(({ lo, hi }) => !whole && lo === hi);
  if (point) return `the range ${point.label} is empty`;
  const sorted = [...buckets].sort((a, b) => a.lo - b.lo);
  for (const [i, bucket] of sorted.entries()) {
    const before = sorted[i - 1];
    if (before && (whole ? last(before) >= bucket.lo : before.hi > bucket.lo)) {
      return `the ranges ${before.label} and ${bucket.label} overlap${whole ? `: both hold ${bucket.lo}` : ''}`;
    }
  }
  return buckets;
}

const bucketsOfFacts = (args: Facts): readonly Bucket[] | string => bucketsOf(freeKeys(args)?.keys() ?? []);

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
    const buckets = bucketsOfFacts(args);
    if (typeof buckets === 'string') return buckets;
    return weightFault([...args.values()].map(({ value }) => value)) ?? (integral(buckets) ? INT64 : FLOAT64);
  },
  support: (args) => {
    const buckets = bucketsOfFacts(args);
    if (typeof buckets === 'string') return { kind: 'any', nullable: false };
    const whole = integral(buckets);
    const lo = Math.min(...buckets.map(({ lo }) => lo));
    const hi = Math.max(...buckets.map((bucket) => (whole ? last(bucket) : bucket.hi)));
    return interval(lo, hi, { integer: whole, hiOpen: !whole });
  },
  examples: ['~histogram(1920..1949=5, 1950..1979=15, 1980..2024=80)', '~histogram(0.0..0.5=1, 0.5..2.0=3)'],
  shape: {
    kind: 'own',
    mass: (args, within) => {
      const buckets = bucketsOfFacts(args);
      if (typeof buckets === 'string') return 0;
      const weights = [...args.values()].map(({ value }) => Number(value));
      return total(cut(buckets, weights, within)) / total(cut(buckets, weights, null));
    },
    lower: (b, draw) => {
      const within = constantWithin(draw.within);
      if (draw.within !== null && within === null)
        throw new LawFault('histogram takes only constant bounds: give them as a constraint');
      const buckets = bucketsOf(draw.free.map(({ label }) => label));
      if (typeof buckets === 'string') throw new LawFault(buckets);
      const weights = draw.free.map(({ weight }) => constantWeight(weight));
      const parts = cut(buckets, weights, within);
      if (!(total(parts) > 0)) throw new LawFault('the law has no mass within these bounds');
      const whole = integral(buckets);
      return {
        slot: whole ? integers(b, draw.key, parts) : reals(b, draw.key, parts),
        type: whole ? INT64 : FLOAT64,
      };
    },
  },
});

/** What a bucket becomes once it is cut to the bounds; integers from `lo` to `hi`, both held. */
type Part = { readonly lo: number; readonly hi: number; readonly weight: number };

const total = (parts: readonly Part[]): number => parts.reduce((sum, { weight }) => sum + weight, 0);

/** The buckets cut to constant bounds, each with its share of its weight. */
function cut(buckets: readonly Bucket[], weights: readonly number[], within: Within | null): readonly Part[] {
  const whole = integral(buckets);
  const { lo: least, hi: most } = within ? boundsOf(within, whole) : { lo: -Infinity, hi: Infinity };
  const size = (lo: number, hi: number) => Math.max(0, whole ? hi - lo + 1 : hi - lo);
  return buckets.flatMap((bucket, i) => {
    const end = whole ? last(bucket) : bucket.hi;
    const lo = Math.max(bucket.lo, least);
    const hi = Math.min(end, most);
    const share = size(lo, hi) / size(bucket.lo, end);
    return share > 0 ? [{ lo, hi, weight: weights[i]! * share }] : [];
  });
}

const boundsOf = ({ lo, hi, halfOpen }: Within, whole: boolean) =>
  whole ? { lo: Math.ceil(lo), hi: halfOpen ? Math.ceil(hi) - 1 : Math.floor(hi) } : { lo, hi };

function integers(b: Builder, key: DrawContext['key'], parts: readonly Part[]): SlotRef {
  const lo = Math.min(...parts.map((part) => part.lo));
  const span = Math.max(...parts.map((part) => part.hi)) - lo + 1;
  if (span <= FLAT) {
    const weights = new Array<number>(span).fill(0);
    for (const part of parts) {
      weights.fill(part.weight / (part.hi - part.lo + 1), part.lo - lo, part.hi - lo + 1);
    }
    return b.kernel('alias_i64', { kind: 'i64' }, [
      key,
      b.blob(aliasCells(weights)),
      { i32: span },
      { i64: String(lo) },
    ]);
  }
  const table = BigInt64Array.from(
    parts.flatMap((part) => [BigInt(part.lo), BigInt(part.hi) - BigInt(part.lo) + 1n]),
  );
  const cells = aliasCells(parts.map(({ weight }) => weight));
  return b.kernel('histogram_i64', { kind: 'i64' }, [
    key,
    b.blob(cells),
    { i32: cells.length },
    b.blob(table),
  ]);
}

function reals(b: Builder, key: DrawContext['key'], parts: readonly Part[]): SlotRef {
  const cells = aliasCells(parts.map(({ weight }) => weight));
  const table = Float64Array.from(parts.flatMap(({ lo, hi }) => [lo, hi]));
  return b.kernel('histogram_f64', { kind: 'f64' }, [
    key,
    b.blob(cells),
    { i32: cells.length },
    b.blob(table),
  ]);
}
