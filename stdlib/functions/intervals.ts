import type { ArgFacts } from '../define.ts';
import type { Domain } from '../domain.ts';

/** Interval arithmetic on domains. Ends are those of the values that the kernels compute, rounding included. */
export type Interval = Extract<Domain, { kind: 'interval' }>;

type Ends = {
  readonly lo: number;
  readonly hi: number;
  readonly loOpen?: boolean;
  readonly hiOpen?: boolean;
};

/** Infinite ends are open; integers are closed at integers. Integers beyond 2^53 are widened by what a double loses. */
export function interval(
  { lo, hi, loOpen = false, hiOpen = false }: Ends,
  integer: boolean,
  nullable: boolean,
): Interval {
  if (!integer)
    return {
      kind: 'interval',
      lo,
      hi,
      loOpen: loOpen || lo === -Infinity,
      hiOpen: hiOpen || hi === Infinity,
      integer,
      nullable,
    };
  const least = Math.ceil(lo);
  const most = Math.floor(hi);
  const closed = {
    lo: loOpen && least === lo ? least + 1 : least,
    hi: hiOpen && most === hi ? most - 1 : most,
  };
  return {
    kind: 'interval',
    lo: below(closed.lo),
    hi: above(closed.hi),
    loOpen: closed.lo === -Infinity,
    hiOpen: closed.hi === Infinity,
    integer,
    nullable,
  };
}

const EXACT = 2 ** 53;
const below = (x: number): number => (Math.abs(x) > EXACT ? x - Math.abs(x) * 2 ** -52 : x);
const above = (x: number): number => (Math.abs(x) > EXACT ? x + Math.abs(x) * 2 ** -52 : x);

export const anyInteger = (nullable: boolean): Interval =>
  interval({ lo: -Infinity, hi: Infinity }, true, nullable);
export const anyReal = (nullable: boolean): Interval =>
  interval({ lo: -Infinity, hi: Infinity }, false, nullable);

export const nullableOf = (args: readonly ArgFacts[]): boolean => args.some((arg) => arg.domain.nullable);

/** What is known of a number; every number of its type where nothing is. */
export function numeric({ type, domain }: ArgFacts): Interval {
  if (domain.kind === 'interval') return domain;
  const { nullable } = domain;
  if (domain.kind === 'set') {
    const numbers = domain.values.filter((value) => typeof value === 'number');
    if (numbers.length > 0 && numbers.length === domain.values.length) {
      const ends = { lo: Math.min(...numbers), hi: Math.max(...numbers) };
      return interval(ends, numbers.every(Number.isInteger), nullable);
    }
  }
  return type.kind === 'float' || type.kind === 'decimal' ? anyReal(nullable) : anyInteger(nullable);
}

export const isKnown = ({ domain }: ArgFacts): boolean => domain.kind === 'interval' || domain.kind === 'set';

export const contains = ({ lo, hi, loOpen, hiOpen }: Interval, x: number): boolean =>
  (loOpen ? x > lo : x >= lo) && (hiOpen ? x < hi : x <= hi);

/** 0 · ∞ is 0 here: an infinite end is only approached. */
const product = (x: number, y: number): number => (x === 0 || y === 0 ? 0 : x * y);

export function add(a: Interval, b: Interval, nullable: boolean): Interval {
  // A sum of doubles is 0 only where they are exactly opposite, so an open end at 0 stays open. Others may be rounded to.
  const lo = a.lo + b.lo;
  const hi = a.hi + b.hi;
  const ends = {
    lo,
    hi,
    loOpen: lo === 0 && (a.loOpen || b.loOpen),
    hiOpen: hi === 0 && (a.hiOpen || b.hiOpen),
  };
  return interval(ends, a.integer && b.integer, nullable);
}

export const negate = (a: Interval, nullable = a.nullable): Interval => ({
  kind: 'interval',
  lo: 0 - a.hi,
  hi: 0 - a.lo,
  loOpen: a.hiOpen,
  hiOpen: a.loOpen,
  integer: a.integer,
  nullable,
});

