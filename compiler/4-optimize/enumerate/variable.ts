import { parseBucket } from '../../../stdlib/laws/bucket.ts';
import { weightedItems } from '../../../stdlib/samplers/arguments.ts';
import { LawFault } from '../../../stdlib/samplers/fault.ts';
import { elementAt, isList, type Value } from '../../../stdlib/value.ts';
import type { DataValue } from '../../2-check/typed-spec.ts';
import type { Draw, Expr } from '../../3-plan/expr.ts';
import type { Line } from './line.ts';
import { NotFinite } from './not-finite.ts';

/**
 * A finite draw. `values` by state; null where a state is the number of a data table's row. Of a draw on the line a state
 * is an interval, and its value one that lies there.
 */
export type Variable = {
  readonly stream: string;
  /** The column that draws it. */
  readonly path: string;
  readonly draw: Draw;
  readonly size: number;
  readonly values: readonly Value[] | null;
  readonly line: Line | null;
};

/** A weight for each state: the same for every row, by the choice of other codes, p of `true`, or shares of intervals. */
export type Prior =
  | { readonly kind: 'weights'; readonly weights: readonly number[] }
  | { readonly kind: 'chosen'; readonly base: Value; readonly keys: readonly Expr[] }
  | { readonly kind: 'probability'; readonly p: Expr }
  | { readonly kind: 'shares'; readonly inputs: readonly Expr[]; readonly line: Line };

export type FiniteLaw = Pick<Variable, 'size' | 'values' | 'line'> & { readonly prior: Prior };

type TabularLaw = Omit<FiniteLaw, 'line'>;

/** Of a data table's rows, which are codes; of other values, which are listed in the plan. */
const MOST_ROWS = 1e6;
const MOST_VALUES = 2 ** 16;

/** @throws {NotFinite} where the draw's support is not finite and known. */
export function finiteLaw(draw: Draw, path: string, data: ReadonlyMap<string, DataValue>): FiniteLaw {
  const arg = (name: string): Expr | undefined => draw.args.find((each) => each.name === name)?.value;
  const law = known(() => lawOf(draw, arg, data));
  if (law === null || (law.prior.kind === 'weights' && !isLaw(law.prior.weights)))
    throw new NotFinite(`${path} is drawn from ${draw.law}, not from a finite table`);
  if (law.size > (law.values === null ? MOST_ROWS : MOST_VALUES))
    throw new NotFinite(`${path} has ${law.size} values`);
  return { ...law, line: null };
}

/** A law whose weights are at fault is told of when it is lowered. */
function known<T>(make: () => T | null): T | null {
  try {
    return make();
  } catch (fault) {
    if (fault instanceof LawFault) return null;
    throw fault;
  }
}

function lawOf(
  draw: Draw,
  arg: (name: string) => Expr | undefined,
  data: ReadonlyMap<string, DataValue>,
): TabularLaw | null {
  switch (draw.law) {
    case 'bernoulli': {
      const p = arg('p');
      return p ? { size: 2, values: [false, true], prior: { kind: 'probability', p } } : null;
    }
    case 'histogram':
      return draw.type.kind === 'int' ? integers(draw) : null;
    case 'categorical':
      return items(draw, arg('of'), arg('weight'));
    case 'pick': {
      const from = arg('from');
      if (from?.op !== 'data') return items(draw, from, arg('weight'));
      const source = data.get(from.name);
      if (source?.kind !== 'table') return null;
      const { rows } = source.table;
      const weight = constantOf(arg('weight')) ?? null;
      const weights = weight === null ? new Array<number>(rows).fill(1) : numbers(weight);
      return weights && { size: rows, values: null, prior: { kind: 'weights', weights } };
    }
    default:
      return null;
  }
}

const constantOf = (expr: Expr | undefined): Value | undefined =>
  expr?.op === 'constant' ? expr.value : undefined;

function numbers(value: Value): readonly number[] | null {
  return isList(value) && value.every(isNumber) ? value.map(Number) : null;
}

const isNumber = (value: Value): boolean => typeof value === 'number' || typeof value === 'bigint';

/** Weights of a law: not negative, and not all zero. */
export const isLaw = (weights: readonly number[]): boolean =>
  weights.every((weight) => weight >= 0 && weight < Infinity) && weights.some((weight) => weight > 0);

