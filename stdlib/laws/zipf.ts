import { defineLaw } from '../define.ts';
import { constants, parametersOf, realSlot } from '../samplers/arguments.ts';
import { zipfRanks } from '../samplers/zipf.ts';
import { INT64 } from '../types.ts';
import { boundsOf, interval } from './facts.ts';

export const zipf = defineLaw({
  name: 'zipf',
  summary: 'Ranks 1 … n by a power law: rank k has a weight of k^−s.',
  formula: 'P(k) = k^−s / Σ j^−s, j = 1 … n',
  doc: 'The number of ranks comes first: this law is finite, exact for every s ≥ 0 (s = 0 is uniform), and takes no memory for n up to 10^12. SciPy calls it zipfian; its zipf has no n.',
  source:
    'W. Hörmann & G. Derflinger, Rejection-inversion to generate variates from monotone discrete distributions (ACM TOMACS 6, 1996)',
  params: [
    { name: 'n', type: 'int', bounds: { min: 1, max: 1e12 }, doc: 'Number of ranks.' },
    { name: 's', type: 'real', bounds: { min: 0, max: 100 }, doc: 'Exponent.' },
  ],
  truncatable: false,
  type: () => INT64,
  support: (args) => interval(1, Math.min(boundsOf(args.get('n')).hi, 1e12), { integer: true }),
  examples: ['~zipf(1_000_000, 1.1)', '~zipf(n=100, s=0.8)'],
  shape: {
    kind: 'own',
    lower: (b, draw) => {
      const args = parametersOf(zipf, draw);
      const p = constants(args);
      if (p !== null) return { slot: zipfRanks(b, draw.key, p[0]!, p[1]!, 0), type: INT64 };
      const [n, s] = args;
      const size = n?.kind === 'slot' && n.slot.kind === 'i64' ? n.slot : b.convert(realSlot(b, n!), 'i64');
      const operands = [draw.key, { slot: size.step }, { slot: realSlot(b, s!).step }];
      return { slot: b.kernel('zipf_by', { kind: 'i64' }, operands), type: INT64 };
    },
  },
});
