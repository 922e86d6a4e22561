import { defineLaw } from '../define.ts';
import type { ContinuousLaw } from '../samplers/truncated.ts';
import { FLOAT64 } from '../types.ts';
import { boundsOf, interval } from './facts.ts';

/** Below this shape the smallest values underflow to 0. */
const UNDERFLOWS = 0.06;

export const standardGamma: ContinuousLaw = {
  kind: 'continuous',
  cdf: (m, x, [shape = 1, rate = 1]) => m.gammaP(shape, rate * x),
  sf: (m, x, [shape = 1, rate = 1]) => m.gammaQ(shape, rate * x),
  quantile: (m, u, [shape = 1, rate = 1]) => m.gammaInverse(shape, u) / rate,
  upper: (m, v, [shape = 1, rate = 1]) => m.gammaInverseUpper(shape, v) / rate,
  mean: (_, [shape = 1, rate = 1]) => shape / rate,
  variance: (_, [shape = 1, rate = 1]) => shape / (rate * rate),
  kernel: 'gamma',
  kernelWithin: 'gamma_within',
};

export const gamma = defineLaw({
  name: 'gamma',
  summary: 'Sums of waiting times; positive numbers with mean shape / rate.',
  formula: 'f(x) = rate^shape x^(shape − 1) exp(−rate x) / Γ(shape) for x > 0',
  doc: 'Parameterised by shape and rate, as in Stan (not shape and scale). The variance is shape / rate².',
  source: 'G. Marsaglia & W. W. Tsang, A simple method for generating gamma variables (ACM TOMS 26, 2000)',
  params: [
    {
      name: 'shape',
      type: 'real',
      bounds: { above: 0 },
      doc: '1 gives the exponential law; the larger, the more symmetric.',
    },
    { name: 'rate', type: 'real', bounds: { above: 0 }, doc: '1 / scale.' },
  ],
  truncatable: true,
  type: () => FLOAT64,
  support: (args) => interval(0, Infinity, { loOpen: boundsOf(args.get('shape')).lo >= UNDERFLOWS }),
  examples: ['~gamma(2, 0.1)', '~gamma(shape=9, rate=0.5) within 5..60'],
  shape: standardGamma,
});