export function multiply(a: Interval, b: Interval, nullable: boolean): Interval {
  const corners = [product(a.lo, b.lo), product(a.lo, b.hi), product(a.hi, b.lo), product(a.hi, b.hi)];
  const lo = Math.min(...corners);
  const hi = Math.max(...corners);
  // Nothing underflows to 0 when neither factor is 0 and one of them is at least 1 in size.
  const nonzero = !contains(a, 0) && !contains(b, 0) && (away(a) >= 1 || away(b) >= 1);
  const ends = { lo, hi, loOpen: lo === 0 && nonzero, hiOpen: hi === 0 && nonzero };
  return interval(ends, a.integer && b.integer, nullable);
}

/** The least size of the interval's values. */
const away = ({ lo, hi }: Interval): number => (lo > 0 ? lo : hi < 0 ? -hi : 0);

/** The parts of a divisor that are not 0. For reals that come near 0, the part ends there, open. */
function parts(b: Interval): readonly Interval[] {
  const step = b.integer ? { at: 1, open: false } : { at: 0, open: true };
  const positive: Interval = { ...b, ...(b.lo <= 0 ? { lo: step.at, loOpen: step.open } : {}) };
  const negative: Interval = { ...b, ...(b.hi >= 0 ? { hi: -step.at, hiOpen: step.open } : {}) };
  return [positive, negative].filter(
    (part) => part.lo < part.hi || (part.lo === part.hi && !part.loOpen && !part.hiOpen),
  );
}

export function hull(all: readonly Interval[], nullable: boolean, integer: boolean): Interval {
  if (all.length === 0) return interval({ lo: -Infinity, hi: Infinity }, integer, nullable);
  const lo = Math.min(...all.map((each) => each.lo));
  const hi = Math.max(...all.map((each) => each.hi));
  const loOpen = all.every((each) => each.lo > lo || each.loOpen);
  const hiOpen = all.every((each) => each.hi < hi || each.hiOpen);
  return { kind: 'interval', lo, hi, loOpen, hiOpen, integer, nullable };
}

export function divide(a: Interval, b: Interval, nullable: boolean): Interval {
  const quotients = parts(b).map((part) => {
    const corners = [a.lo, a.hi].flatMap((x) => [quotient(x, part.lo, part), quotient(x, part.hi, part)]);
    const lo = Math.min(...corners);
    const hi = Math.max(...corners);
    const nonzero = !contains(a, 0) && Math.max(Math.abs(part.lo), Math.abs(part.hi)) <= 1;
    return interval({ lo, hi, loOpen: lo === 0 && nonzero, hiOpen: hi === 0 && nonzero }, false, nullable);
  });
  return hull(quotients, nullable, false);
}

/** x / y at an end of a divisor's part; beside 0 it is as large as the part's sign allows. */
function quotient(x: number, y: number, part: Interval): number {
  if (x === 0) return 0;
  if (y === 0) return part.hi > 0 === x > 0 ? Infinity : -Infinity;
  if (Math.abs(y) === Infinity)
    return Math.abs(x) === Infinity ? (y > 0 === x > 0 ? Infinity : -Infinity) : 0;
  return x / y;
}

export function floorDivide(a: Interval, b: Interval, nullable: boolean): Interval {
  const real = divide(a, b, nullable);
  // An integer quotient computed in doubles may be rounded up to the next integer.
  const slack = (x: number) => (Math.abs(x) > EXACT / 2 ? Math.abs(x) * 2 ** -50 : 0);
  // The least negative quotient floors to −1, also where a double has no room for it.
  const negative = (a.lo < 0 && b.hi > 0) || (a.hi > 0 && b.lo < 0);
  const lo = Math.min(Math.floor(real.lo - slack(real.lo)), negative ? -1 : Infinity);
  return interval({ lo, hi: Math.floor(real.hi + slack(real.hi)) }, true, nullable);
}

export function modulo(a: Interval, b: Interval, nullable: boolean): Interval {
  const integer = a.integer && b.integer;
  const all = parts(b).map((part) => {
    const size = Math.max(Math.abs(part.lo), Math.abs(part.hi));
    const least = Math.min(Math.abs(part.lo), Math.abs(part.hi));
    // What is smaller than every divisor, and of its sign, is its own remainder.
    if (part.lo >= 0 && a.lo >= 0 && a.hi < least) return a;
    if (part.hi <= 0 && a.hi <= 0 && a.lo > -least) return a;
    const most = integer ? size - 1 : size;
    const ends =
      part.hi > 0
        ? { lo: 0, hi: a.lo >= 0 ? Math.min(most, a.hi) : most }
        : { lo: a.hi <= 0 ? Math.max(-most, a.lo) : -most, hi: 0 };
    return interval(ends, integer, nullable);
  });
  return { ...hull(all, nullable, integer), nullable };
}

