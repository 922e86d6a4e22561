import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnosed } from './diagnosed.ts';

const LEAVES = [
  'row',
  'rows',
  'a',
  'b',
  'u',
  'u.a',
  'g',
  'g.x',
  's.f',
  's',
  'm',
  "m['k']",
  'nobody',
  '1',
  '0',
  '-3',
  '1.5',
  '1e300',
  "'k'",
  '"{a} {b}"',
  'true',
  'null',
  '2024-01-31',
  '2024-01-31T10:00Z',
  '90min',
  '9223372036854775807',
  '[1, 2]',
  "['k', 'l']",
  '1..3',
  '~uniform(0, 1)',
  '~normal(0, 1)',
  '~pick(t)',
  '~pick(m)',
  '~ref(other)',
  '~permutation()',
  '~poisson(3)',
  '~categorical(k=1, l=2)',
  '~dirichlet(p=1, q=2)',
];
const binary = [
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '^',
  '==',
  '!=',
  '<',
  '<=',
  'in',
  'not in',
  'and',
  'or',
  'implies',
];
const calls = [
  'log',
  'sqrt',
  'round',
  'floor',
  'abs',
  'min',
  'max',
  'upper',
  'length',
  'year',
  'date',
  'coalesce',
  'uuid',
  'vector',
  'top',
  'argmax',
  'embed',
  'nix',
];
const laws = [
  'uniform',
  'normal',
  'lognormal',
  'poisson',
  'pick',
  'choose',
  'categorical',
  'ref',
  'cauchy',
  'nix',
];
const types = [
  'int8',
  'uint64',
  'float32',
  'text',
  'enum',
  'date',
  'timestamp',
  'decimal(9, 2)',
  'vector[2]',
  'bool',
  'nix',
];

const expression = fc.letrec<{ expr: string }>((tie) => ({
  expr: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(...LEAVES),
    fc.tuple(tie('expr'), fc.constantFrom(...binary), tie('expr')).map(([x, op, y]) => `(${x}) ${op} (${y})`),
    fc.tuple(fc.constantFrom('-', 'not '), tie('expr')).map(([op, x]) => `${op}(${x})`),
    fc
      .tuple(fc.constantFrom(...calls), fc.array(tie('expr'), { maxLength: 3 }))
      .map(([f, xs]) => `${f}(${xs.join(', ')})`),
    fc
      .tuple(fc.constantFrom(...laws), fc.array(tie('expr'), { maxLength: 3 }))
      .map(([f, xs]) => `~${f}(${xs.join(', ')})`),
    fc
      .tuple(fc.constantFrom(...laws), tie('expr'), tie('expr'))
      .map(([f, x, y]) => `~${f}(0, 1) within (${x})..(${y})`),
    fc.tuple(tie('expr'), tie('expr'), tie('expr')).map(([c, x, y]) => `if ${c} then ${x} else ${y}`),
    fc
      .tuple(tie('expr'), tie('expr'), tie('expr'))
      .map(([c, x, y]) => `match (${c}) { 'k', 1 => ${x}, _ => ${y} }`),
    fc.tuple(tie('expr'), fc.constantFrom(...types)).map(([x, to]) => `(${x}) as ${to}`),
    fc.tuple(tie('expr'), tie('expr')).map(([x, y]) => `(${x})[${y}]`),
    fc.tuple(tie('expr'), fc.constantFrom('x', 'a', 'nix')).map(([x, field]) => `(${x}).${field}`),
    tie('expr').map((x) => `(${x}) is not null`),
  ),
})).expr;

const quoted = (text: string) => JSON.stringify(text);
const specOf = (a: string, b: string, c: string) => `tvdd: 1
dataset: test
seed: 1
data:
  t: [{ x: 1, y: k }, { x: 2, y: l }]
let:
  m: { k: 1, l: 2.5 }
  e: ${quoted(a)}
tables:
  main:
    rows: 10
    columns:
      a: ${quoted(a)}
      b: { value: ${quoted(b)}, missing: ${quoted(c)} }
      u: ~ref(other)
      g: { value: ~pick(t), hidden: true }
      s: { struct: { f: ${quoted(c)} } }
      x: { value: ${quoted(b)}, unique: true, length: 1..9, type: int16 }
    constraints:
      - ${quoted(b)}
      - { check: ${quoted(a)}, when: ${quoted(c)} }
    weigh: ${quoted(a)}
  other:
    rows: 5
    columns:
      a: ${quoted(c)}
quality:
  - ${quoted(a)}
`;

describe('any spec that parses', () => {
  it('ends in diagnostics, without throwing, each within the text', () => {
    fc.assert(
      fc.property(expression, expression, expression, (a, b, c) => {
        const { diagnostics, text } = diagnosed(specOf(a, b, c));
        for (const { primary } of diagnostics) {
          expect(primary.span.start).toBeLessThanOrEqual(primary.span.end);
          expect(primary.span.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 400, seed: 20241204 },
    );
  });

  it('long chains of columns and of operators are no stack overflow', () => {
    const chain = Array.from(
      { length: 3000 },
      (_, i) => `      c${i}: ${i === 2999 ? 'row' : `c${i + 1} + 1`}`,
    ).join('\n');
    const head = 'tvdd: 1\ndataset: test\nseed: 1\ntables:\n  t:\n    rows: 10\n    columns:\n';
    expect(diagnosed(`${head}${chain}\n`).diagnostics).toEqual([]);
    expect(() => diagnosed(`${head}      a: ${Array(20_000).fill('row').join(' + ')}\n`)).not.toThrow();
  });

  it('a cycle of a thousand columns is told shortly', () => {
    const ring = Array.from({ length: 150 }, (_, i) => `      c${i}: c${(i + 1) % 150}`).join('\n');
    const { diagnostics } = diagnosed(
      `tvdd: 1\ndataset: test\nseed: 1\ntables:\n  t:\n    rows: 10\n    columns:\n${ring}\n`,
    );
    expect(diagnostics.map((found) => found.code)).toEqual(['TVD2501']);
    expect(diagnostics[0]?.message.length).toBeLessThan(200);
  });
});
