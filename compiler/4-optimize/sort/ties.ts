import type { ScalarMath } from '../../../stdlib/define.ts';
import { nextDouble } from '../../../stdlib/samplers/doubles.ts';
import type { Draw } from '../../3-plan/expr.ts';
import type { RuleTools } from '../rule.ts';

/** A double of a continuous law that has more probability is no artefact of rounding. */
const NEGLIGIBLE = 2 ** -40;

/**
 * Whether two draws are equal only because doubles are: of a continuous law none of whose values has a probability to
 * speak of. That is looked at along the law, and in its tails: `~normal(1e17, 1)` has few doubles.
 */
export function isTieless(draw: Draw, laws: RuleTools['laws'], math: ScalarMath): boolean {
  const shape = laws.get(draw.law)?.shape;
  const p = draw.args.map(({ value }) => (value.op === 'constant' ? Number(value.value) : Number.NaN));
  const ends = endsOf(draw);
  if (shape?.kind !== 'continuous' || p.some(Number.isNaN) || ends === null) return false;
  const cdf = (x: number): number => (x === Infinity ? 1 : x === -Infinity ? 0 : shape.cdf(math, x, p));
  const [from, to] = [cdf(ends[0]), cdf(ends[1])];
  return QUANTILES.every((u) => {
    const at = from + u * (to - from);
    const x = shape.quantile(math, at, p);
    return (cdf(nextDouble(x, 1)) - cdf(nextDouble(x, -1))) / (to - from) < NEGLIGIBLE;
  });
}

const TAILS = Array.from({ length: 40 }, (_, k) => 2 ** -(k + 2));
const QUANTILES = [
  ...Array.from({ length: 1023 }, (_, k) => (k + 1) / 1024),
  ...TAILS,
  ...TAILS.map((u) => 1 - u),
];

function endsOf({ within }: Draw): readonly [number, number] | null {
  if (within === null) return [-Infinity, Infinity];
  if (within.lo.op !== 'constant' || within.hi.op !== 'constant') return null;
  return [Number(within.lo.value), Number(within.hi.value)];
}
