import type { Domain } from '../../stdlib/domain.ts';
import { ERROR, type Type } from '../../stdlib/types.ts';
import type { Value } from '../../stdlib/value.ts';
import { ANY, domainOfValue } from './domains.ts';

/** What the checker found out about an expression. */
export type Known = {
  readonly type: Type;
  /** Sound: never too narrow. */
  readonly domain: Domain;
  /** The domain but for tails of laws that are reached with probability below {@link NEGLIGIBLE} a row. */
  readonly likely: Domain;
  /** Set where the expression is a constant. */
  readonly value: Value | undefined;
  /** A constant chosen by the row: `language_of[region]` is one of these. */
  readonly cases: readonly Value[] | undefined;
  /** The draws that it depends on, with the number of values of each. */
  readonly roots: ReadonlyMap<string, number>;
  /** The ends of `likely` are attained: one draw reaches them, unlike bounds on several columns. */
  readonly attained: boolean;
};

/** A fault below this probability a row is none. */
export const NEGLIGIBLE = 1e-12;

const NO_ROOTS: ReadonlyMap<string, number> = new Map();

export const FAULTY: Known = {
  type: ERROR,
  domain: ANY,
  likely: ANY,
  value: undefined,
  cases: undefined,
  roots: NO_ROOTS,
  attained: false,
};

export const constant = (type: Type, value: Value, domain: Domain = domainOfValue(value)): Known => ({
  type,
  domain,
  likely: domain,
  value,
  cases: undefined,
  roots: NO_ROOTS,
  attained: true,
});

/** Without a value: bounded by its domain only. */
export const bounded = (type: Type, domain: Domain, roots: Known['roots'] = NO_ROOTS): Known => ({
  type,
  domain,
  likely: domain,
  value: undefined,
  cases: undefined,
  roots,
  attained: true,
});

export const isFaulty = (known: Known): boolean => known.type.kind === 'error';

const MOST_ROOTS = 64;

export function mergeRoots(parts: readonly Known[]): Known['roots'] {
  const [first, ...others] = parts.filter((part) => part.roots.size > 0);
  if (first === undefined) return NO_ROOTS;
  if (others.every((part) => part.roots === first.roots)) return first.roots;
  const merged = new Map(first.roots);
  for (const part of others) for (const [root, count] of part.roots) merged.set(root, count);
  return merged.size > MOST_ROOTS
    ? new Map([...merged].slice(0, MOST_ROOTS - 1).concat([['…', Infinity]]))
    : merged;
}

/** At most so many values: combinations of the draws that it depends on. */
export function combinations(known: Known): number {
  let product = 1;
  for (const count of known.roots.values()) product *= count;
  return product;
}

/** A root that marks what sees the holes of a column: it goes wherever the value goes. */
export const holeOf = (path: string): string => `hole of ${path}`;

/** The column whose holes the expression sees, through other columns too; null where it sees none. */
export function holeIn(known: Known): string | null {
  for (const root of known.roots.keys()) {
    const at = root.indexOf(holeOf(''));
    if (at >= 0) return root.slice(at + holeOf('').length);
  }
  return null;
}
