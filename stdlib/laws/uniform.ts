import { defineLaw } from '../define.ts';
import { boundsOf, interval } from './facts.ts';

export const uniform = defineLaw({
  name: 'uniform',
  summary: 'Every real number from lo up to hi is equally likely.',
  formula: 'f(x) = 1 / (hi − lo) for lo ≤ x < hi',
  doc: 'The ends are reals, and so are the values: `floor(~uniform(1, 7))` throws a die, as does `~histogram(1..6=1)`.',
  source:
    'N. L. Johnson, S. Kotz & N. Balakrishnan, Continuous Univariate Distributions, vol. 2 (1995), ch. 26',
  params: [
    { name: 'lo', type: 'real', doc: 'Lower end, itself possible.' },
    { name: 'hi', type: 'real', doc: 'Upper end, itself not possible. Above lo.' },
  ],
  truncatable: true,
  type: (args) => {
    const lo = boundsOf(args.get('lo'));
    const hi = boundsOf(args.get('hi'));
    return lo.lo >= hi.hi
      ? `lo must be below hi: ${lo.lo} is not below ${hi.hi}`
      : { kind: 'float', bits: 64 };
  },
  support: (args) => interval(boundsOf(args.get('lo')).lo, boundsOf(args.get('hi')).hi, { hiOpen: true }),
  examples: ['~uniform(0, 1)', '~uniform(-10, 10) within 0..5'],
  shape: {
    kind: 'continuous',
    cdf: (_, x, [lo = 0, hi = 1]) => Math.min(Math.max((x - lo) / (hi - lo), 0), 1),
    sf: (_, x, [lo = 0, hi = 1]) => Math.min(Math.max((hi - x) / (hi - lo), 0), 1),
    quantile: (_, u, [lo = 0, hi = 1]) => lo + u * (hi - lo),
    upper: (_, v, [lo = 0, hi = 1]) => hi - v * (hi - lo),
    mean: (_, [lo = 0, hi = 1]) => (lo + hi) / 2,
    variance: (_, [lo = 0, hi = 1]) => ((hi - lo) * (hi - lo)) / 12,
    kernel: 'uniform_real',
    kernelWithin: 'uniform_within',
    standard: null,
  },
});
