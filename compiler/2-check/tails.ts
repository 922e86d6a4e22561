import type { LawDefinition, ScalarMath } from '../../stdlib/define.ts';
import type { Domain } from '../../stdlib/domain.ts';
import { LEAST_MASS, type Within } from '../../stdlib/samplers/truncated.ts';
import type { Context } from './context.ts';
import { type Interval, integerEnds, intersect, interval, isEmpty, numeric } from './domains.ts';
import { NEGLIGIBLE } from './known.ts';
import { type LawBinding, lawFacts } from './laws.ts';
import { open } from './within.ts';

/**
 * The support without tails that are reached with probability below 10^-12. Quantiles are monotone in location and
 * scale, so that the corners of the parameters' domains bound them.
 */
export function withoutTails(
  context: Context,
  law: LawDefinition,
  binding: LawBinding,
  support: Domain,
): Domain {
  const ranges = parameterRanges(law, binding);
  if (support.kind !== 'interval' || law.shape.kind === 'own' || !ranges) return open(support, law);
  const { shape } = law;
  const math = context.math();
  let lo = Infinity;
  let hi = -Infinity;
  for (const corner of corners(ranges)) {
    const [from, to] =
      shape.kind === 'continuous'
        ? [shape.quantile(math, NEGLIGIBLE / 2, corner), shape.upper(math, NEGLIGIBLE / 2, corner)]
        : discreteEnds(shape, math, corner);
    if (Number.isNaN(from) || Number.isNaN(to)) return open(support, law);
    lo = Math.min(lo, from);
    hi = Math.max(hi, to);
  }
  const likely = intersect(support, interval(lo, hi, { integer: support.integer, nullable: true }));
  return isEmpty(likely) ? open(support, law) : open({ ...likely, nullable: support.nullable }, law);
}

type Discrete = Extract<LawDefinition['shape'], { kind: 'discrete' }>;

/** Where the mass function has become negligible, walking out from the mean. */
function discreteEnds(shape: Discrete, math: ScalarMath, p: readonly number[]): readonly [number, number] {
  const mean = shape.mean(math, p);
  const deviation = Math.sqrt(shape.variance(math, p));
  if (!Number.isFinite(mean) || !Number.isFinite(deviation)) return [-Infinity, Infinity];
  const step = Math.max(1, Math.floor(deviation / 4));
  const walk = (direction: 1 | -1): number => {
    let k = Math.round(mean + direction * 5 * deviation);
    for (let i = 0; i < 400; i++, k += direction * step) {
      if (!(shape.pmf(math, k, p) > NEGLIGIBLE / 1000)) return k;
    }
    return direction * Infinity;
  };
  return [walk(-1), walk(1)];
}

/** Whether constant bounds hold next to nothing of a law of constant parameters; false where that is not known. */
export function isNextToImpossible(
  context: Context,
  law: LawDefinition,
  binding: LawBinding,
  within: Within,
): boolean {
  const { shape } = law;
  if (shape.kind === 'own') {
    const constant = [...binding.args.values(), ...binding.free.map(({ weight }) => weight)].every(
      ({ known }) => known.value !== undefined,
    );
    const facts = lawFacts(law, binding, (known) => known.domain);
    return constant && shape.mass !== undefined && !(shape.mass(facts, within) > 0);
  }
  const ranges = parameterRanges(law, binding);
  if (!ranges?.every((range) => range.lo === range.hi)) return false;
  const math = context.math();
  const p = ranges.map((range) => range.lo);
  const { lo, hi } = within;
  if (shape.kind === 'continuous') {
    const { cdf, sf } = shape;
    return Math.max(cdf(math, hi, p) - cdf(math, lo, p), sf(math, lo, p) - sf(math, hi, p)) <= LEAST_MASS;
  }
  // The mass function is unimodal: greatest where the mean is, or at the end nearest to it.
  const [first, last] = integerEnds(interval(lo, hi, { hiOpen: within.halfOpen }));
  return shape.pmf(math, Math.min(Math.max(Math.floor(shape.mean(math, p)), first), last), p) === 0;
}

/** In the order of the law's parameters; null where one is unbounded or not a number. */
function parameterRanges(law: LawDefinition, binding: LawBinding): readonly Interval[] | null {
  const ranges: Interval[] = [];
  for (const param of law.params) {
    const arg = binding.args.get(param.name);
    const value = arg ? null : param.default;
    const range = arg
      ? numeric(arg.known.likely)
      : typeof value === 'number' || typeof value === 'bigint'
        ? interval(Number(value), Number(value))
        : null;
    if (!range || !Number.isFinite(range.lo) || !Number.isFinite(range.hi)) return null;
    ranges.push(range);
  }
  return ranges.length <= 4 ? ranges : null;
}

function corners(ranges: readonly Interval[]): readonly (readonly number[])[] {
  let all: readonly (readonly number[])[] = [[]];
  for (const { lo, hi } of ranges) {
    all = all.flatMap((corner) =>
      lo === hi
        ? [[...corner, lo]]
        : [
            [...corner, lo],
            [...corner, hi],
          ],
    );
  }
  return all;
}
