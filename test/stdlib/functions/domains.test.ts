import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fits } from '../../../compiler/3-plan/overload.ts';
import type { Arg, ArgFacts, FunctionDefinition } from '../../../stdlib/define.ts';
import type { Domain } from '../../../stdlib/domain.ts';
import { functions } from '../../../stdlib/functions/index.ts';
import { type SlotKind, slotOf, type Type } from '../../../stdlib/types.ts';
import type { Value } from '../../../stdlib/value.ts';
import { harness } from '../harness.ts';

/**
 * A domain is sound when no value of a function lies outside it, whatever values of the arguments' domains it is given.
 * Ends are drawn among those that matter (0, 1, 2^53, tiny, huge), open or closed, values near and between them.
 */
type Interval = Extract<Domain, { kind: 'interval' }>;
type Given = {
  readonly type: Type;
  readonly domain: Domain;
  readonly values: readonly (number | bigint | boolean)[];
};

const ROWS = 24;
const INT: Type = { kind: 'int', bits: 64, signed: true };
const REAL: Type = { kind: 'float', bits: 64 };

const below = (x: number): number => -above(-x);
/** The next double upwards. */
function above(x: number): number {
  if (x === 0) return Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  view.setBigInt64(0, view.getBigInt64(0) + (x > 0 ? 1n : -1n));
  return view.getFloat64(0);
}

const realEnd = fc.oneof(
  fc.constantFrom(0, 1, -1, 0.5, 2, 1e-300, -1e-300, 5e-324, 1e150, -1e150, 1e300, 709, 2 ** 53),
  fc.double({ min: -1000, max: 1000, noNaN: true }),
);
const realInterval: fc.Arbitrary<Given> = fc
  .tuple(
    realEnd,
    realEnd,
    fc.boolean(),
    fc.boolean(),
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: ROWS, maxLength: ROWS }),
  )
  .filter(([a, b, loOpen, hiOpen]) => a !== b || (!loOpen && !hiOpen))
  .map(([a, b, loOpen, hiOpen, positions]) => {
    const [lo, hi] = [Math.min(a, b), Math.max(a, b)];
    const [least, most] = [loOpen ? above(lo) : lo, hiOpen ? below(hi) : hi];
    const values = positions.map((u, i) => {
      if (least > most) return lo;
      if (i === 0) return least;
      if (i === 1) return most;
      const x = lo + (hi - lo) * u;
      return Math.min(most, Math.max(least, x));
    });
    return {
      type: REAL,
      values,
      domain: { kind: 'interval', lo, hi, loOpen, hiOpen, integer: false, nullable: false } as const,
    };
  })
  .filter(({ domain, values }) =>
    values.every(
      (x) =>
        (domain.loOpen ? x > domain.lo : x >= domain.lo) && (domain.hiOpen ? x < domain.hi : x <= domain.hi),
    ),
  );

const integerEnd = fc.oneof(
  fc.constantFrom(0n, 1n, -1n, 2n, 10n, 63n, 2n ** 31n, 2n ** 53n, -(2n ** 62n), 2n ** 62n),
  fc.bigInt({ min: -100n, max: 100n }),
);
const integerInterval: fc.Arbitrary<Given> = fc
  .tuple(
    integerEnd,
    integerEnd,
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: ROWS, maxLength: ROWS }),
  )
  .map(([a, b, positions]) => {
    const [lo, hi] = a < b ? [a, b] : [b, a];
    const span = hi - lo;
    const values = positions.map((u, i) =>
      i === 0 ? lo : i === 1 ? hi : lo + (BigInt(Math.floor(u * 2 ** 40)) * span) / 2n ** 40n,
    );
    const domain: Interval = {
      kind: 'interval',
      lo: Number(lo),
      hi: Number(hi),
      loOpen: false,
      hiOpen: false,
      integer: true,
      nullable: false,
    };
    return { type: INT, values, domain };
  });

const truth: fc.Arbitrary<Given> = fc
  .constantFrom<readonly boolean[]>([true], [false], [false, true])
  .map((values) => ({
    type: { kind: 'bool' },
    domain: { kind: 'set', values, nullable: false },
    values: Array.from({ length: ROWS }, (_, i) => values[i % values.length]!),
  }));

function contains(domain: Domain, value: Value): boolean {
  if (domain.kind === 'any') return true;
  const x = typeof value === 'bigint' ? Number(value) : value;
  if (domain.kind === 'set') return domain.values.some((each) => each === x);
  if (domain.kind !== 'interval' || typeof x !== 'number') return false;
  if (domain.integer && !Number.isInteger(x)) return false;
  return (domain.loOpen ? x > domain.lo : x >= domain.lo) && (domain.hiOpen ? x < domain.hi : x <= domain.hi);
}

