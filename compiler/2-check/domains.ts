import { type Domain, MAX_SET } from '../../stdlib/domain.ts';
import { intRange } from '../../stdlib/functions/cast.ts';
import type { Type } from '../../stdlib/types.ts';
import { isList, isMap, type Value } from '../../stdlib/value.ts';

export type Interval = Extract<Domain, { kind: 'interval' }>;

export const ANY: Domain = { kind: 'any', nullable: true };

export const interval = (
  lo: number,
  hi: number,
  options: { integer?: boolean; loOpen?: boolean; hiOpen?: boolean; nullable?: boolean } = {},
): Interval => ({
  kind: 'interval',
  lo,
  hi,
  loOpen: options.loOpen ?? lo === -Infinity,
  hiOpen: options.hiOpen ?? hi === Infinity,
  integer: options.integer ?? false,
  nullable: options.nullable ?? false,
});

export const withNull = (domain: Domain, nullable: boolean): Domain =>
  domain.nullable === nullable ? domain : { ...domain, nullable };

/** Every value that the type can hold. */
export function domainOfType(type: Type, nullable = false): Domain {
  switch (type.kind) {
    case 'bool':
      return { kind: 'set', values: [false, true], nullable };
    case 'int': {
      // As doubles, ends of 64-bit types are rounded outwards by one.
      const [lo, hi] = intRange(type);
      return interval(Number(lo), Number(hi), { integer: true, nullable });
    }
    case 'float': {
      const most = type.bits === 32 ? FLOAT32_MAX : Number.MAX_VALUE;
      return interval(-most, most, { nullable });
    }
    case 'decimal': {
      const most = Number(`1e${type.precision - type.scale}`);
      return interval(-most, most, { loOpen: true, hiOpen: true, nullable });
    }
    case 'enum':
      return type.values.length <= MAX_SET
        ? { kind: 'set', values: type.values, nullable }
        : { kind: 'any', nullable };
    case 'date':
    case 'timestamp':
    case 'duration':
    case 'ref':
      return interval(-Infinity, Infinity, { integer: true, nullable });
    default:
      return { kind: 'any', nullable };
  }
}

export const FLOAT32_MAX = 3.4028234663852886e38;

export function domainOfValue(value: Value): Domain {
  if (value === null) return { kind: 'set', values: [], nullable: true };
  if (typeof value === 'bigint') return interval(Number(value), Number(value), { integer: true });
  if (typeof value === 'number') return interval(value, value, { integer: Number.isInteger(value) });
  if (typeof value === 'boolean' || typeof value === 'string')
    return { kind: 'set', values: [value], nullable: false };
  return { kind: 'any', nullable: false };
}

/** Of constants that one expression may take: of a list's items, a data column's values. */
export function domainOfValues(values: readonly Value[]): Domain {
  let lo = Infinity;
  let hi = -Infinity;
  let integer = true;
  let nullable = false;
  const set = new Set<string | boolean>();
  for (const value of values) {
    if (value === null) nullable = true;
    else if (typeof value === 'bigint' || typeof value === 'number') {
      lo = Math.min(lo, Number(value));
      hi = Math.max(hi, Number(value));
      integer &&= typeof value === 'bigint' || Number.isInteger(value);
    } else if (isList(value) || isMap(value)) return { kind: 'any', nullable };
    else set.add(value);
  }
  if (set.size === 0 && lo <= hi) return interval(lo, hi, { integer, nullable });
  return set.size <= MAX_SET
    ? { kind: 'set', values: [...set], nullable }
    : textOf([...set].map(String), nullable);
}

/** Numbers as an interval; null where the domain is not numeric. A set of booleans is none. */
export function numeric(domain: Domain): Interval | null {
  if (domain.kind === 'interval') return domain;
  if (domain.kind !== 'set' || domain.values.length === 0) return null;
  let lo = Infinity;
  let hi = -Infinity;
  let integer = true;
  for (const value of domain.values) {
    if (typeof value !== 'number') return null;
    lo = Math.min(lo, value);
    hi = Math.max(hi, value);
    integer &&= Number.isInteger(value);
  }
  return interval(lo, hi, { integer, nullable: domain.nullable });
}

export function isEmpty(domain: Domain): boolean {
  switch (domain.kind) {
    case 'interval': {
      if (domain.integer) {
        const [lo, hi] = integerEnds(domain);
        return lo > hi;
      }
      return domain.lo > domain.hi || (domain.lo === domain.hi && (domain.loOpen || domain.hiOpen));
    }
    case 'set':
      return domain.values.length === 0;
    case 'text':
      return domain.minLength > domain.maxLength;
    case 'any':
      return false;
  }
}

