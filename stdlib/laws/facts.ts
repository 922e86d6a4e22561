import type { ArgFacts } from '../define.ts';
import { type Domain, MAX_SET } from '../domain.ts';
import type { Type } from '../types.ts';
import { isList, isMap, type Value } from '../value.ts';

/** What laws say of their arguments and supports. */
export type Facts = ReadonlyMap<string, ArgFacts>;

export function interval(
  lo: number,
  hi: number,
  {
    loOpen = false,
    hiOpen = false,
    integer = false,
  }: { loOpen?: boolean; hiOpen?: boolean; integer?: boolean } = {},
): Domain {
  return {
    kind: 'interval',
    lo,
    hi,
    loOpen: loOpen || lo === -Infinity,
    hiOpen: hiOpen || hi === Infinity,
    integer,
    nullable: false,
  };
}

/** Bounds on a numeric argument. */
export function boundsOf(fact: ArgFacts | undefined): { readonly lo: number; readonly hi: number } {
  if (fact === undefined) return { lo: -Infinity, hi: Infinity };
  const { value, domain } = fact;
  if (typeof value === 'number' || typeof value === 'bigint') return { lo: Number(value), hi: Number(value) };
  if (domain.kind === 'interval') return { lo: domain.lo, hi: domain.hi };
  if (domain.kind === 'set') {
    const numbers = domain.values.filter((item) => typeof item === 'number');
    if (numbers.length === domain.values.length && numbers.length > 0)
      return { lo: Math.min(...numbers), hi: Math.max(...numbers) };
  }
  return { lo: -Infinity, hi: Infinity };
}

/** The texts of an enum, where there are not too many. */
export function textsDomain(values: readonly string[]): Domain {
  return values.length <= MAX_SET
    ? { kind: 'set', values, nullable: false }
    : { kind: 'any', nullable: false };
}

/** The numbers themselves; an interval where they are too many, or integers too great for a `number` to tell apart. */
export function numbersDomain(numbers: readonly number[]): Domain {
  const values = [...new Set(numbers)].sort((a, b) => a - b);
  const exact = values.every((value) => !Number.isInteger(value) || Number.isSafeInteger(value));
  if (values.length <= MAX_SET && exact) return { kind: 'set', values, nullable: false };
  return interval(values[0]!, values.at(-1)!, { integer: values.every(Number.isInteger) });
}

/** The free keys, by label in the order of writing; null where a map or list stands in their place. */
export function freeKeys(args: Facts): ReadonlyMap<string, ArgFacts> | null {
  const free = [...args].filter(([, fact]) => NUMERIC.has(fact.type.kind));
  return free.length === args.size && free.length > 0 ? new Map(free) : null;
}
const NUMERIC: ReadonlySet<Type['kind']> = new Set(['int', 'float', 'decimal']);

/** Why these weights are none, or null. */
export function weightFault(weights: readonly (Value | undefined)[], positive = 1): string | null {
  const numbers = weights.map((weight) =>
    typeof weight === 'number' || typeof weight === 'bigint' ? Number(weight) : null,
  );
  if (numbers.includes(null)) return 'a weight must be a constant number';
  if (numbers.some((weight) => weight === null || !(weight >= 0 && weight < Infinity)))
    return 'a weight must not be negative';
  const found = numbers.filter((weight) => weight !== null && weight > 0).length;
  if (found === 0) return 'at least one weight must be above zero';
  if (found < positive) return `${positive} are to be chosen, but only ${found} have a weight above zero`;
  return null;
}

/** Why a constant list (with weights, where it has any) cannot be drawn from, or null. */
export function listFault(list: Value | undefined, weights?: Value): string | null {
  if (list === undefined || list === null || !isList(list)) return null;
  if (list.length === 0) return 'there is nothing to draw from an empty list';
  if (list.includes(null)) return 'an item of the list is null';
  const several = weights !== undefined && weights !== null && isList(weights);
  return several && weights.length !== list.length ? 'there must be one weight an item' : null;
}

/** The constant that a law draws from, or each of those that another column chooses among. */
export const choicesOf = (fact: ArgFacts | undefined): readonly Value[] =>
  (fact?.value === undefined ? (fact?.cases ?? []) : [fact.value]).filter((value) => value !== null);

/** The first fault of those, or null. */
export function firstFault(values: readonly Value[], fault: (value: Value) => string | null): string | null {
  for (const value of values) {
    const found = fault(value);
    if (found !== null) return found;
  }
  return null;
}

/** Why one item of these lists or maps of weights cannot be drawn, or null. */
export function itemsFault(items: ArgFacts | undefined, weight: ArgFacts | undefined): string | null {
  const weights = weight?.value ?? null;
  const fault = firstFault(choicesOf(items), (value) =>
    isMap(value) ? weightFault([...value.map.values()]) : listFault(value, weights),
  );
  return fault ?? (isList(weights) ? weightFault(weights) : null);
}

/** The distinct texts that a list, a map of weights, or a choice of such holds; why not, where it holds others. */
export function textsOf(fact: ArgFacts): readonly string[] | string {
  const { type, value, cases } = fact;
  if (type.kind === 'map') return type.keys;
  if (type.kind === 'list' && type.of.kind === 'enum' && (value ?? cases) !== undefined)
    return type.of.values;
  if (value !== undefined && isMap(value)) return [...value.map.keys()];
  if (value !== undefined && isList(value)) {
    const texts = value.filter((item) => typeof item === 'string');
    if (texts.length < value.length) return 'only texts can be categories';
    return [...new Set(texts)];
  }
  return 'a constant list or a map of weights is needed here';
}
