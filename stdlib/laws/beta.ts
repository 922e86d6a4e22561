import { defineLaw } from '../define.ts';
import { FLOAT64 } from '../types.ts';
import { interval } from './facts.ts';

export const beta = defineLaw({
  name: 'beta',
  summary: 'Shares and probabilities: numbers in [0, 1] with mean alpha / (alpha + beta).',
  formula: 'f(x) = x^(alpha − 1) (1 − x)^(beta − 1) / B(alpha, beta) for 0 < x < 1',
  doc: 'alpha = beta = 1 is uniform; both above 1 give a hump, both below 1 pile up at the ends. Values may round to 0 or 1.',
  source:
    'N. L. Johnson, S. Kotz & N. Balakrishnan, Continuous Univariate Distributions, vol. 2 (1995), ch. 25',
  params: [
    { name: 'alpha', type: 'real', bounds: { above: 0 }, doc: 'Pulls towards 1.' },
    { name: 'beta', type: 'real', bounds: { above: 0 }, doc: 'Pulls towards 0.' },
  ],
  truncatable: true,
  type: () => FLOAT64,
  support: () => interval(0, 1),
  examples: ['~beta(2, 5)', '~beta(alpha=0.5, beta=0.5) within 0.1..0.9'],
  shape: {
    kind: 'continuous',
    cdf: (m, x, [a = 1, b = 1]) => m.betaI(a, b, x),
    sf: (m, x, [a = 1, b = 1]) => m.betaQ(a, b, x),
    quantile: (m, u, [a = 1, b = 1]) => m.betaInverse(a, b, u),
    upper: (m, v, [a = 1, b = 1]) => m.betaInverseUpper(a, b, v),
    mean: (_, [a = 1, b = 1]) => a / (a + b),
    variance: (_, [a = 1, b = 1]) => (a * b) / ((a + b) * (a + b) * (a + b + 1)),
    kernel: 'beta',
    kernelWithin: 'beta_within',
  },
});