const POISON: ReadonlySet<Value> = new Set<Value>([-(2n ** 63n), 'poison']);
const isFault = (value: Value): boolean =>
  POISON.has(value) || (typeof value === 'number' && Number.isNaN(value));

/** What the kernels compute, and the domain that the function states. */
function results(
  fn: FunctionDefinition,
  args: readonly Given[],
): { readonly values: readonly Value[]; readonly domain: Domain } {
  const types = args.map(({ type }) => type);
  const overload = fn.overloads.find(
    ({ params, variadic }) =>
      (variadic || params.length === types.length) &&
      types.every((type, i) => fits(type, params[Math.min(i, params.length - 1)]!.type)),
  );
  if (typeof overload?.lower !== 'function') throw new Error(fn.name);
  const h = harness({ rows: ROWS });
  const facts: readonly ArgFacts[] = args.map(({ type, domain }) => ({ type, domain, value: undefined }));
  const result = typeof overload.result === 'function' ? overload.result(facts) : overload.result;
  if (typeof result === 'string') throw new Error(result);
  const slots = args.map(
    ({ type, domain, values }): Arg => ({
      kind: 'slot',
      type,
      domain,
      slot: h.column(slotOf(type) as SlotKind, values),
    }),
  );
  return { values: h.values(overload.lower(h.b, slots, result).slot), domain: fn.domain(facts, result) };
}

/** Values that lie outside that domain. */
function unsound(fn: FunctionDefinition, args: readonly Given[]): readonly string[] {
  const { values, domain } = results(fn, args);
  return values.flatMap((value, i) => {
    if (isFault(value) || contains(domain, value)) return [];
    return [
      `${fn.name}(${args.map((given) => given.values[i]).join(', ')}) = ${value}, not in ${JSON.stringify(domain)}`,
    ];
  });
}

const number = fc.oneof(realInterval, integerInterval);
const BINARY = [
  'add',
  'sub',
  'mul',
  'div',
  'floordiv',
  'mod',
  'pow',
  'min',
  'max',
  'eq',
  'ne',
  'lt',
  'le',
  'gt',
  'ge',
];
const UNARY = ['neg', 'abs', 'floor', 'ceil', 'round', 'exp', 'log', 'sqrt'];

describe('domains hold every value that the kernels compute', () => {
  const check = (name: string, ...args: readonly fc.Arbitrary<Given>[]) =>
    fc.assert(
      fc.property(fc.tuple(...args), (given) => {
        expect(unsound(functions.get(name)!, given)).toEqual([]);
      }),
      { seed: 31, numRuns: 250 },
    );
  test.each(BINARY)('%s', (name) => check(name, number, number));
  test.each(UNARY)('%s', (name) => check(name, number));
  test.each(['and', 'or', 'implies'])('%s', (name) => check(name, truth, truth));
  test('not', () => check('not', truth));
});

describe('what is not announced as a fault of integers does not happen', () => {
  test.each(['add', 'sub', 'mul', 'floordiv', 'mod', 'pow'])('%s', (name) => {
    const fn = functions.get(name)!;
    fc.assert(
      fc.property(integerInterval, integerInterval, (...given) => {
        const facts = given.map(({ type, domain }) => ({ type, domain, value: undefined }));
        // A negative exponent makes a real.
        if (fn.fault?.(facts) || (name === 'pow' && given[1].values.some((exponent) => Number(exponent) < 0)))
          return;
        expect(results(fn, given).values.filter(isFault)).toEqual([]);
      }),
      { seed: 32, numRuns: 250 },
    );
  });
});

