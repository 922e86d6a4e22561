import { defineLaw } from '../define.ts';
import type { ContinuousLaw } from '../samplers/truncated.ts';
import { FLOAT64 } from '../types.ts';
import { interval } from './facts.ts';

export const standardNormal: ContinuousLaw = {
  kind: 'continuous',
  cdf: (m, x, [mu = 0, sigma = 1]) => m.normalCdf((x - mu) / sigma),
  sf: (m, x, [mu = 0, sigma = 1]) => m.normalSf((x - mu) / sigma),
  quantile: (m, u, [mu = 0, sigma = 1]) => mu + sigma * m.normalQuantile(u),
  upper: (m, v, [mu = 0, sigma = 1]) => mu - sigma * m.normalQuantile(v),
  mean: (_, [mu = 0]) => mu,
  variance: (_, [, sigma = 1]) => sigma * sigma,
  kernel: 'normal',
  kernelWithin: 'normal_within',
};

export const normal = defineLaw({
  name: 'normal',
  summary: 'The bell curve with mean mu and standard deviation sigma.',
  formula: 'f(x) = exp(−((x − mu) / sigma)² / 2) / (sigma √(2π))',
  doc: 'Parameterised as in Stan: the second parameter is the standard deviation, not the variance.',
  source:
    'M. J. Wichura, Algorithm AS 241: the percentage points of the normal distribution (Appl. Statist. 37, 1988)',
  params: [
    { name: 'mu', type: 'real', doc: 'Mean.' },
    { name: 'sigma', type: 'real', bounds: { above: 0 }, doc: 'Standard deviation.' },
  ],
  truncatable: true,
  type: () => FLOAT64,
  support: () => interval(-Infinity, Infinity),
  examples: ['~normal(170, 8)', '~normal(mu=38, sigma=14) within 13..95'],
  shape: { ...standardNormal, standard: { law: standardNormal, p: [0, 1], kernel: 'normal_of' } },
});
