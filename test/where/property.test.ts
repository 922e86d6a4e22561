import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chiSquare, rejected } from '../stdlib/statistics.ts';
import { made, rowsOf } from './made.ts';

const ROWS = 4000;
const RUNS = 60;
/** All runs together raise a false alarm with this probability (Holm), were the seeds drawn afresh. */
const RATE = 1e-6;

/** A row as the predicate sees it: complete values, and whether a is missing. */
type World = { readonly a: string; readonly b: string; readonly c: number; readonly hole: boolean };
type Predicate = { readonly text: string; readonly holds: (world: World) => boolean };

const A = ['p', 'q', 'r'] as const;
const B = ['u', 'v'] as const;
const C = [1, 2, 3, 4, 5, 6] as const;

const atom: fc.Arbitrary<Predicate> = fc.oneof(
  fc.constantFrom(...A).map((value) => ({ text: `a == '${value}'`, holds: ({ a }: World) => a === value })),
  fc.constantFrom(...B).map((value) => ({ text: `b != '${value}'`, holds: ({ b }: World) => b !== value })),
  fc.constantFrom(...C).map((value) => ({ text: `c <= ${value}`, holds: ({ c }: World) => c <= value })),
  fc
    .constantFrom(2, 4, 6)
    .map((value) => ({ text: `c in 2..${value}`, holds: ({ c }: World) => c >= 2 && c <= value })),
  fc.constant({ text: 'a is null', holds: ({ hole }: World) => hole }),
  fc.constant({ text: 'a is not null', holds: ({ hole }: World) => !hole }),
  fc.constant({ text: "(b == 'u') == (c > 3)", holds: ({ b, c }: World) => (b === 'u') === c > 3 }),
  fc.constant({ text: "(if a == 'p' then null else c) > 2", holds: ({ a, c }: World) => a !== 'p' && c > 2 }),
);
const { predicate } = fc.letrec<{ predicate: Predicate }>((tie) => ({
  predicate: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    atom,
    fc.tuple(tie('predicate'), tie('predicate')).map(([x, y]) => ({
      text: `(${x.text}) and (${y.text})`,
      holds: (world: World) => x.holds(world) && y.holds(world),
    })),
    fc.tuple(tie('predicate'), tie('predicate')).map(([x, y]) => ({
      text: `(${x.text}) or (${y.text})`,
      holds: (world: World) => x.holds(world) || y.holds(world),
    })),
  ),
}));
const weight = fc.integer({ min: 1, max: 5 });
const laws = fc.record({
  a: fc.tuple(weight, weight, weight),
  b: fc.tuple(fc.tuple(weight, weight), fc.tuple(weight, weight), fc.tuple(weight, weight)),
  c: fc.tuple(weight, weight),
  hole: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
});
type Laws = typeof laws extends fc.Arbitrary<infer T> ? T : never;

function specOf({ a, b, c, hole }: Laws, seed: number): string {
  const weights = (names: readonly string[], values: readonly number[]) =>
    Object.fromEntries(names.map((name, i) => [name, values[i]]));
  return JSON.stringify({
    tvdd: 1,
    dataset: 'd',
    seed,
    let: { ofA: weights(A, a), of: Object.fromEntries(A.map((name, i) => [name, weights(B, b[i]!)])) },
    tables: {
      t: {
        rows: ROWS,
        columns: {
          a: { value: '~categorical(ofA)', missing: `if b == 'u' then 0.${hole[0]} else 0.${hole[1]}` },
          complete: 'a',
          b: '~categorical(of[a])',
          c: `~histogram(1..4=${c[0]}, 5..6=${c[1]})`,
        },
      },
    },
  });
}

/** Every world with its probability, times a constant. */
function worlds({ a, b, c, hole }: Laws): readonly (World & { readonly p: number })[] {
  const share = (weights: readonly number[], i: number) =>
    weights[i]! / weights.reduce((sum, one) => sum + one, 0);
  return A.flatMap((nameA, i) =>
    B.flatMap((nameB, j) =>
      C.flatMap((value) =>
        [true, false].map((missing) => {
          const q = hole[j]! / 10;
          const pc = value <= 4 ? share(c, 0) / 4 : share(c, 1) / 2;
          const p = share(a, i) * share(b[i]!, j) * pc * (missing ? q : 1 - q);
          return { a: nameA, b: nameB, c: value, hole: missing, p };
        }),
      ),
    ),
  );
}

const keyOf = ({ a, b, c, hole }: World): string => `${a} ${b} ${c} ${hole}`;

test('the joint law given a predicate is that of the worlds where it is true', () => {
  const tests = new Map<string, number>();
  fc.assert(
    fc.property(laws, predicate, (given, { text, holds }) => {
      const likely = worlds(given).filter(holds);
      const total = likely.reduce((sum, { p }) => sum + p, 0);
      if (total < 0.02) return;
      const { plan, blobs } = made(specOf(given, 9 + tests.size), [{ text: `t: ${text}`, rows: null }]);
      const counts = new Map(likely.map((world) => [keyOf(world), 0]));
      for (const row of rowsOf(plan, blobs, 't')) {
        const world = {
          a: String(row.complete),
          b: String(row.b),
          c: Number(row.c),
          hole: row.a === null,
        };
        expect(holds(world), `${text}: ${keyOf(world)}`).toBe(true);
        counts.set(keyOf(world), counts.get(keyOf(world))! + 1);
      }
      const expected = likely.map(({ p }) => (p / total) * ROWS);
      tests.set(`${tests.size}: ${text}`, chiSquare([...counts.values()], expected));
    }),
    { numRuns: RUNS, seed: 4 },
  );
  expect(tests.size).toBeGreaterThan(RUNS / 2);
  expect(rejected(tests, RATE)).toEqual([]);
}, 120_000);