function items(draw: Draw, of: Expr | undefined, weight: Expr | undefined): TabularLaw | null {
  const texts = draw.type.kind === 'enum' ? draw.type.values : null;
  if (draw.free.length > 0) {
    const weights = draw.free.map((entry) => constantOf(entry.weight));
    if (weights.some((each) => each === undefined)) return null;
    return tableOf({ items: draw.free.map(({ label }) => label), weights: weights.map(Number) }, texts);
  }
  const value = constantOf(of);
  if (value !== undefined && value !== null) {
    const given = constantOf(weight);
    if (given === undefined && weight) return null;
    const weighted = weightedItems(value, given ?? null);
    if (texts) return tableOf(weighted, texts);
    if (draw.type.kind === 'float' && weighted.items.every(isNumber))
      return tableOf({ ...weighted, items: weighted.items.map(Number) }, null);
    return weighted.items.every((item) => typeof item === 'bigint') ? tableOf(weighted, null) : null;
  }
  const chosen = of && texts ? choice(of) : null;
  return chosen && texts && { size: texts.length, values: texts, prior: { kind: 'chosen', ...chosen } };
}

/** `lists[a][b]`: a constant, and the keys that choose from it. */
function choice(expr: Expr): { readonly base: Value; readonly keys: readonly Expr[] } | null {
  if (expr.op === 'constant') return { base: expr.value, keys: [] };
  if (expr.op !== 'index') return null;
  const inner = choice(expr.of);
  return inner && { base: inner.base, keys: [...inner.keys, expr.by] };
}

type Weighted = { readonly items: readonly Value[]; readonly weights: readonly number[] };

/** Equal items are one state. */
function tableOf(weighted: Weighted, texts: readonly string[] | null): TabularLaw {
  const values: readonly Value[] = texts ?? [...new Set(weighted.items)];
  return {
    size: values.length,
    values,
    prior: { kind: 'weights', weights: weightsOf(weighted, values) },
  };
}

export function weightsOf({ items, weights }: Weighted, values: readonly Value[]): readonly number[] {
  const states = new Map(values.map((value, state) => [value, state]));
  const sums = new Array<number>(values.length).fill(0);
  items.forEach((item, i) => {
    const state = states.get(item);
    if (state === undefined) throw new NotFinite(`${String(item)} is none of its values`);
    sums[state]! += weights[i]!;
  });
  return sums;
}

/** The map or list that keys lead to. */
export const chosen = (base: Value, keys: readonly Value[]): Value | undefined =>
  keys.reduce<Value | undefined>((of, key) => (of === undefined ? undefined : elementAt(of, key)), base);

/** A histogram of integers, cut to constant bounds: every integer of a bucket equally likely. */
function integers(draw: Draw): TabularLaw | null {
  const bounds = boundsOf(draw);
  if (bounds === null) return null;
  const buckets = draw.free.flatMap(({ label, weight }) => {
    const bucket = parseBucket(label);
    const value = constantOf(weight);
    if (typeof bucket === 'string' || value === undefined) return [];
    const from = bucket.lo;
    const to = bucket.halfOpen ? bucket.hi - 1 : bucket.hi;
    const each = Number(value) / (to - from + 1);
    return [{ lo: Math.max(from, bounds[0]), hi: Math.min(to, bounds[1]), each }];
  });
  if (buckets.length < draw.free.length) return null;
  const full = buckets.filter(({ lo, hi }) => lo <= hi);
  if (full.reduce((count, { lo, hi }) => count + hi - lo + 1, 0) > MOST_VALUES || full.length === 0)
    return null;
  const states = full.flatMap(({ lo, hi, each }) =>
    Array.from({ length: hi - lo + 1 }, (_, i) => ({ value: BigInt(lo + i), weight: each })),
  );
  states.sort((a, b) => Number(a.value - b.value));
  return {
    size: states.length,
    values: states.map(({ value }) => value),
    prior: { kind: 'weights', weights: states.map(({ weight }) => weight) },
  };
}

function boundsOf({ within }: Draw): readonly [number, number] | null {
  if (within === null) return [-Infinity, Infinity];
  const lo = constantOf(within.lo);
  const hi = constantOf(within.hi);
  if (lo === undefined || hi === undefined || lo === null || hi === null) return null;
  return [Math.ceil(Number(lo)), within.halfOpen ? Math.ceil(Number(hi)) - 1 : Math.floor(Number(hi))];
}
