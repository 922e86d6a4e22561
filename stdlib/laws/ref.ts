import { defineLaw } from '../define.ts';
import { LawFault } from '../samplers/fault.ts';
import { zipfRanks } from '../samplers/zipf.ts';
import { interval } from './facts.ts';

export const ref = defineLaw({
  name: 'ref',
  summary: 'A row of another table.',
  formula: 'P(row) = by(row) / Σ by; all rows are equally likely without by',
  doc: 'Read its columns with a point: `user_id.home.city`. With `by=popularity`, popularity being a power of a permutation, parents follow Zipf’s law over their ranks, without memory. Uniform references move as little as possible when the parent grows.',
  source: 'M. Coluzzi et al., BinomialHash (2024)',
  params: [
    { name: 'table', type: 'table', doc: 'The parent table.' },
    { name: 'by', type: 'any', default: null, doc: 'A column of the parent: its weights.' },
  ],
  truncatable: false,
  type: (args) => {
    const type = args.get('table')?.type;
    return type?.kind === 'ref' ? type : 'a table is needed here';
  },
  support: () => interval(0, 2 ** 48 - 1, { integer: true }),
  examples: ['~ref(users)', '~ref(media, by=popularity)'],
  shape: {
    kind: 'own',
    lower: (b, { args, by, key, type }) => {
      const table = args.get('table');
      if (table?.kind !== 'table') throw new LawFault('a table is needed here', 'table');
      const size = { i64: String(table.rows) };
      if (by === null) return { slot: b.kernel('consistent', { kind: 'i64' }, [key, size]), type };
      const rank = zipfRanks(b, key, table.rows, by.exponent, -1);
      return {
        slot: b.kernel('unpermute', { kind: 'i64' }, [{ i64: by.stream }, { slot: rank.step }, size]),
        type,
      };
    },
  },
});
