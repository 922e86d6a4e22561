import fc from 'fast-check';
import type { Spec } from '../exact/evaluate.ts';

/**
 * Random specs of one shape: codes, a data row, a parent, integers, flags and draws on the line, whose parameters codes
 * choose; conditions and weights over any of them; holes.
 */
export const randomTables: fc.Arbitrary<Spec> = fc
  .array(fc.nat(9999), { minLength: 80, maxLength: 80 })
  .map((entropy) => {
    let at = 0;
    return specFrom((n) => entropy[at++ % entropy.length]! % n);
  });

/** A number below n. */
type Choose = (n: number) => number;

export const NUMBERS = ['x', 'y'] as const;
export const LABELS = ['k', 'kind', 'house', 'n', 'on'] as const;
export const ROWS = 8000;

const CONDITIONS = [
  "k != 'c'",
  "k == 'a' implies on",
  "g.kind == 'u' implies k in ['a', 'b']",
  'n % 3 != g.cost % 3',
  'n > g.cost or on',
  'r.size > 2',
  'r.size + n > 3',
  "r.house == 'red' implies k != 'a'",
  'x > 0.2',
  'x < 0.9',
  'y > -0.5',
  'x < y',
  'x * 4 < n',
  "k == 'b' or x > 0.4",
  'on implies y < 1.2',
  'n <= 4 and x > 0.1',
  'g.cost * 0.1 < x + 0.3',
] as const;
const WEIGHTS = [
  'liking[k]',
  '1.0 / (1 + n)',
  '(if on then 1.0 else 0.3)',
  '1.0 / (1 + g.cost)',
  '(r.size / 6.0)',
  '(1.0 / (1 + x * x))',
  "(if k == 'a' and on then 0.2 else 0.9)",
  '0.7',
  'exp(-abs(y))',
] as const;
const X = [
  '~uniform(0, 1)',
  '~normal(0.5, 0.4)',
  '~beta(2, 1.5)',
  '~exponential(2)',
  '~uniform(0, 1) * width[k]',
];
const Y = ['~uniform(0, 1)', '~normal(shift[k], 0.5)', '~normal(0.5, 0.4)', '~uniform(x, x + 1)'];
const KINDS = ['u', 'v', 'w'] as const;

function specFrom(choose: Choose): Spec {
  const some = (from: readonly string[], most: number): readonly string[] => [
    ...new Set(Array.from({ length: choose(most + 1) }, () => from[choose(from.length)]!)),
  ];
  const constraints = some(CONDITIONS, 3);
  const factors = some(WEIGHTS, 2);
  const parts = Array.from({ length: 4 + choose(3) }, () => ({
    kind: KINDS[choose(3)],
    cost: choose(5),
    share: 1 + choose(5),
  }));
  const hole = ['0.2', 'n > 3', 'x > 0.5'][choose(4)];
  return {
    let: {
      liking: { a: 0.2, b: 0.9, c: 0.5 },
      width: { a: 0.5, b: 1.5, c: 1.0 },
      shift: { a: 0.0, b: 1.0, c: 0.3 },
    },
    data: { parts },
    tables: {
      p: { rows: 6, columns: { size: 'row % 6 + 1', house: "if row % 2 == 0 then 'red' else 'blue'" } },
      t: {
        rows: ROWS,
        columns: {
          k: choose(2) === 0 ? '~categorical(a=2, b=1, c=1)' : '~categorical(a=1, b=3, c=2)',
          g: { value: choose(2) === 0 ? '~pick(parts)' : '~pick(parts, weight=share)', hidden: true },
          kind: 'g.kind',
          r: { value: '~ref(p)', hidden: true },
          house: 'r.house',
          n: choose(2) === 0 ? '~histogram(1..5=1)' : '~histogram(1..2=1, 3..6=2)',
          on: choose(2) === 0 ? '~bernoulli(0.4)' : '~bernoulli(n / 8.0)',
          x: X[choose(X.length)]!,
          y: hole ? { value: Y[choose(Y.length)]!, missing: hole } : Y[choose(Y.length)]!,
        },
        ...(constraints.length > 0 ? { constraints } : {}),
        ...(factors.length > 0 ? { weigh: factors.join(' * ') } : {}),
      },
    },
  };
}
