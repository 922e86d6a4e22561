import { defineLaw } from '../define.ts';
import { drawItem } from '../samplers/items.ts';
import { slotOf } from '../types.ts';
import { isList } from '../value.ts';
import { type Facts, itemsFault, numbersDomain, textsDomain, textsOf } from './facts.ts';

export const pick = defineLaw({
  name: 'pick',
  summary: 'A row of a data table, or an item of a list.',
  formula: 'P(item) = weight / Σ weights; all are equally likely without weight',
  doc: 'A row is drawn whole: `g: ~pick(genres, weight=weight)`, then `g.parent`, `g.typical_minutes`. In `weight=` a name is a column of that table.',
  source:
    'A. J. Walker, An efficient method for generating discrete random variables with general distributions (ACM TOMS 3, 1977)',
  params: [
    {
      name: 'from',
      type: 'any',
      doc: 'A data table, a list, a map of weights, or a list chosen by another column.',
    },
    {
      name: 'weight',
      type: 'list',
      default: null,
      constant: true,
      doc: 'A column of the table (or a list) of weights.',
    },
  ],
  truncatable: false,
  type: (args) => {
    const from = args.get('from');
    if (from === undefined) return 'nothing to pick from';
    const { type, value } = from;
    const fault = itemsFault(from, args.get('weight'));
    if (fault !== null) return fault;
    if (type.kind === 'row') return type;
    if (type.kind === 'list' && type.of.kind !== 'text' && type.of.kind !== 'enum') {
      if (!['i64', 'f64'].includes(slotOf(type.of) ?? ''))
        return 'only texts and numbers can be picked from a list';
      return value === undefined ? 'only texts can be drawn from lists that another column chooses' : type.of;
    }
    const values = textsOf(from);
    return typeof values === 'string' ? values : { kind: 'enum', values };
  },
  support: (args) => {
    const from = args.get('from');
    const numbers = numbersOf(args);
    if (numbers !== null) return numbersDomain(numbers);
    const values = from === undefined || from.type.kind === 'row' ? 'rows' : textsOf(from);
    return typeof values === 'string' ? { kind: 'any', nullable: false } : textsDomain(values);
  },
  examples: ['~pick(cities, weight=population)', "~pick(['red', 'green', 'blue'])", '~pick(words.nouns)'],
  shape: { kind: 'own', lower: (b, draw) => drawItem(b, draw, 'from') },
});

/** The numbers of a constant list that have a weight; null where it holds others, or is none. */
function numbersOf(args: Facts): readonly number[] | null {
  const items = args.get('from')?.value;
  const weights = args.get('weight')?.value ?? null;
  if (items === undefined || !isList(items)) return null;
  const drawn = isList(weights) ? items.filter((_, i) => Number(weights[i]) > 0) : items;
  const numbers = drawn.filter((item) => typeof item === 'number' || typeof item === 'bigint').map(Number);
  return numbers.length === drawn.length ? numbers : null;
}
