import type { ConditionalLaw } from './eliminate.ts';
import { eliminate, eliminationOrder, type Order } from './eliminate.ts';
import type { Factor } from './factor.ts';
import { type FiniteModel, MOST_CELLS, type Table } from './finite-model.ts';
import type { Variable } from './variable.ts';

/** A constraint over finite draws (its conjuncts' indicators) or a part of the weight; the draws whose law it conditions. */
export type Candidate = {
  /** Among the table's constraints; behind these among the parts of its weight. */
  readonly index: number;
  readonly tables: readonly Table[];
  readonly ancestors: readonly Variable[];
};

/** Constraints that share draws, and these draws as a problem of elimination. */
export type Problem = Order & {
  readonly candidates: readonly Candidate[];
  readonly variables: readonly Variable[];
  readonly factors: readonly Factor[];
  readonly sizes: readonly number[];
};

/** Candidates by the draws that they share. */
export function components(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  return candidates.reduce<readonly (readonly Candidate[])[]>((groups, candidate) => {
    const meets = (group: readonly Candidate[]): boolean =>
      group.some(({ ancestors }) => ancestors.some((variable) => candidate.ancestors.includes(variable)));
    return [
      ...groups.filter((group) => !meets(group)),
      [...groups.filter(meets).flat(), candidate].sort((a, b) => a.index - b.index),
    ];
  }, []);
}

/**
 * Priors of all the draws concerned and the constraints' indicators. Draws are numbered by name; of equally cheap ones the
 * deepest is eliminated first, so that they are drawn in the spec's direction. Positions in the spec do not matter.
 */
export function problemOf(candidates: readonly Candidate[], model: FiniteModel): Problem {
  const variables = [...new Set(candidates.flatMap(({ ancestors }) => ancestors))].sort((a, b) =>
    nameOf(a) < nameOf(b) ? -1 : 1,
  );
  const numbers = new Map(variables.map((variable, i) => [variable, i]));
  const factors = [...variables.map(model.prior), ...candidates.flatMap(({ tables }) => tables)].map(
    ({ scope, values }): Factor => ({
      scope: scope.map((variable) => numbers.get(variable)!),
      table: values,
    }),
  );
  const sizes = variables.map(({ size }) => size);
  const ties = variables
    .map((_, i) => i)
    .sort((a, b) => model.depthOf(variables[b]!) - model.depthOf(variables[a]!) || b - a);
  const order = eliminationOrder(
    factors.map(({ scope }) => scope),
    sizes,
    ties,
  );
  return { ...order, candidates, variables, factors, sizes };
}

const nameOf = ({ path, stream }: Variable): string => `${path} ${stream}`;

export const isSmall = ({ largest }: Order): boolean => largest <= MOST_CELLS;

/** Null where the constraints contradict each other (or themselves). */
export const solve = ({ factors, sizes, order }: Problem): readonly ConditionalLaw[] | null =>
  eliminate(factors, sizes, order);

/** Subsets are tried up to so many, and up to so many cells of their largest factors. */
const MOST_SUBSETS = 1000;
const MOST_WORK = 1e7;

/** Of constraints that contradict each other the fewest that do; where subsets are too many, a set that none can leave. */
export function culprits(candidates: readonly Candidate[], model: FiniteModel): readonly Candidate[] {
  let work = 0;
  const impossible = (subset: readonly Candidate[]): boolean =>
    components(subset).some((component) => {
      const problem = problemOf(component, model);
      work += problem.largest;
      return isSmall(problem) && solve(problem) === null;
    });
  let tried = 0;
  for (let size = 1; size < candidates.length; size++) {
    for (const subset of subsets(candidates, size)) {
      if (++tried > MOST_SUBSETS || work > MOST_WORK) return irreducible(candidates, impossible);
      if (impossible(subset)) return subset;
    }
  }
  return candidates;
}

function irreducible(
  candidates: readonly Candidate[],
  impossible: (subset: readonly Candidate[]) => boolean,
): readonly Candidate[] {
  return candidates.reduce((left, candidate) => {
    const without = left.filter((other) => other !== candidate);
    return impossible(without) ? without : left;
  }, candidates);
}

function* subsets<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (const [i, item] of items.entries()) {
    for (const rest of subsets(items.slice(i + 1), size - 1)) yield [item, ...rest];
  }
}
