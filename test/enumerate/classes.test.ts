import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rejected } from '../stdlib/statistics.ts';
import { fitOf } from './fit.ts';
import { analysed, countsOf, loweringsOf, textOf } from './spec.ts';

const ROWS = 20_000;
const RUNS = 16;
/** Over all comparisons together (Holm). */
const FALSE_ALARMS = 1e-6;

type Row = { readonly kind: string; readonly cost: number; readonly share: number; readonly digit: number };
type Draws = { readonly g: Row; readonly h: Row; readonly n: number; readonly flag: boolean };
/** A condition or a weight as a spec has it, and as it is computed here. */
type Told<T> = readonly [text: string, of: (draws: Draws) => T];

const CONDITIONS: readonly Told<boolean>[] = [
  ['g.kind == h.kind', ({ g, h }) => g.kind === h.kind],
  ['g.cost < h.cost', ({ g, h }) => g.cost < h.cost],
  ["g.kind == 'u' implies h.cost + g.cost > 3", ({ g, h }) => g.kind !== 'u' || h.cost + g.cost > 3],
  ['n % 7 == g.cost or h.cost == 2', ({ g, h, n }) => n % 7 === g.cost || h.cost === 2],
  ['(n % 3 == 1) != (g.cost == h.cost)', ({ g, h, n }) => (n % 3 === 1) !== (g.cost === h.cost)],
  ["flag implies g.kind in ['u', 'v']", ({ g, flag }) => !flag || 'uv'.includes(g.kind)],
  ["not (h.kind == 'w' and n > 15)", ({ h, n }) => !(h.kind === 'w' && n > 15)],
];
const WEIGHTS: readonly Told<number>[] = [
  ['1.0', () => 1],
  ['1.0 / (1 + g.cost)', ({ g }) => 1 / (1 + g.cost)],
  ['(n % 5) / 5.0 * (1.0 / (1 + h.cost))', ({ h, n }) => (n % 5) / 5 / (1 + h.cost)],
  ['1.0 / (1 + abs(g.cost - h.cost))', ({ g, h }) => 1 / (1 + Math.abs(g.cost - h.cost))],
];
const FLAGS: readonly Told<number>[] = [
  ['~bernoulli(0.3)', () => 0.3],
  ['~bernoulli(1.0 / (1 + g.cost))', ({ g }) => 1 / (1 + g.cost)],
];

/** Some rows have weight 0; no condition reads their digit. */
const rows = (size: number): fc.Arbitrary<readonly Row[]> =>
  fc
    .array(
      fc.record({ kind: fc.constantFrom(...'uvwx'), cost: fc.nat(4), share: fc.nat(8), digit: fc.nat(2) }),
      {
        minLength: size,
        maxLength: size,
      },
    )
    .map(([first, ...others]) => [{ ...first!, share: 1 }, ...others]);

const specs = fc.record({
  first: rows(300),
  second: rows(250),
  most: fc.integer({ min: 10, max: 30 }),
  conditions: fc.uniqueArray(fc.constantFrom(...CONDITIONS), { minLength: 1, maxLength: 2 }),
  weigh: fc.constantFrom(...WEIGHTS),
  flag: fc.constantFrom(...FLAGS),
});
type Random = typeof specs extends fc.Arbitrary<infer T> ? T : never;

const textFor = ({ first, second, most, conditions, weigh, flag }: Random): string =>
  textOf(
    {
      data: { first, second },
      columns: {
        g: { value: '~pick(first, weight=share)', hidden: true },
        h: { value: '~pick(second)', hidden: true },
        n: `~histogram(1..${most}=1)`,
        flag: flag[0],
        told: { text: '{g.kind}{g.digit}{h.kind}{h.digit}' },
      },
      constraints: conditions.map(([text]) => text),
      ...(weigh[0] === '1.0' ? {} : { weigh: weigh[0] }),
    },
    ROWS,
  );

/** Every combination of rows, numbers and flags. */
function lawOf({ first, second, most, conditions, weigh, flag }: Random): ReadonlyMap<string, number> {
  const joint = new Map<string, number>();
  let total = 0;
  for (const g of first) {
    for (const h of second) {
      const rows = `${g.kind}${g.digit}${h.kind}${h.digit}`;
      for (let n = 1; n <= most; n++) {
        for (const on of [true, false]) {
          const draws = { g, h, n, flag: on };
          if (!conditions.every(([, holds]) => holds(draws))) continue;
          const p = g.share * (on ? flag[1](draws) : 1 - flag[1](draws)) * weigh[1](draws);
          if (p === 0) continue;
          const key = on ? `${rows} true` : `${rows} false`;
          joint.set(key, (joint.get(key) ?? 0) + p);
          total += p;
        }
      }
    }
  }
  return new Map([...joint].map(([key, p]) => [key, p / total]));
}

test('states that nothing tells apart are drawn by their class: the law is that of the enumeration', () => {
  const tests = new Map<string, number>();
  let classes = 0;
  fc.assert(
    fc.property(specs, (random) => {
      const text = textFor(random);
      const { logical } = analysed(text);
      expect(loweringsOf(logical!)).not.toContain('reject');
      expect(logical!.tables[0]!.weigh).toBe(null);
      if (logical!.tables[0]!.columns.some(({ expr }) => expr.op === 'member')) classes++;
      const said = [...random.conditions.map(([text]) => text), random.weigh[0], random.flag[0]].join('; ');
      tests.set(`${tests.size} ${said}`, fitOf(countsOf(text, ['told', 'flag'])!, lawOf(random), ROWS));
    }),
    { numRuns: RUNS, seed: 7, unbiased: true, endOnFailure: true },
  );
  expect(classes).toBeGreaterThan(RUNS / 2);
  expect(rejected(tests, FALSE_ALARMS)).toEqual([]);
}, 120_000);