/** The least and the greatest integer of an interval. */
export function integerEnds(domain: Interval): readonly [number, number] {
  const lo = Math.ceil(domain.lo);
  const hi = Math.floor(domain.hi);
  return [domain.loOpen && lo === domain.lo ? lo + 1 : lo, domain.hiOpen && hi === domain.hi ? hi - 1 : hi];
}

function contains(domain: Interval, x: number): boolean {
  if (x < domain.lo || x > domain.hi) return false;
  return !(x === domain.lo && domain.loOpen) && !(x === domain.hi && domain.hiOpen);
}

export function union(a: Domain, b: Domain): Domain {
  const nullable = a.nullable || b.nullable;
  if (isEmpty(a)) return withNull(b, nullable);
  if (isEmpty(b)) return withNull(a, nullable);
  if (a.kind === 'set' && b.kind === 'set') {
    const values = [...new Set([...a.values, ...b.values])];
    if (values.length <= MAX_SET) return { kind: 'set', values, nullable };
  }
  const [x, y] = [numeric(a), numeric(b)];
  if (x && y) {
    return interval(Math.min(x.lo, y.lo), Math.max(x.hi, y.hi), {
      integer: x.integer && y.integer,
      loOpen: x.lo === y.lo ? x.loOpen && y.loOpen : x.lo < y.lo ? x.loOpen : y.loOpen,
      hiOpen: x.hi === y.hi ? x.hiOpen && y.hiOpen : x.hi > y.hi ? x.hiOpen : y.hiOpen,
      nullable,
    });
  }
  const [s, t] = [lengths(a), lengths(b)];
  if (s && t) {
    return {
      kind: 'text',
      minLength: Math.min(s.minLength, t.minLength),
      maxLength: Math.max(s.maxLength, t.maxLength),
      maxBytes: Math.max(s.maxBytes, t.maxBytes),
      nullable,
    };
  }
  return { kind: 'any', nullable };
}

/** Null stays possible only where both sides allow it. */
export function intersect(a: Domain, b: Domain): Domain {
  const nullable = a.nullable && b.nullable;
  if (a.kind === 'any') return withNull(b, nullable);
  if (b.kind === 'any') return withNull(a, nullable);
  if (a.kind === 'set' && b.kind === 'set') {
    const other = new Set(b.values);
    return { kind: 'set', values: a.values.filter((value) => other.has(value)), nullable };
  }
  if (a.kind === 'set' && b.kind === 'interval')
    return { kind: 'set', values: within(a.values, b), nullable };
  if (b.kind === 'set' && a.kind === 'interval')
    return { kind: 'set', values: within(b.values, a), nullable };
  if (a.kind === 'interval' && b.kind === 'interval') {
    return interval(Math.max(a.lo, b.lo), Math.min(a.hi, b.hi), {
      integer: a.integer || b.integer,
      loOpen: a.lo === b.lo ? a.loOpen || b.loOpen : a.lo > b.lo ? a.loOpen : b.loOpen,
      hiOpen: a.hi === b.hi ? a.hiOpen || b.hiOpen : a.hi < b.hi ? a.hiOpen : b.hiOpen,
      nullable,
    });
  }
  return withNull(a, nullable);
}

const within = (values: readonly (string | number | boolean)[], range: Interval) =>
  values.filter((value) => typeof value === 'number' && contains(range, value));

/** How many values the domain has; Infinity where they cannot be counted. */
export function count(domain: Domain): number {
  switch (domain.kind) {
    case 'set':
      return domain.values.length;
    case 'interval': {
      if (domain.lo === domain.hi) return 1;
      if (!domain.integer) return Infinity;
      const [lo, hi] = integerEnds(domain);
      return Math.max(0, hi - lo + 1);
    }
    case 'text':
    case 'any':
      return Infinity;
  }
}

export function textOf(values: readonly string[], nullable = false): Extract<Domain, { kind: 'text' }> {
  let minLength = Infinity;
  let maxLength = 0;
  let maxBytes = 0;
  for (const value of values) {
    let length = 0;
    let bytes = 0;
    for (const char of value) {
      const code = char.codePointAt(0) ?? 0;
      length++;
      bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    }
    minLength = Math.min(minLength, length);
    maxLength = Math.max(maxLength, length);
    maxBytes = Math.max(maxBytes, bytes);
  }
  return { kind: 'text', minLength: values.length === 0 ? 0 : minLength, maxLength, maxBytes, nullable };
}

/** Lengths of a text or of the texts of a set. */
export function lengths(domain: Domain): Extract<Domain, { kind: 'text' }> | null {
  if (domain.kind === 'text') return domain;
  if (domain.kind !== 'set' || domain.values.some((value) => typeof value !== 'string')) return null;
  return textOf(domain.values.map(String), domain.nullable);
}
