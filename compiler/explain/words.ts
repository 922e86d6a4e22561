import type { Operand } from '../../stdlib/define.ts';
import type { Lowering } from '../3-plan/logical-plan.ts';
import type { StepBody } from '../5-lower/physical-plan.ts';
import { count } from './figures.ts';

const MET: Readonly<Record<Lowering['kind'], string>> = {
  open: 'undecided',
  proved: 'proved, never evaluated',
  truncate: 'truncated draw of',
  enumerate: 'enumerated: conditional law drawn',
  sort: 'draws put in order, equal ones drawn again',
  reject: 'rejection',
};
export const constraintMet = (kind: Lowering['kind']): string => MET[kind];
export const WEIGHT_FOLDED = 'folded into the conditional law';

type Kernel = Extract<StepBody, { op: 'kernel' }>;

/** How a kernel draws; the operands give sizes. */
const DRAWS: Readonly<Record<string, string | ((sizes: readonly number[]) => string)>> = {
  quantile: 'quantile table',
  quantile_by: ([codes = 0]) => `${count(codes)} quantile tables by code`,
  alias: ([size = 0]) => `alias table of ${count(size)}`,
  alias_i64: ([size = 0]) => `alias table of ${count(size)}`,
  alias_by: ([codes = 0]) => `${count(codes)} alias tables by code`,
  alias_i64_by: ([codes = 0]) => `${count(codes)} alias tables by code`,
  uniform_code: ([size = 0]) => `even choice of ${count(size)}`,
  bernoulli: 'threshold',
  bernoulli_by: 'threshold by row',
  histogram_f64: ([size = 0]) => `alias table of ${count(size)} intervals`,
  histogram_i64: ([size = 0]) => `alias table of ${count(size)} intervals`,
  choose: 'without replacement',
  choose_by: 'without replacement, by code',
  permutation: 'keyed permutation',
  consistent: 'consistent hash',
  zipf: 'power law of ranks',
  zipf_by: 'rejection-inversion',
  dirichlet: 'normalised gammas by rejection',
  dirichlet_tables: 'normalised gammas, by table',
  instants: 'alias tables of days and minutes',
  uniform_real: 'closed form',
  uniform_within: 'closed form, bounds by row',
  exponential: 'closed form',
  exponential_within: 'closed form, bounds by row',
  normal: 'closed form',
  normal_within: 'closed form, bounds by row',
  lognormal: 'closed form',
  lognormal_within: 'closed form, bounds by row',
  beta: 'two gammas by rejection',
  beta_within: 'numerical inversion, bounds by row',
  gamma: 'rejection sampler',
  gamma_within: 'numerical inversion, bounds by row',
  poisson: 'inversion or rejection by row',
  poisson_within: 'inversion, bounds by row',
};

/** What a kernel makes of a draw or of the row's number, where a person would have a name for it. */
const MAKES: Readonly<Record<string, string>> = {
  normal_of: 'scaled by row',
  lognormal_of: 'scaled by row',
  exponential_of: 'scaled by row',
  uuid_of: 'keyed bijection',
  permute_by: 'unique by a keyed bijection',
};
/** The kernels that draw, and have words. */
export const DRAW_KERNELS: readonly string[] = Object.keys(DRAWS);
export const isNamed = (kernel: string): boolean => kernel in MAKES;

const LOOKUP = /^(lookup|table|item)_|^map_case$/;
const SELECT = /^select_/;

export const isDraw = ({ operands }: Kernel): boolean => operands.some((operand) => 'key' in operand);

/** How a draw is drawn. A kernel without words is called by its name: a test sees that none is. */
export function drawWords({ kernel, operands }: Kernel): string {
  const words = DRAWS[kernel];
  if (words === undefined) return kernel;
  return typeof words === 'string' ? words : words(sizesIn(operands));
}

const sizesIn = (operands: readonly Operand[]): readonly number[] =>
  operands.flatMap((operand) => ('i32' in operand ? [operand.i32] : []));

/** What a step makes, or null where there is no better word than that it computes. */
export function makeWords(body: StepBody): string | null {
  switch (body.op) {
    case 'row-id':
      return 'the row’s number';
    case 'constant':
      return 'constant';
    case 'parent':
      return `recomputed from parent ${body.table}`;
    case 'text':
      return 'text of pieces';
    case 'masked':
      return null;
    case 'kernel':
      if (MAKES[body.kernel] !== undefined) return MAKES[body.kernel]!;
      if (LOOKUP.test(body.kernel)) return 'look-up by code';
      return SELECT.test(body.kernel) ? 'chosen by a condition' : null;
  }
}
