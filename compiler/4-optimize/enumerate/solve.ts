import { fewest } from '../fewest.ts';
import { type ConditionalLaw, eliminate, eliminationOrder, type Order } from './eliminate.ts';
import type { Factor } from './factor.ts';
import { FEW_CELLS, type FiniteModel, MOST_CELLS } from './finite-model.ts';
import { oneClass, type Partition, refine, singletons, sums } from './partition.ts';
import { distinguished, factorOf, type Table } from './table.ts';
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
  /** Of each variable's states. */
  readonly classes: readonly Partition[];
  readonly sizes: readonly number[];
  /** Each variable's weights, then the candidates'. */
  readonly tables: readonly Table[];
};

/** The draws' conditional laws, and the probability of the constraints under the laws as they were. */
export type Solution = { readonly laws: readonly ConditionalLaw[]; readonly kept: number };

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
 * deepest is eliminated first, so that they are drawn in the spec's direction; before them draws on the line, whose
 * intervals then follow from the others'. Positions in the spec do not matter. Where factors would be large, states that
 * none of them tells apart are one, of the draws with the most states first.
 */
export function problemOf(candidates: readonly Candidate[], model: FiniteModel): Problem {
  const variables = [...new Set(candidates.flatMap(({ ancestors }) => ancestors))].sort((a, b) =>
    nameOf(a) < nameOf(b) ? -1 : 1,
  );
  const tables = [...variables.map(model.prior), ...candidates.flatMap((candidate) => candidate.tables)];
  const scopes = tables.map(({ scope }) => scope.map((variable) => variables.indexOf(variable)));
  const ties = variables
    .map((_, i) => i)
    .sort(
      (a, b) =>
        Number(variables[b]!.line !== null) - Number(variables[a]!.line !== null) ||
        model.depthOf(variables[b]!) - model.depthOf(variables[a]!) ||
        b - a,
    );
  const by = (classes: readonly Partition[]): Problem => {
    const sizes = classes.map(({ count }) => count);
    return { ...eliminationOrder(scopes, sizes, ties), candidates, variables, classes, sizes, tables };
  };
  const bySize = [...variables.keys()].sort((a, b) => variables[b]!.size - variables[a]!.size || a - b);
  return bySize.reduce(
    (problem, number) =>
      problem.largest <= FEW_CELLS
        ? problem
        : by(problem.classes.with(number, classesOf(variables[number]!, tables, tables[number]!))),
    by(variables.map(({ size }) => singletons(size))),
  );
}

const nameOf = ({ path, stream }: Variable): string => `${path} ${stream}`;

/**
 * The states of a draw that tables tell apart. Its own weights add up where nothing chooses them, else tell all; intervals
 * stay as they are.
 */
function classesOf(variable: Variable, tables: readonly Table[], own: Table): Partition {
  if (own.scope.length > 1 || variable.line) return singletons(variable.size);
  return tables.reduce((classes, table) => {
    const axis = table.scope.indexOf(variable);
    if (axis < 0 || table === own) return classes;
    const told = distinguished(table, axis).classOf;
    return refine(classes, (state) => told[state]!);
  }, oneClass(variable.size));
}

export const isSmall = ({ largest }: Order): boolean => largest <= MOST_CELLS;

/** Null where the constraints contradict each other (or themselves). */
export function solve({ variables, classes, sizes, tables, order }: Problem): Solution | null {
  const factors = tables.map((table, i): Factor => {
    const numbers = table.scope.map((variable) => variables.indexOf(variable));
    const isPrior = i < variables.length;
    return isPrior && numbers.length === 1
      ? { scope: numbers, table: sums(classes[i]!, table.values) }
      : factorOf(
          table,
          numbers,
          numbers.map((number) => classes[number]!),
        );
  });
  const totals = variables.map(({ size }, i) =>
    // Given any choice of others, weights add up to the same.
    tables[i]!.values.subarray(0, size).reduce((sum, weight) => sum + weight, 0),
  );
  const found = eliminate(factors, sizes, order, totals);
  return found && { laws: found.laws, kept: Math.min(1, found.total) };
}

/** Cells of the largest factors of all subsets that are tried for culprits. */
const MOST_WORK = 1e7;

/** Of constraints that contradict each other the fewest that do. */
export function culprits(candidates: readonly Candidate[], model: FiniteModel): readonly Candidate[] {
  let work = 0;
  const impossible = (subset: readonly Candidate[]): boolean =>
    components(subset).some((component) => {
      const problem = problemOf(component, model);
      work += problem.largest;
      return isSmall(problem) && solve(problem) === null;
    });
  return fewest(candidates, impossible, () => work > MOST_WORK);
}
