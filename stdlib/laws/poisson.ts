import { defineLaw } from '../define.ts';
import { INT64 } from '../types.ts';
import { interval } from './facts.ts';

export const poisson = defineLaw({
  name: 'poisson',
  summary: 'Counts of independent events, rate of them on average.',
  formula: 'P(k) = rate^k exp(−rate) / k! for k = 0, 1, 2, …',
  doc: 'Mean and variance are both rate.',
  source:
    'W. Hörmann, The transformed rejection method for generating Poisson random variables (Insurance: Math. & Econ. 12, 1993)',
  params: [{ name: 'rate', type: 'real', bounds: { min: 0, max: 2 ** 53 }, doc: 'Mean number of events.' }],
  truncatable: true,
  type: () => INT64,
  support: () => interval(0, Infinity, { integer: true }),
  examples: ['~poisson(3)', '~poisson(rate=40) within 20..60'],
  shape: {
    kind: 'discrete',
    pmf: (m, k, [rate = 1]) => m.poissonDensity(k, rate),
    mean: (_, [rate = 1]) => rate,
    variance: (_, [rate = 1]) => rate,
    kernel: 'poisson',
    kernelWithin: 'poisson_within',
  },
});