export function absolute(a: Interval, nullable = a.nullable): Interval {
  if (a.lo >= 0) return { ...a, nullable };
  if (a.hi <= 0) return negate(a, nullable);
  const [far, open] =
    -a.lo > a.hi ? [-a.lo, a.loOpen] : a.hi > -a.lo ? [a.hi, a.hiOpen] : [a.hi, a.loOpen && a.hiOpen];
  return interval({ lo: 0, hi: far, hiOpen: open }, a.integer, nullable);
}

export const least = (a: Interval, b: Interval, nullable: boolean): Interval =>
  negate(greatest(negate(a), negate(b), nullable), nullable);

export function greatest(a: Interval, b: Interval, nullable: boolean): Interval {
  const loOpen = a.lo === b.lo ? a.loOpen || b.loOpen : a.lo > b.lo ? a.loOpen : b.loOpen;
  const hiOpen = a.hi === b.hi ? a.hiOpen && b.hiOpen : a.hi > b.hi ? a.hiOpen : b.hiOpen;
  const ends = { lo: Math.max(a.lo, b.lo), hi: Math.max(a.hi, b.hi), loOpen, hiOpen };
  return { kind: 'interval', ...ends, integer: a.integer && b.integer, nullable };
}

/**
 * Of a function that does not decrease, computed here by the host and there by the kernels: the ends are widened by more
 * than both may err, except where the value is exact.
 */
export function monotone(
  a: Interval,
  f: (x: number) => number,
  exact: (x: number) => boolean,
  floor: number,
): Interval {
  const end = (x: number, outward: number) => {
    const y = f(x);
    return exact(x) || !Number.isFinite(y)
      ? y
      : y + outward * Math.max(Math.abs(y) * 1e-13, Number.MIN_VALUE);
  };
  const lo = Math.max(end(a.lo, -1), floor);
  return interval({ lo, hi: end(a.hi, 1) }, false, a.nullable);
}

/** x^y. Over a box of positive bases the extremes are at its corners; 1^y and x^0 are exact. */
export function power(a: Interval, b: Interval, integer: boolean, nullable: boolean): Interval {
  if (a.lo < 0) {
    const odd = b.lo === b.hi && Number.isInteger(b.lo) && b.lo > 0 ? b.lo % 2 : null;
    const size = power(absolute(a), b, integer, nullable);
    // Of integer exponents the sign may be either; of others the power may not exist.
    if (odd === null)
      return b.integer
        ? interval({ lo: -size.hi, hi: size.hi }, integer, nullable)
        : { ...anyReal(nullable), integer };
    if (odd === 0) return size;
    const lo = 0 - corner(-a.lo, b.lo, 1, integer);
    return interval({ lo, hi: a.hi > 0 ? corner(a.hi, b.lo, 1, integer) : 0 }, integer, nullable);
  }
  const bases = a.lo < 1 && a.hi > 1 ? [a.lo, 1, a.hi] : [a.lo, a.hi];
  const exponents = b.lo < 0 && b.hi > 0 ? [b.lo, 0, b.hi] : [b.lo, b.hi];
  const at = (outward: number) => bases.flatMap((x) => exponents.map((y) => corner(x, y, outward, integer)));
  const lo = Math.max(0, Math.min(...at(-1)));
  return interval({ lo, hi: Math.max(...at(1)) }, integer, nullable);
}

function corner(x: number, y: number, outward: number, integer: boolean): number {
  if (y === 0 || x === 1) return 1;
  if (Math.abs(y) === Infinity) return x > 1 === y > 0 ? Infinity : 0;
  const value = x ** y;
  if (integer && Math.abs(value) <= EXACT) return value;
  return Number.isFinite(value) ? value * (1 + outward * 1e-13) : value;
}

export const isBounded = ({ lo, hi }: Interval): boolean => Number.isFinite(lo) && Number.isFinite(hi);

/** Whether known bounds leave what 64 bits hold. (An end at infinity is that of a law's tail, not a bound.) */
export const overflows = ({ lo, hi }: Interval): boolean =>
  (Number.isFinite(hi) && hi >= 2 ** 63) || (Number.isFinite(lo) && lo <= -(2 ** 63));
