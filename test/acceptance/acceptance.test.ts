import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { defaultTries } from '../../compiler/5-lower/tries.ts';
import { compile } from '../../compiler/compile.ts';
import { codes, explainCode } from '../../compiler/diagnostics/explain-code.ts';
import { renderExplanation } from '../../compiler/explain/render.ts';
import { type Measured, probe } from '../../runtime/probe/probe.ts';
import { loadKernels, scalarMath } from '../../stdlib/kernels/load.ts';

/** Closed forms are of the constraints as they stand, not of what is left to reject once laws are bounded by them. */
const PLAIN = ['tighten-draws'];

type Case = {
  readonly name: string;
  readonly rows?: number;
  readonly columns: Readonly<Record<string, string>>;
  readonly constraints?: readonly string[];
  readonly weigh?: string;
  readonly share?: number;
  readonly worst?: { readonly from: number; readonly to: number };
  readonly codes?: readonly string[];
  readonly culprit?: string;
};

const math = scalarMath(loadKernels());

/** The spec of a case as YAML, what compile says of it, and what was measured. */
function compiled(one: Case) {
  const text = [
    'tvdd: 1',
    'dataset: d',
    'seed: 11',
    'tables:',
    '  t:',
    `    rows: ${one.rows ?? 10_000}`,
    '    columns:',
    ...Object.entries(one.columns).map(([name, law]) => `      ${name}: "${law}"`),
    ...(one.constraints
      ? ['    constraints:', ...one.constraints.map((constraint) => `      - ${constraint}`)]
      : []),
    ...(one.weigh ? [`    weigh: ${one.weigh}`] : []),
  ].join('\n');
  let measured: Measured | null = null;
  const result = compile(
    { name: 'spec', text },
    {
      host: { readFile: () => null },
      version: 'test',
      without: PLAIN,
      probe: (plan, blobs, strata) => {
        measured = probe(plan, blobs, strata);
        return measured;
      },
    },
  );
  return { ...result, text, measured: measured as Measured | null };
}

/** Seeds are fixed; drawn afresh, an interval would miss its share in a case with probability 10^-3 a look, of two at most. */
describe('acceptance in closed form lies in its interval, and what follows is said', () => {
  const cases: readonly Case[] = parse(readFileSync(new URL('cases.yaml', import.meta.url), 'utf8'));
  test.each(cases)('$name', (one) => {
    const { diagnostics, plan, text, measured } = compiled(one);
    expect(diagnostics.map(({ code }) => code)).toEqual(one.codes ?? []);
    const group = measured?.acceptance.t?.[0];
    if (!group) throw new Error('there is no estimate');
    if (one.share !== undefined) {
      expect(group.low).toBeLessThanOrEqual(one.share);
      expect(group.high).toBeGreaterThanOrEqual(one.share);
      expect(group.worst).toBeNull();
    }
    if (one.worst) {
      expect(group.worst?.share).toBeGreaterThanOrEqual(one.worst.from);
      expect(group.worst?.share).toBeLessThanOrEqual(one.worst.to);
    }
    const [first] = diagnostics;
    if (one.culprit !== undefined) {
      expect(text.slice(first?.primary.span.start, first?.primary.span.end)).toBe(one.culprit);
      expect(first?.primary.text).toMatch(/^alone rejects /);
      expect(first?.help.length).toBeGreaterThan(0);
    }
    expect(plan === null).toBe(one.codes?.includes('TVD4102') ?? false);
  });
});

test('each check is told how many candidates it alone rejects', () => {
  const { measured } = compiled({
    name: '',
    columns: { x: '~uniform(0, 1)', y: '~uniform(0, 2)' },
    constraints: ['x + y > 0.5', 'x < y'],
  });
  const [sum = 0, order = 0] = measured?.acceptance.t?.[0]?.rejects ?? [];
  // 8192 candidates: five standard errors are 0.0134 and 0.0240, a false alarm in a million.
  expect(Math.abs(sum - 0.0625)).toBeLessThan(0.0135);
  expect(Math.abs(order - 0.25)).toBeLessThan(0.0241);
});

