import { expect, test } from 'vitest';
import { compile } from '../../compiler/compile.ts';
import type { FiringNode } from '../../compiler/explain/tree.ts';

function firings(parents: number, exponent: number | null): readonly FiringNode[] {
  const by = exponent === null ? '' : ', by=w';
  const tables = {
    p: { rows: parents, columns: { v: '~uniform(0, 1)', w: `~permutation() ^ -${exponent ?? 1}` } },
    t: { rows: 1000, columns: { r: `~ref(p${by})`, v: 'r.v' } },
  };
  const text = JSON.stringify({ tvdd: 1, dataset: 'd', seed: 1, tables });
  const { explain } = compile({ name: 'spec', text }, { host: { readFile: () => null }, version: 'test' });
  return explain!.rules.find(({ name }) => name === 'hot-parents')!.firings;
}

const after = (parents: number, exponent: number | null): readonly string[] =>
  firings(parents, exponent).map((firing) => firing.after);

test('a few parents that are most of the references: their rows are looked up', () => {
  // ζ(1.5) = 2.61238; the tail beyond 16,384 is 2 · 16,384.5^-½ = 0.01562: a share of 0.99402.
  expect(after(1e12, 1.5)).toEqual([
    'the rows of 16,384 ranks, ~99.4 % of the references, looked up in 131 kB',
  ]);
});

test('few parents: all of them are looked up', () => {
  expect(after(100, 0.5)).toEqual(['the rows of 100 ranks, ~100 % of the references, looked up in 800 B']);
});

test('parents alike in popularity: each is computed where it is read', () => {
  // Σ 1 − (1 − 1/n)^8192 = 0.99591 · 8192 for n = 10^6, of 10^4 parents 0.6827 · 8192.
  expect(after(1_000_000, null)).toEqual([
    'each computed where it is read: ~99.6 % of a batch’s parents are different',
  ]);
  expect(after(10_000, null)).toEqual([]);
});

test('a flat power law is both too flat to look up and too flat to repeat', () => {
  expect(after(1e10, 0.3)).toEqual([expect.stringMatching(/^each computed where it is read/)]);
});
