import type { Cell, Column, Env, Family, LineSpec } from './line-spec.ts';

/**
 * Slow and obvious: every combination of finite values and of pieces of the line between the half integers, at which alone
 * the random specs' conditions change. Cumulative probabilities are this file's own.
 */
export type Reference = {
  /** By the values of finite columns, and pieces of the others. */
  readonly joint: ReadonlyMap<string, number>;
  readonly acceptance: number;
};

/** Conditions change nowhere else, and nowhere beyond the ends. */
const EDGES = [-Infinity, ...Array.from({ length: 33 }, (_, i) => -3 + i / 2), Infinity];
const WHOLE = Array.from({ length: 90 }, (_, i) => i - 30);

type Piece = { readonly value: number; readonly p: number };

export function referenceOf({ columns, constraints }: LineSpec): Reference | null {
  const rows = columns.reduce<readonly (readonly [Env, number])[]>(
    (before, column) =>
      before.flatMap(([env, p]) =>
        lawOf(column, env)
          .filter(([, q]) => q > 0)
          .map(([value, q]) => [new Map([...env, [column.name, value]]), p * q] as const),
      ),
    [[new Map(), 1]],
  );
  const accepted = rows.filter(([env]) => constraints.every(({ holds }) => holds(env) !== false));
  const acceptance = accepted.reduce((sum, [, p]) => sum + p, 0);
  if (acceptance === 0) return null;
  const joint = new Map<string, number>();
  for (const [env, p] of accepted) {
    const key = keyOf(columns, env);
    joint.set(key, (joint.get(key) ?? 0) + p / acceptance);
  }
  return { joint, acceptance };
}

/** Rows with the same key are in the same piece of every column. */
export const keyOf = (columns: readonly Column[], env: Env): string =>
  columns
    .map((column) => {
      const value = env.get(column.name);
      return column.kind === 'line' ? String(pieceOf(column, Number(value))) : String(value);
    })
    .join(' ');

const isWhole = ({ rounded, text }: Extract<Column, { kind: 'line' }>): boolean =>
  rounded || text.startsWith('~poisson');

const pieceOf = (column: Extract<Column, { kind: 'line' }>, x: number): number =>
  isWhole(column) ? x : EDGES.findLastIndex((edge) => edge <= x);

function lawOf(column: Column, env: Env): readonly (readonly [Cell, number])[] {
  if (column.kind !== 'line') return column.law(env);
  const { family, within } = column.law(env);
  const pieces = isWhole(column) ? wholePieces(family, within, column.rounded) : realPieces(family, within);
  const total = pieces.reduce((sum, { p }) => sum + p, 0);
  return pieces.map(({ value, p }) => [value, p / total] as const);
}

function realPieces(family: Family, [least, most]: readonly [number, number]): readonly Piece[] {
  return EDGES.slice(0, -1).map((edge, i) => {
    const [lo, hi] = [Math.max(edge, least), Math.min(EDGES[i + 1]!, most)];
    const value = Number.isFinite(edge) ? edge + 0.25 : EDGES[1]! - 1;
    return { value, p: lo < hi ? between(family, lo, hi) : 0 };
  });
}

function wholePieces(
  family: Family,
  [least, most]: readonly [number, number],
  rounded: boolean,
): readonly Piece[] {
  return WHOLE.map((value) => {
    if (!rounded) return { value, p: value >= least && value <= most ? pmf(family, value) : 0 };
    const [lo, hi] = [Math.max(value - 0.5, least), Math.min(value + 0.5, most)];
    return { value, p: lo < hi ? between(family, lo, hi) : 0 };
  });
}

function pmf(family: Family, k: number): number {
  let p = Math.exp(-family.p[0]!);
  for (let i = 1; i <= k; i++) p *= family.p[0]! / i;
  return k >= 0 ? p : 0;
}

/** P(lo < x < hi). */
function between(family: Family, lo: number, hi: number): number {
  switch (family.name) {
    case 'uniform': {
      const [a, b] = family.p;
      return Math.max(0, Math.min(hi, b) - Math.max(lo, a)) / (b - a);
    }
    case 'exponential': {
      const above = (x: number): number => Math.exp(-family.p[0] * Math.max(x, 0));
      return above(lo) - above(hi);
    }
    case 'normal': {
      const [mu, sigma] = family.p;
      const [a, b] = [(lo - mu) / sigma, (hi - mu) / sigma];
      return a > 0 ? upper(a) - upper(b) : b < 0 ? upper(-b) - upper(-a) : 1 - upper(-a) - upper(b);
    }
    case 'poisson':
      throw new Error('whole numbers have no pieces');
  }
}

/** P(z > x) of the standard normal law, x ≥ 0: a series in the middle, a continued fraction in the tail. */
function upper(x: number): number {
  if (x > 38) return 0;
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x > 3) {
    let fraction = 0;
    for (let k = 200; k > 0; k--) fraction = k / (x + fraction);
    return density / (x + fraction);
  }
  let term = x;
  let sum = x;
  for (let k = 1; k < 100; k++) {
    term *= (x * x) / (2 * k + 1);
    sum += term;
  }
  return 0.5 - density * sum;
}

/** Where a value lies in its piece, as a probability: uniform on (0, 1), whatever the conditions. */
export function placeOf(column: Extract<Column, { kind: 'line' }>, env: Env): number | null {
  const x = Number(env.get(column.name));
  const { family, within } = column.law(env);
  if (isWhole(column)) return null;
  const i = pieceOf(column, x);
  const [lo, hi] = [Math.max(EDGES[i]!, within[0]), Math.min(EDGES[i + 1]!, within[1])];
  return between(family, lo, x) / between(family, lo, hi);
}
