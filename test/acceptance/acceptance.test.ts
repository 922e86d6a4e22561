import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { defaultTries } from '../../compiler/5-lower/tries.ts';
import { compile } from '../../compiler/compile.ts';
import { codes, explainCode } from '../../compiler/diagnostics/explain-code.ts';
import { type Measured, probe } from '../../runtime/probe/probe.ts';
import { loadKernels, scalarMath } from '../../stdlib/kernels/load.ts';

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
    columns: { x: '~uniform(0, 1)', y: '~uniform(0, 1)' },
    constraints: ['x + y > 0.5', 'x < y'],
  });
  const [sum = 0, order = 0] = measured?.acceptance.t?.[0]?.rejects ?? [];
  // 8192 candidates: five standard errors are 0.018 and 0.028, a false alarm in a million.
  expect(Math.abs(sum - 0.125)).toBeLessThan(0.019);
  expect(Math.abs(order - 0.5)).toBeLessThan(0.028);
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

test('children of a table whose rows are hardly ever accepted are not looked at', () => {
  const text = `
tvdd: 1
dataset: d
seed: 1
tables:
  parents:
    rows: 1000
    columns: { x: "~normal(0, 1)", y: "~normal(0, 1)" }
    constraints: ["{ check: x > y + 5.656854249492381, tries: 1000000 }"]
  children:
    rows: 1000
    columns: { p: ~ref(parents), z: "~normal(0, 1)" }
    constraints: [p.x < z]
`.replace(
    '["{ check: x > y + 5.656854249492381, tries: 1000000 }"]',
    '[{ check: x > y + 5.65, tries: 1000000 }]',
  );
  let measured: Measured | null = null;
  const started = performance.now();
  const { diagnostics } = compile(
    { name: 'spec', text },
    {
      host: { readFile: () => null },
      version: 'test',
      probe: (plan, blobs, strata) => {
        measured = probe(plan, blobs, strata);
        return measured;
      },
    },
  );
  expect(diagnostics).toEqual([]);
  expect((measured as Measured | null)?.acceptance.children).toEqual([null]);
  // A row of a child would cost some 30,000 candidates of its parent: 8,192 of them, minutes.
  expect(performance.now() - started).toBeLessThan(20_000);
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
