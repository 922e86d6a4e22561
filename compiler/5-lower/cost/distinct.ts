import type { ScalarMath } from '../../../stdlib/define.ts';
import type { Step } from '../physical-plan.ts';
import { stepInputs } from '../step-inputs.ts';

/** Ranks up to this are taken one by one, then in blocks that grow by a 16th: probabilities hardly differ in a block. */
const SINGLE = 64;
const GROWTH = 16;

/**
 * How many different parents so many references hold, in expectation: Σ 1 − (1 − p)^n over the parents. References are
 * drawn by a power law of ranks or evenly; of others, evenly is assumed.
 */
export function distinctParents(
  steps: readonly Step[],
  ref: number,
  parents: number,
  references: number,
  m: ScalarMath,
): number {
  const exponent = exponentOf(steps, ref);
  const blocks: { readonly count: number; readonly weight: number }[] = [];
  for (let first = 1; first <= parents; ) {
    const count = Math.min(
      exponent === 0 ? parents : first < SINGLE ? 1 : Math.floor(first / GROWTH),
      parents - first + 1,
    );
    blocks.push({ count, weight: m.pow(first + (count - 1) / 2, -exponent) });
    first += count;
  }
  const total = blocks.reduce((sum, { count, weight }) => sum + count * weight, 0);
  return blocks.reduce((sum, { count, weight }) => {
    const share = weight / total;
    return sum + count * (share >= 1 ? 1 : -m.expm1(references * m.log1p(-share)));
  }, 0);
}

/** Of the power law behind a reference; 0 where there is none. */
function exponentOf(steps: readonly Step[], ref: number): number {
  const { body } = steps[ref]!;
  if (body.op !== 'kernel') return 0;
  if (body.kernel === 'zipf')
    return body.operands.reduce((found, operand) => ('f64' in operand ? operand.f64 : found), 0);
  const [input] = stepInputs(body);
  return body.kernel.startsWith('unpermute') && input !== undefined ? exponentOf(steps, input) : 0;
}