describe('domains are no wider than they must be', () => {
  const domain = (name: string, ...args: readonly Partial<Interval>[]) => {
    const facts = args.map(
      (arg): ArgFacts => ({
        type: arg.integer ? INT : REAL,
        value: undefined,
        domain: {
          kind: 'interval',
          lo: -Infinity,
          hi: Infinity,
          loOpen: false,
          hiOpen: false,
          integer: false,
          nullable: false,
          ...arg,
        },
      }),
    );
    return functions
      .get(name)!
      .domain(facts, facts.every(({ type }) => type.kind === 'int') && name !== 'div' ? INT : REAL);
  };
  test('a power of a rank is in (0, 1]', () => {
    const found = domain('pow', { lo: 1, hi: 1e8, integer: true }, { lo: -1.5, hi: -1.5 });
    expect(found).toMatchObject({ hi: 1 });
    expect(found).toHaveProperty('lo', expect.closeTo(1e-12, 14));
  });
  test('1 − u with u in (0, 1) is not 0', () =>
    expect(domain('sub', { lo: 1, hi: 1 }, { lo: 0, hi: 1, loOpen: true, hiOpen: true })).toMatchObject({
      lo: 0,
      loOpen: true,
      hi: 1,
    }));
  test('a positive number times a share of it is positive', () =>
    expect(
      domain('mul', { lo: 3, hi: 360, integer: true }, { lo: 0, hi: 1, loOpen: true, hiOpen: true }),
    ).toMatchObject({ lo: 0, loOpen: true, hi: 360 }));
  test('integers stay integers', () =>
    expect(domain('mul', { lo: -2, hi: 3, integer: true }, { lo: 5, hi: 7, integer: true })).toMatchObject({
      lo: -14,
      hi: 21,
      integer: true,
    }));
  test('floor of [13, 96) is 13 … 95', () =>
    expect(domain('floor', { lo: 13, hi: 96, hiOpen: true })).toMatchObject({
      lo: 13,
      hi: 95,
      integer: true,
    }));
  test('a remainder by 7 is 0 … 6', () =>
    expect(domain('mod', { lo: 0, hi: 1e6, integer: true }, { lo: 7, hi: 7, integer: true })).toMatchObject({
      lo: 0,
      hi: 6,
    }));
  test('the log of something above 0 may be anything up to its end', () =>
    expect(domain('log', { lo: 0, hi: 1, loOpen: true })).toMatchObject({ lo: -Infinity, hi: 0 }));
});

describe('faults are announced', () => {
  const fault = (name: string, ...domains: readonly Partial<Interval>[]) =>
    functions.get(name)!.fault?.(
      domains.map((arg) => ({
        type: arg.integer ? INT : REAL,
        value: undefined,
        domain: {
          kind: 'interval',
          lo: -Infinity,
          hi: Infinity,
          loOpen: false,
          hiOpen: false,
          integer: false,
          nullable: false,
          ...arg,
        },
      })),
    )?.reason ?? null;
  test.each<[string, readonly Partial<Interval>[], string | null]>([
    [
      'div',
      [
        { lo: 1, hi: 2 },
        { lo: 0, hi: 3, integer: true },
      ],
      'the divisor may be 0',
    ],
    [
      'div',
      [
        { lo: 1, hi: 2 },
        { lo: 1, hi: 3, integer: true },
      ],
      null,
    ],
    [
      'div',
      [
        { lo: 1, hi: 2 },
        { lo: 0, hi: 0 },
      ],
      'the divisor may be 0',
    ],
    [
      'div',
      [
        { lo: 1, hi: 2 },
        { lo: 0, hi: 1, loOpen: true },
      ],
      null,
    ],
    [
      'mod',
      [
        { lo: 1, hi: 2, integer: true },
        { lo: -1, hi: 1, integer: true },
      ],
      'the divisor may be 0',
    ],
    ['log', [{ lo: -1, hi: 2 }], 'a negative number has no logarithm'],
    ['log', [{ lo: 0, hi: 2 }], '0 has no logarithm'],
    ['log', [{ lo: 0, hi: 2, loOpen: true }], null],
    ['sqrt', [{ lo: -1e-9, hi: 2 }], 'a negative number has no square root'],
    ['sqrt', [{ lo: 0, hi: 2 }], null],
    ['exp', [{ lo: 0, hi: 710 }], 'e to a power above 709 has no double'],
    [
      'add',
      [
        { lo: 0, hi: 2 ** 62, integer: true },
        { lo: 0, hi: 2 ** 63, integer: true },
      ],
      'the sum may exceed 64 bits',
    ],
    [
      'mul',
      [
        { lo: 0, hi: 2 ** 40, integer: true },
        { lo: -(2 ** 40), hi: 1, integer: true },
      ],
      'the product may exceed 64 bits',
    ],
    [
      'mul',
      [
        { lo: 0, hi: 2 ** 30, integer: true },
        { lo: 0, hi: 2 ** 30, integer: true },
      ],
      null,
    ],
    [
      'add',
      [
        { lo: 0, hi: Infinity, integer: true },
        { lo: 1, hi: 1, integer: true },
      ],
      null,
    ],
    [
      'pow',
      [
        { lo: -2, hi: 2 },
        { lo: 0.5, hi: 0.5 },
      ],
      'a negative number has no power of a fraction',
    ],
    [
      'pow',
      [
        { lo: 2, hi: 10, integer: true },
        { lo: 0, hi: 100, integer: true },
      ],
      'the power may exceed 64 bits',
    ],
    ['round', [{ lo: 0, hi: 1e20 }], 'the integer may exceed 64 bits'],
  ])('%s of %j: %s', (name, domains, reason) => {
    expect(fault(name, ...domains)).toBe(reason);
  });
});
