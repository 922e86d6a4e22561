import { defineLaw } from '../define.ts';
import { FLOAT64 } from '../types.ts';
import { interval } from './facts.ts';
import { standardNormal } from './normal.ts';

export const lognormal = defineLaw({
  name: 'lognormal',
  summary: 'Positive numbers whose logarithm is normal: sizes, durations, incomes.',
  formula: 'f(x) = exp(−((log x − mu) / sigma)² / 2) / (x sigma √(2π)) for x > 0',
  doc: 'Parameterised as in Stan, by mean and standard deviation of the logarithm. The median is exp(mu): `~lognormal(log(90), 0.25)` has median 90.',
  source:
    'N. L. Johnson, S. Kotz & N. Balakrishnan, Continuous Univariate Distributions, vol. 1 (1994), ch. 14',
  params: [
    { name: 'mu', type: 'real', doc: 'Mean of the logarithm.' },
    { name: 'sigma', type: 'real', bounds: { above: 0 }, doc: 'Standard deviation of the logarithm.' },
  ],
  truncatable: true,
  type: () => FLOAT64,
  support: () => interval(0, Infinity, { loOpen: true }),
  examples: ['~lognormal(log(90), 0.25)', '~lognormal(10, 0.8) within 0..1e6'],
  shape: {
    kind: 'continuous',
    cdf: (m, x, [mu = 0, sigma = 1]) => (x <= 0 ? 0 : m.normalCdf((m.log(x) - mu) / sigma)),
    sf: (m, x, [mu = 0, sigma = 1]) => (x <= 0 ? 1 : m.normalSf((m.log(x) - mu) / sigma)),
    quantile: (m, u, [mu = 0, sigma = 1]) => m.exp(mu + sigma * m.normalQuantile(u)),
    upper: (m, v, [mu = 0, sigma = 1]) => m.exp(mu - sigma * m.normalQuantile(v)),
    mean: (m, [mu = 0, sigma = 1]) => m.exp(mu + (sigma * sigma) / 2),
    variance: (m, [mu = 0, sigma = 1]) => m.expm1(sigma * sigma) * m.exp(2 * mu + sigma * sigma),
    kernel: 'lognormal',
    kernelWithin: 'lognormal_within',
    standard: { law: standardNormal, p: [0, 1], kernel: 'lognormal_of' },
  },
});