test('a group that never accepts costs a fixed number of candidates', () => {
  const { measured } = compiled({
    name: '',
    rows: 1_000_000_000,
    columns: { x: '~normal(0, 1)', y: '~normal(0, 1)' },
    constraints: ['x * x + y * y < 2 * x * y - 0.1'],
  });
  expect(measured?.acceptance.t?.[0]).toMatchObject({ share: 0, low: 0, candidates: 2 ** 17 });
});

/** Tables as YAML; what compile says of them, and what was measured. */
function compiledTables(tables: string) {
  let measured: Measured | null = null;
  const started = performance.now();
  const result = compile(
    { name: 'spec', text: `tvdd: 1\ndataset: d\nseed: 1\ntables:\n${tables}` },
    {
      host: { readFile: () => null },
      version: 'test',
      without: PLAIN,
      probe: (plan, blobs, strata) => {
        measured = probe(plan, blobs, strata);
        return measured;
      },
    },
  );
  const explained = result.explain && renderExplanation(result.explain, 'text', { width: 200 });
  const seconds = (performance.now() - started) / 1000;
  return { ...result, measured: measured as Measured | null, explained, seconds };
}

/** Parents of which few are accepted: x lies below 0.1, with density 200 (0.1 − x). */
const rareParents = (constraint: string): string =>
  `
  parents:
    rows: 1000000
    columns: { x: "~uniform(0, 1)", y: "~uniform(0, 1)" }
    constraints: ["${constraint}"]
  children:
    rows: 1000
    columns: { p: ~ref(parents), z: "~uniform(0, 0.1)" }
    constraints: [p.x < z]
`.replace(/"(\{.*\})"/, '$1');

test('children of rows that are seldom accepted are estimated from fewer candidates', () => {
  const { diagnostics, measured, seconds } = compiledTables(
    rareParents('{ check: x + y < 0.1, tries: 100000 }'),
  );
  expect(diagnostics).toEqual([]);
  const [parents] = measured?.acceptance.parents ?? [];
  const [children] = measured?.acceptance.children ?? [];
  expect(parents?.low).toBeLessThanOrEqual(0.005);
  expect(parents?.high).toBeGreaterThanOrEqual(0.005);
  // P(x < z) = 2 / 3; the interval misses it with probability 10^-3.
  expect(children?.low).toBeLessThanOrEqual(2 / 3);
  expect(children?.high).toBeGreaterThanOrEqual(2 / 3);
  // 2^20 draws, 200 a parent and one a candidate.
  expect(children?.candidates).toBeGreaterThan(4000);
  expect(children?.candidates).toBeLessThan(7000);
  expect(seconds).toBeLessThan(20);
});

test('children of rows that are hardly ever accepted are not looked at, and that is said', () => {
  const dear = rareParents('{ check: x + y < 0.005, tries: 1000000 }');
  const { diagnostics, measured, explained, seconds } = compiledTables(dear);
  expect(diagnostics.map(({ code }) => code)).toEqual(['TVD4103']);
  expect(measured?.acceptance.children).toEqual([null]);
  expect(explained).toContain(
    'acceptance not estimated: a row of parents that it reads takes too many draws',
  );
  // A row of a child would cost some 80,000 candidates of its parent: 8,192 of them, minutes.
  expect(seconds).toBeLessThan(20);
  const known = dear.replace('[p.x < z]', '[{ check: p.x < z, tries: 100 }]');
  expect(compiledTables(known).diagnostics).toEqual([]);
});

test('a small sample that accepts none warns, and refuses nothing', () => {
  const { diagnostics, plan } = compiledTables(
    rareParents('{ check: x + y < 0.025, tries: 1000000 }').replace('p.x < z', 'z < p.x * 0.005'),
  );
  expect(diagnostics.map(({ code }) => code)).toEqual(['TVD4101']);
  const [{ message, notes } = { message: '', notes: [] }] = diagnostics;
  expect(message).toMatch(
    /^of the candidate rows of children, only a few \(less than [12]\.\d+ %\) are accepted/,
  );
  expect(notes[0]).toMatch(/^none of [34]\d\d candidates was accepted: with 99.9 % confidence less than/);
  expect(plan).not.toBeNull();
});

