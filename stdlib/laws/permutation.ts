import { defineLaw } from '../define.ts';
import { INT64 } from '../types.ts';
import { interval } from './facts.ts';

export const permutation = defineLaw({
  name: 'permutation',
  summary: 'The numbers 1 … rows, each in exactly one row.',
  formula: 'a keyed bijection of the row numbers',
  doc: 'Ranks without memory or sorting. A power of it makes a rank-size law: `popularity: ~permutation() ^ -1.5`. It is given by the row: constraints do not redraw it, and more rows change it.',
  source: 'J. Black & P. Rogaway, Ciphers with arbitrary finite domains (CT-RSA 2002)',
  params: [],
  truncatable: false,
  given: true,
  type: () => INT64,
  support: () => interval(1, 2 ** 48, { integer: true }),
  examples: ['~permutation()'],
  shape: {
    kind: 'own',
    lower: (b, draw) => ({
      slot: b.kernel('permutation', { kind: 'i64' }, [draw.key, { i64: String(draw.rows) }]),
      type: INT64,
    }),
  },
});
