import { expect, test } from 'vitest';
import { compile } from '../../compiler/compile.ts';
import type { FiringNode } from '../../compiler/explain/tree.ts';
import { probe } from '../../runtime/probe/probe.ts';

const COLUMNS = { c: '~uniform(0, 1)', b: '~gamma(2 + c, 1)', d: '~uniform(0, 1)' };

function firings(
  constraints: readonly string[],
  more: { readonly weigh?: string; readonly without?: readonly string[] } = {},
): readonly FiringNode[] {
  const { weigh, without = [] } = more;
  const table = { rows: 1000, columns: COLUMNS, constraints, ...(weigh ? { weigh } : {}) };
  const text = JSON.stringify({ tvdd: 1, dataset: 'd', seed: 1, tables: { t: table } });
  const options = { host: { readFile: () => null }, version: 'test', probe, without };
  const { explain } = compile({ name: 'spec', text }, options);
  return explain!.rules.find(({ name }) => name === 'order-checks')!.firings;
}

test('the cheap and selective check comes first; the costly one is for the candidates left', () => {
  const [firing, ...others] = firings(['b < 5 - c', 'c * c < 0.09']);
  expect(others).toEqual([]);
  expect(firing?.before).toBe('b < 5 - c; c * c < 0.09');
  expect(firing?.after).toMatch(/^c \* c < 0\.09; then, of the ~(29|3\d)\.\d % left, b < 5 - c$/);
});

test('a weight takes its turn among the checks', () => {
  const [firing] = firings(['b < 8 - c'], { weigh: '0.3 * c' });
  expect(firing?.after).toMatch(/^weigh; then, of the ~1\d\.\d % left, b < 8 - c$/);
});

test('where nothing is gained the order is that of the spec', () => {
  expect(firings(['c + d < 1.2', 'c < d'])).toEqual([]);
});

test('left out, the order is that of the spec', () => {
  expect(firings(['b < 5 - c', 'c * c < 0.09'], { without: ['order-checks'] })).toEqual([]);
});
