import { type Arg, type Builder, defineLaw, type SlotRef } from '../define.ts';
import { constants, numberOf, parametersOf, realSlot } from '../samplers/arguments.ts';
import { LawFault } from '../samplers/fault.ts';
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
      const size = wholeSlot(b, n!);
      const operands = [draw.key, { slot: size.step }, { slot: realSlot(b, s!).step }];
      return { slot: b.kernel('zipf_by', { kind: 'i64' }, operands), type: INT64 };
    },
  },
});

/** The number of ranks as a slot of integers. */
function wholeSlot(b: Builder, n: Arg): SlotRef {
  if (n.kind === 'constant') return b.constant(BigInt(numberOf(n.value)), INT64);
  if (n.kind === 'choice') {
    const sizes = BigInt64Array.from(n.cases, (size) => BigInt(numberOf(size)));
    return b.kernel('table_i64', { kind: 'i64' }, [
      { slot: n.by.step },
      b.blob(sizes),
      { i32: n.cases.length },
    ]);
  }
  if (n.kind !== 'slot') throw new LawFault('the number of ranks is a whole number');
  return n.slot;
}
