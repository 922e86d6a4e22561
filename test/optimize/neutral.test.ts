import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OutputColumn } from '../../compiler/5-lower/physical-plan.ts';
import { compile } from '../../compiler/compile.ts';
import { createEngine } from '../../runtime/engine/engine.ts';
import { probe } from '../../runtime/probe/probe.ts';
import { readBytes } from '../engine/read.ts';

/** Rules that change no cell, in whatever selection they are left out. */
const NEUTRAL = ['order-checks', 'hot-parents', 'canonical-forms', 'drop-holes'] as const;

const ROWS = 1000;

/** Conditions over draws, an enum, a parent's columns and what may be null. */
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(
      ...['a < c', 'c > a', 'c >= 0.5', "e == 'x'", "e != 'y'", 'r.v > a', 'a < r.v', 'r.g == e', 's.v < c'],
      ...[
        'n > 0',
        'n is null',
        'not (c < 0.5)',
        'b < 2 + c',
        'log(b + 1) > c',
        '(a + c) * 2 < b',
        '(c + a) * 2 < b',
      ],
    ),
    tie('condition').map((x) => `not (${x})`),
    tie('condition').map((x) => `(${x}) and (${x})`),
    fc
      .tuple(tie('condition'), fc.constantFrom('and true', 'or false', 'and false', '== false', '!= false'))
      .map(([x, more]) => `(${x}) ${more}`),
    fc
      .tuple(tie('condition'), fc.constantFrom('and', 'or', 'implies', '=='), tie('condition'))
      .map(([x, op, y]) => `(${x}) ${op} (${y})`),
  ),
}));

const specs = fc.record({
  flags: fc.tuple(condition, condition, condition),
  holes: condition,
  constraints: fc.array(condition, { maxLength: 3 }),
  weigh: fc.option(fc.constantFrom('0.2 + 0.8 * c', "if e == 'x' then 0.1 else 1.0", 'c ^ 2'), { nil: null }),
  parents: fc.option(fc.constantFrom('v > -1', "g == 'x' or v > 0"), { nil: null }),
});

function textOf({
  flags,
  holes,
  constraints,
  weigh,
  parents,
}: typeof specs extends fc.Arbitrary<infer T> ? T : never) {
  const p = {
    rows: 60,
    key: 'id',
    columns: {
      id: 'row + 7',
      g: '~categorical(x=2, y=1, z=1)',
      v: '~normal(0, 1)',
      rank: { value: '~permutation()', hidden: true },
      w: { value: 'rank ^ -1.2', hidden: true },
    },
    ...(parents ? { constraints: [parents] } : {}),
  };
  const q = { rows: 1_000_000, columns: { v: '~uniform(0, 1)' } };
  const t = {
    rows: ROWS,
    columns: {
      r: '~ref(p, by=w)',
      s: '~ref(q)',
      far: 's.v',
      e: '~categorical(x=1, y=2, z=1)',
      a: '~normal(0, 1)',
      c: '~uniform(0, 1)',
      b: '~gamma(2 + c, 1)',
      n: 'if c < 0.3 then null else a',
      m: { value: 'a * 2', missing: holes },
      whole: { value: 'b', missing: 0 },
      g: 'r.g',
      hidden: { value: 'r.v + b', hidden: true },
      ...Object.fromEntries(flags.map((flag, i) => [`f${i}`, flag])),
    },
    ...(constraints.length > 0 ? { constraints } : {}),
    ...(weigh ? { weigh } : {}),
  };
  return JSON.stringify({ tvdd: 1, dataset: 'd', seed: 5, tables: { p, q, t } });
}

const leaves = (columns: readonly OutputColumn[]): readonly number[] =>
  columns.flatMap(({ body }) => (body.kind === 'leaf' ? [body.step] : leaves(body.fields)));

type Made = { readonly digests: readonly string[]; readonly fired: readonly string[] };

/** A digest of each stored column of `t`; null where the spec is refused, or a row runs out of tries. */
function make(text: string, without: readonly string[]): Made | null {
  const source = { name: 'spec', text };
  const compiled = compile(source, { host: { readFile: () => null }, version: 'test', without, probe });
  const { plan, blobs, explain } = compiled;
  const table = plan?.tables.find(({ name }) => name === 't');
  if (!plan || !table || !explain) return null;
  const steps = leaves(table.columns);
  const fired = explain.rules.filter(({ state }) => state === 'fired').map(({ name }) => name);
  try {
    const batch = createEngine(plan, blobs).evaluate('t', { start: 0, count: ROWS }, steps);
    const digest = (step: number): string => {
      const column = batch.column(step);
      const hash = createHash('sha256');
      for (let i = 0; i < ROWS; i++) hash.update(readBytes(column, i) ?? 'null').update('|');
      return hash.digest('hex');
    };
    return { digests: steps.map(digest), fired };
  } catch (error) {
    if (error instanceof Error && /TVD6002/.test(error.message)) return null;
    throw error;
  }
}

test('a rule that decides no value changes no cell', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(specs, fc.subarray([...NEUTRAL], { minLength: 2 }), (spec, without) => {
      const text = textOf(spec);
      const all = make(text, []);
      if (all === null) return;
      for (const rule of without.filter((name) => all.fired.includes(name)))
        seen.set(rule, (seen.get(rule) ?? 0) + 1);
      expect(make(text, without)?.digests).toEqual(all.digests);
    }),
    { numRuns: 80, seed: 3 },
  );
  for (const rule of NEUTRAL) expect(seen.get(rule) ?? 0, rule).toBeGreaterThan(4);
}, 300_000);
