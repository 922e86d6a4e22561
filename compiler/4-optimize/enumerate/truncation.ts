import { count } from '../../explain/figures.ts';
import type { ConditionalLaw } from './eliminate.ts';
import { cellsOf } from './factor.ts';
import { MOST_CELLS } from './finite-model.ts';
import { type Interval, type Line, type LineLaw, meet, nameOf } from './line.ts';
import type { Problem, Solution } from './solve.ts';

/** A line's draw after its constraints: an interval from `law`, then a value of one of `cases`. */
export type Truncation = {
  readonly intervals: readonly Interval[];
  /** P(interval | given), in proportion. */
  readonly law: ConditionalLaw;
  /** What chooses the law's parameters. */
  readonly parents: readonly number[];
  /**
   * The laws that come up, each truncated; and which, by (interval, parents' states…). −1 where that cannot come up. No
   * cases where the codes would be too many.
   */
  readonly cases: readonly LineLaw[];
  readonly codes: Int32Array;
};

export type Conditioned = Solution & {
  /** Of the draws on the line, by variable. */
  readonly truncations: ReadonlyMap<number, Truncation>;
};

/** So many truncated laws of one draw; the look-ups by their codes stay in the processor's cache. */
const MOST_CASES = 4096;

export function truncated(problem: Problem, solution: Solution): Conditioned {
  const lines = problem.variables.flatMap(({ line }, number) => (line ? [{ line, number }] : []));
  const given = new Set([
    ...solution.laws.flatMap((law) => law.given),
    ...lines.flatMap(({ number }) => parentsOf(number, problem)),
  ]);
  const truncations = lines.map(({ line, number }): readonly [number, Truncation] => {
    const law = solution.laws.find(({ variable }) => variable === number)!;
    return [number, truncationOf(line, law, problem, given.has(number))];
  });
  return { ...solution, truncations: new Map(truncations) };
}

/** Why a truncated draw cannot be drawn; null where it can. */
export function obstacle({ cases, parents, intervals }: Truncation, { variables }: Problem): string | null {
  if (cases.length > MOST_CASES) return `it has ${count(cases.length)} truncated laws`;
  if (cases.length > 0) return null;
  const cells = parents.reduce((product, parent) => product * variables[parent]!.size, intervals.length);
  return `the choice of its truncated law has ${count(cells)} cells`;
}

/** The truncated law of each interval, where nothing else chooses it; null where something does. */
export function lawsByInterval({ intervals, cases, codes }: Truncation): readonly LineLaw[] | null {
  const choices = codes.length / intervals.length;
  const found = intervals.map((_, state) => {
    const own = codes.subarray(state * choices, (state + 1) * choices);
    return [...new Set(own)].filter((code) => code >= 0);
  });
  if (found.some((own) => own.length > 1)) return null;
  // An interval that cannot come up takes any.
  return found.map(([code = 0]) => cases[code]!);
}

const parentsOf = (number: number, { tables, variables }: Problem): readonly number[] =>
  tables[number]!.scope.slice(0, -1).map((variable) => variables.indexOf(variable));

/**
 * Intervals that lie side by side and are equally conditioned are one, so that a draw which only its conditions bound is
 * truncated to them and to nothing finer. Where others are drawn given the interval, it stays as it was cut.
 */
function truncationOf(line: Line, law: ConditionalLaw, problem: Problem, isGiven: boolean): Truncation {
  const parents = parentsOf(law.variable, problem);
  const choice = choiceOf(line, parents, problem);
  const merged = isGiven || choice === null ? null : mergedLaw(line, law, choice, problem);
  const { intervals, weights } = merged ?? { intervals: line.intervals, weights: law.weights };
  const made = { intervals, law: { ...law, weights }, parents };
  if (choice === null || intervals.length * choice.laws.length > MOST_CELLS)
    return { ...made, cases: [], codes: new Int32Array(0) };
  const isPossible = merged
    ? possibleGiven(made.law, intervals.length, choice, problem)
    : (state: number, at: number): boolean => line.shares[choice.laws[at]! * intervals.length + state]! > 0;
  const known = new Map<string, number>();
  const cases: LineLaw[] = [];
  const codes = new Int32Array(intervals.length * choice.laws.length).fill(-1);
  intervals.forEach((interval, state) => {
    choice.laws.forEach((of, at) => {
      if (!isPossible(state, at)) return;
      const whole = line.laws[of]!;
      const cut = { p: whole.p, ...meet(interval, whole) };
      const name = nameOf(cut);
      const code = known.get(name) ?? cases.push(cut) - 1;
      known.set(name, code);
      codes[state * choice.laws.length + at] = code;
    });
  });
  return { ...made, cases, codes };
}

/**
 * For each choice of the parents' states, the last parent fastest: which of the line's laws it leads to, and the cell of
 * the parents' classes in the problem. Both join states, but not the same ones: the line joins those of equal parameters,
 * the problem those that no factor at all tells apart.
 */
