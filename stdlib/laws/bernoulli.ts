import { defineLaw } from '../define.ts';
import { constants, parametersOf, realSlot } from '../samplers/arguments.ts';
import { BOOL } from '../types.ts';
import { boundsOf } from './facts.ts';

export const bernoulli = defineLaw({
  name: 'bernoulli',
  summary: 'true with probability p, else false.',
  formula: 'P(true) = p',
  doc: 'p may vary by row: `~bernoulli(0.1 + 0.02 * age)`.',
  source: 'N. L. Johnson, A. W. Kemp & S. Kotz, Univariate Discrete Distributions (2005), ch. 3',
  params: [{ name: 'p', type: 'real', bounds: { min: 0, max: 1 }, doc: 'Probability of true.' }],
  truncatable: false,
  type: () => BOOL,
  support: (args) => {
    const { lo, hi } = boundsOf(args.get('p'));
    const values = [...(lo < 1 ? [false] : []), ...(hi > 0 ? [true] : [])];
    return { kind: 'set', values, nullable: false };
  },
  examples: ['~bernoulli(0.02)'],
  shape: {
    kind: 'own',
    lower: (b, draw) => {
      const args = parametersOf(bernoulli, draw);
      const p = constants(args);
      const slot =
        p === null
          ? b.kernel('bernoulli_by', { kind: 'bool' }, [
              draw.key,
              ...args.map((arg) => ({ slot: realSlot(b, arg).step })),
            ])
          : b.kernel('bernoulli', { kind: 'bool' }, [draw.key, { f64: p[0]! }]);
      return { slot, type: BOOL };
    },
  },
});