test('where a parent is refused, nothing is said of what its children cost', () => {
  const { diagnostics } = compiledTables(rareParents('x + y < 0.005'));
  expect(diagnostics.map(({ code }) => code)).toEqual(['TVD4102']);
});

test('the rows of a chain of parents multiply', () => {
  const { measured } = compiledTables(`
  a:
    rows: 1000000
    columns: { x: "~uniform(0, 1)", y: "~uniform(0, 1)" }
    constraints: [{ check: x + y < 0.2, tries: 100000 }]
  b:
    rows: 1000000
    columns: { a: ~ref(a), z: "~uniform(0, 1)", w: a.x }
    constraints: [{ check: z < a.x / 3, tries: 100000 }]
  c:
    rows: 1000
    columns: { b: ~ref(b), z: "~uniform(0, 1)" }
    constraints: [z < b.w]
`);
  const [a, b, c] = ['a', 'b', 'c'].map((name) => measured?.acceptance[name]?.[0]);
  expect(a?.candidates).toBe(2 ** 17);
  // One in 50, then one in 45 of those: 50 draws a candidate of b, 45 · 51 a row of it.
  expect(b?.candidates).toBeGreaterThan(15_000);
  expect(c?.candidates).toBeLessThan(600);
  expect(c?.candidates).toBeGreaterThan(300);
  // E[a.x | accepted] = E[x²] / E[x] for the density 50 (0.2 − x): 0.1.
  expect(c?.low).toBeLessThanOrEqual(0.1);
  expect(c?.high).toBeGreaterThanOrEqual(0.1);
});

/**
 * What is given in a row may make it impossible. Either that is told before the run, or the explained plan says that it is
 * not proved; no case is silent.
 */
describe('rows that can never be accepted', () => {
  const cases: readonly { readonly name: string; readonly tables: string; readonly says: string }[] = parse(
    readFileSync(new URL('given.yaml', import.meta.url), 'utf8'),
  );
  test.each(cases)('$name', ({ tables, says }) => {
    const { diagnostics, explained } = compiledTables(tables.replace(/^/gm, '  '));
    const told = diagnostics.map(({ code }) => code);
    if (says.startsWith('TVD')) expect(told).toEqual([says]);
    else {
      expect(told).toEqual([]);
      expect(explained).toContain(says);
    }
  });
});

test('default tries: all rows together run out with probability below one in a million', () => {
  for (const rows of [1, 1000, 1_000_000_000]) {
    for (const acceptance of [0.9, 0.5, 0.1, 0.001]) {
      const tries = defaultTries(math, rows, acceptance);
      const log = tries * Math.log1p(-acceptance) + Math.log(rows);
      expect(log).toBeLessThanOrEqual(Math.log(1e-6));
      expect(log - Math.log1p(-acceptance)).toBeGreaterThan(Math.log(1e-6) - 1e-9);
    }
  }
  expect(defaultTries(math, 1000, 1)).toBe(1);
  expect(defaultTries(math, 1000, 0)).toBe(2 ** 20);
});

test('the tries of a plan come from the least favourable row', () => {
  const { plan, measured } = compiled({
    name: '',
    rows: 1000,
    columns: { x: '~uniform(0, 1)', y: '~uniform(0, 1)' },
    constraints: ['x * y < 1 - row / 1100.0'],
  });
  const group = measured?.acceptance.t?.[0];
  expect(group?.worst?.low).toBeLessThan((group?.low ?? 0) / 2);
  expect(plan?.tables[0]?.groups[0]?.tries).toBe(defaultTries(math, 1000, group?.worst?.low ?? 0));
});

/** The examples of the pages on acceptance: the wrong one gives its code and nothing else, the right one nothing. */
test.each(codes.filter((code) => code.startsWith('TVD41')))('the page of %s', (code) => {
  const page = explainCode(code) ?? '';
  const example = (heading: string): string =>
    new RegExp(`## ${heading}\n\n\`\`\`yaml\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';
  const options = { host: { readFile: () => null }, version: 'test', probe };
  const found = (text: string) => compile({ name: code, text }, options).diagnostics.map((one) => one.code);
  expect(found(example('Wrong'))).toEqual([code]);
  expect(found(example('Right'))).toEqual([]);
});