type Choice = {
  readonly parents: readonly number[];
  readonly laws: Int32Array;
  readonly classes: Int32Array;
};

/** Null where there are too many. */
function choiceOf(
  line: Line,
  parents: readonly number[],
  { variables, classes, sizes }: Problem,
): Choice | null {
  const states = parents.map((parent) => variables[parent]!.size);
  const cells = states.reduce((product, size) => product * size, 1);
  if (cells > MOST_CELLS) return null;
  const found = { laws: new Int32Array(cells), classes: new Int32Array(cells) };
  for (let cell = 0; cell < cells; cell++) {
    // The states are the cell's digits; their classes are the digits of the two results, each in bases of its own.
    let [rest, law, lawStep, own, ownStep] = [cell, 0, 1, 0, 1];
    for (let i = parents.length - 1; i >= 0; i--) {
      const [parent, size] = [parents[i]!, states[i]!];
      const state = rest % size;
      rest = Math.floor(rest / size);
      law += line.choices[i]!.classOf[state]! * lawStep;
      lawStep *= line.choices[i]!.count;
      own += classes[parent]!.classOf[state]! * ownStep;
      ownStep *= sizes[parent]!;
    }
    found.laws[cell] = law;
    found.classes[cell] = own;
  }
  return { parents, ...found };
}

/** Whether an interval comes up under a choice of states, where the law is given all of their classes. */
function possibleGiven(
  { given, weights }: ConditionalLaw,
  size: number,
  { parents, classes }: Choice,
  { sizes }: Problem,
): (state: number, at: number) => boolean {
  const project = projection(given, parents, sizes);
  const found = new Set<number>();
  weights.forEach((weight, at) => {
    if (weight > 0) found.add(project(Math.floor(at / size)) * size + (at % size));
  });
  return (state, at) => found.has(classes[at]! * size + state);
}

/** Weights that are equal but for the rounding of sums of products differ by less, relatively. */
const NOISE = 1e-12;

/** Null where that takes too many cells. */
function mergedLaw(
  line: Line,
  { given, weights }: ConditionalLaw,
  { parents, laws, classes }: Choice,
  { sizes }: Problem,
): { readonly intervals: readonly Interval[]; readonly weights: Float64Array } | null {
  const { length } = line.intervals;
  const project = projection(given, parents, sizes);
  // States of a class have equal shares.
  const lawOf = new Map(Array.from(classes, (of, at) => [of, laws[at]!]));
  const rows = Array.from({ length: weights.length / length }, (_, row) => {
    const law = lawOf.get(project(row))!;
    return runsOf(
      weights.subarray(row * length, (row + 1) * length),
      line.shares.subarray(law * length, (law + 1) * length),
    );
  });
  const named = new Map(rows.flat().map(({ first, last }) => [first * length + last, { first, last }]));
  const runs = [...named.keys()].sort((a, b) => a - b);
  if (runs.length * rows.length > MOST_CELLS) return null;
  const states = new Map(runs.map((name, state) => [name, state]));
  const merged = new Float64Array(runs.length * rows.length);
  rows.forEach((row, i) => {
    for (const { first, last, weight } of row)
      merged[i * runs.length + states.get(first * length + last)!] = weight;
  });
  const intervals = runs.map((name): Interval => {
    const { first, last } = named.get(name)!;
    return { lo: line.intervals[first]!.lo, hi: line.intervals[last]!.hi };
  });
  return { intervals, weights: merged };
}

type Run = { readonly first: number; readonly last: number; readonly weight: number };

/** Neighbours whose weights are in the proportion of their shares. */
function runsOf(weights: Float64Array, shares: Float64Array): readonly Run[] {
  const runs: Run[] = [];
  let before = 0;
  weights.forEach((weight, i) => {
    const ratio = weight > 0 ? weight / shares[i]! : 0;
    const open = runs.at(-1);
    if (ratio > 0 && open?.last === i - 1 && Math.abs(ratio - before) <= NOISE * before) {
      runs[runs.length - 1] = { first: open.first, last: i, weight: open.weight + weight };
    } else if (ratio > 0) {
      runs.push({ first: i, last: i, weight });
      before = ratio;
    }
  });
  return runs;
}

/** From a cell over the variables `from` to that over `to`, some of them in any order: the others are forgotten. */
function projection(
  from: readonly number[],
  to: readonly number[],
  sizes: readonly number[],
): (cell: number) => number {
  const steps = to.map((variable, i) => {
    const after = from.slice(from.indexOf(variable) + 1);
    return { size: sizes[variable]!, from: cellsOf(after, sizes), to: cellsOf(to.slice(i + 1), sizes) };
  });
  return (cell) => steps.reduce((sum, step) => sum + (Math.floor(cell / step.from) % step.size) * step.to, 0);
}
