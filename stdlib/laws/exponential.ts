import { defineLaw } from '../define.ts';
import type { ContinuousLaw } from '../samplers/truncated.ts';
import { FLOAT64 } from '../types.ts';
import { interval } from './facts.ts';

const unit: ContinuousLaw = {
  kind: 'continuous',
  cdf: (m, x, [rate = 1]) => (x <= 0 ? 0 : -m.expm1(-rate * x)),
  sf: (m, x, [rate = 1]) => (x <= 0 ? 1 : m.exp(-rate * x)),
  quantile: (m, u, [rate = 1]) => -m.log1p(-u) / rate,
  upper: (m, v, [rate = 1]) => (v === 0 ? Infinity : -m.log(v) / rate),
  mean: (_, [rate = 1]) => 1 / rate,
  variance: (_, [rate = 1]) => 1 / (rate * rate),
  kernel: 'exponential',
  kernelWithin: 'exponential_within',
};

export const exponential = defineLaw({
  name: 'exponential',
  summary: 'Waiting times without memory, with mean 1 / rate.',
  formula: 'f(x) = rate exp(−rate x) for x ≥ 0',
  doc: 'Parameterised by the rate, as in Stan: `~exponential(1 / 20)` has mean 20.',
  source:
    'N. L. Johnson, S. Kotz & N. Balakrishnan, Continuous Univariate Distributions, vol. 1 (1994), ch. 19',
  params: [{ name: 'rate', type: 'real', bounds: { above: 0 }, doc: 'Events in a unit of time; 1 / mean.' }],
  truncatable: true,
  type: () => FLOAT64,
  support: () => interval(0, Infinity),
  examples: ['~exponential(0.05)', '~exponential(rate=2) within 0..3'],
  shape: { ...unit, standard: { law: unit, p: [1], kernel: 'exponential_of' } },
});
