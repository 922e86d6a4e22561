import { expect, test } from 'vitest';
import { ALPHA, binomialShare } from '../../runtime/probe/interval.ts';
import { loadKernels, scalarMath } from '../../stdlib/kernels/load.ts';

const math = scalarMath(loadKernels());

/** P(X = k) for k = 0 … n, by its recurrence. */
function binomial(n: number, p: number): readonly number[] {
  const terms = [(1 - p) ** n];
  for (let k = 1; k <= n; k++) terms.push((terms[k - 1]! * (n - k + 1) * p) / (k * (1 - p)));
  return terms;
}
const sum = (terms: readonly number[]): number => terms.reduce((total, term) => total + term, 0);

test.each([
  [0, 20],
  [1, 20],
  [7, 20],
  [19, 20],
  [20, 20],
  [3, 200],
])('%i of %i: the ends are where the tails have half the error each', (accepted, candidates) => {
  const { share, low, high } = binomialShare(math, accepted, candidates);
  expect(share).toBe(accepted / candidates);
  if (accepted === 0) expect(low).toBe(0);
  else expect(sum(binomial(candidates, low).slice(accepted))).toBeCloseTo(ALPHA / 2, 9);
  if (accepted === candidates) expect(high).toBe(1);
  else expect(sum(binomial(candidates, high).slice(0, accepted + 1))).toBeCloseTo(ALPHA / 2, 9);
});

test('the interval covers the truth with the probability that it states, by enumeration', () => {
  for (const p of [0.01, 0.1, 0.37, 0.5, 0.9]) {
    const covered = binomial(60, p).filter((_, k) => {
      const { low, high } = binomialShare(math, k, 60);
      return low <= p && p <= high;
    });
    expect(sum(covered)).toBeGreaterThanOrEqual(1 - ALPHA);
  }
});
