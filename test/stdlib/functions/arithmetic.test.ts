import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lowerCast } from '../../../stdlib/functions/cast.ts';
import { FLOAT64, INT64, type Type } from '../../../stdlib/types.ts';
import { harness } from '../harness.ts';
import { halfToEven, INTEGERS } from './twins/integers.ts';

const POISON = -(2n ** 63n);
const EDGES = [
  0n,
  1n,
  -1n,
  2n,
  3n,
  -7n,
  10n,
  62n,
  63n,
  2n ** 31n,
  -(2n ** 31n),
  2n ** 32n,
  2n ** 53n + 1n,
  2n ** 62n,
  -(2n ** 62n),
  2n ** 63n - 1n,
  -(2n ** 63n) + 1n,
];
const random = fc.sample(fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }), {
  seed: 1,
  numRuns: 60,
});
const small = fc.sample(fc.bigInt({ min: -50n, max: 50n }), { seed: 2, numRuns: 60 });
const operands = [...EDGES, ...random, ...small];
const pairs = operands.flatMap((a) => operands.map((b) => [a, b] as const));

describe('integers agree with unbounded ones, and are a fault where 64 bits do not hold them', () => {
  const h = harness({ rows: pairs.length });
  const a = h.column(
    'i64',
    pairs.map(([x]) => x),
  );
  const b = h.column(
    'i64',
    pairs.map(([, y]) => y),
  );
  test.each(Object.keys(INTEGERS))('%s', (name) => {
    const result = h.view(h.b.kernel(`${name}_i64`, { kind: 'i64' }, [{ slot: a.step }, { slot: b.step }]));
    const wrong = pairs.filter(([x, y], i) => result[i] !== (INTEGERS[name]!(x, y) ?? POISON));
    expect(wrong).toEqual([]);
  });

  test('poison stays poison', () => {
    const poison = h.column(
      'i64',
      pairs.map(() => POISON),
    );
    for (const name of Object.keys(INTEGERS)) {
      for (const [x, y] of [
        [a, poison],
        [poison, b],
      ] as const) {
        if (name === 'pow' && x === a) continue;
        const result = h.view(
          h.b.kernel(`${name}_i64`, { kind: 'i64' }, [{ slot: x.step }, { slot: y.step }]),
        );
        expect(
          result.every((value) => value === POISON),
          name,
        ).toBe(true);
      }
    }
  });
});

describe('reals', () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  const values = fc.sample(fc.tuple(finite, finite), { seed: 3, numRuns: 4000 });
  const near = fc.sample(
    fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: -1e3, max: 1e3, noNaN: true }),
    ),
    { seed: 4, numRuns: 4000 },
  );
  const all = [...values, ...near];
  const h = harness({ rows: all.length });
  const a = h.column(
    'f64',
    all.map(([x]) => x),
  );
  const b = h.column(
    'f64',
    all.map(([, y]) => y),
  );
  const run = (name: string) =>
    h
      .view(h.b.kernel(`${name}_f64`, { kind: 'f64' }, [{ slot: a.step }, { slot: b.step }]))
      .slice() as Float64Array;

  test('the four operations are those of IEEE 754, infinity is a fault', () => {
    const operations = {
      add: (x: number, y: number) => x + y,
      sub: (x: number, y: number) => x - y,
      mul: (x: number, y: number) => x * y,
      div: (x: number, y: number) => x / y,
    };
    for (const [name, twin] of Object.entries(operations)) {
      const result = run(name);
      const wrong = all.filter(
        ([x, y], i) => !Object.is(result[i], Number.isFinite(twin(x, y)) ? twin(x, y) : Number.NaN),
      );
      expect(wrong, name).toEqual([]);
    }
  });

  test('the remainder has the divisor’s sign and less than its size; quotient and remainder make the dividend', () => {
    const [quotient, rest] = [run('floordiv'), run('mod')];
    for (const [i, [x, y]] of near.entries()) {
      const q = quotient[values.length + i]!;
      const r = rest[values.length + i]!;
      if (y === 0) {
        expect(q).toBeNaN();
        expect(r).toBeNaN();
        continue;
      }
      expect(Math.abs(r)).toBeLessThanOrEqual(Math.abs(y));
      if (r !== 0) expect(Math.sign(r)).toBe(Math.sign(y));
      if (Number.isNaN(q)) continue;
      expect(Number.isInteger(q)).toBe(true);
      expect(Math.abs(q * y + r - x)).toBeLessThanOrEqual(1e-12 * Math.max(Math.abs(x), Math.abs(y)));
    }
  });
});

describe('casts', () => {
  const halves = Array.from({ length: 41 }, (_, i) => i / 2 - 10);
  const reals = [
    ...halves,
    ...fc.sample(fc.double({ min: -1e17, max: 1e17, noNaN: true }), { seed: 5, numRuns: 2000 }),
    9.3e18,
    -9.3e18,
    1e300,
  ];
  const h = harness({ rows: reals.length });
  const x = h.column('f64', reals);
  const cast = (to: Type) => h.view(lowerCast(h.b, x, FLOAT64, to));

  test('a real becomes the nearest integer, halves to even; what the type does not hold is a fault', () => {
    const wide = cast(INT64);
    const narrow = cast({ kind: 'int', bits: 8, signed: true });
    const unsigned = cast({ kind: 'int', bits: 16, signed: false });
    for (const [i, real] of reals.entries()) {
      const nearest = halfToEven(real);
      const within = (lo: bigint, hi: bigint) => (nearest >= lo && nearest <= hi ? nearest : POISON);
      expect(wide[i]).toBe(within(-(2n ** 63n) + 1n, 2n ** 63n - 1n));
      expect(narrow[i]).toBe(within(-128n, 127n));
      expect(unsigned[i]).toBe(within(0n, 65535n));
    }
  });

  test('float32 is the nearest single', () => {
    const single = cast({ kind: 'float', bits: 32 });
    for (const [i, real] of reals.entries())
      expect(single[i]).toBe(
        real > 3.5e38 ? Number.NaN : Number.isFinite(Math.fround(real)) ? Math.fround(real) : Number.NaN,
      );
  });

  test('decimals keep their scale, rounding halves to even', () => {
    const cents: Type = { kind: 'decimal', precision: 9, scale: 2 };
    const one = harness({ rows: 5 });
    const whole = one.column('i64', [125n, 135n, -125n, 99_950n, 1n]);
    const tenths = lowerCast(one.b, whole, cents, { kind: 'decimal', precision: 3, scale: 1 });
    expect(one.values(tenths)).toEqual([12n, 14n, -12n, POISON, 0n]);
    expect(one.values(lowerCast(one.b, whole, cents, { kind: 'text' }))).toEqual([
      '1.25',
      '1.35',
      '-1.25',
      '999.50',
      '0.01',
    ]);
    expect(one.values(lowerCast(one.b, whole, cents, FLOAT64))).toEqual([1.25, 1.35, -1.25, 999.5, 0.01]);
  });
});
