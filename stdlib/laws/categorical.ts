import { type ArgFacts, defineLaw } from '../define.ts';
import { drawItem } from '../samplers/items.ts';
import { type Facts, freeKeys, itemsFault, textsDomain, textsOf, weightFault } from './facts.ts';

function fault(args: Facts): string | null {
  const free = freeKeys(args);
  if (free) return weightFault([...free.values()].map(({ value }) => value));
  return itemsFault(args.get('of'), args.get('weight'));
}

function categories(args: Facts): readonly string[] | string {
  const free = freeKeys(args);
  if (free) return [...free.keys()];
  const of: ArgFacts | undefined = args.get('of');
  return of ? textsOf(of) : 'categories and their weights are missing';
}

export const categorical = defineLaw({
  name: 'categorical',
  summary: 'One of some labels, each with a probability proportional to its weight.',
  formula: 'P(label) = weight / Σ weights',
  doc: 'The names of the arguments are the labels; weights need not add up to 1. A map of weights may stand in their place, also one chosen by another column: `~categorical(language_of[region])`.',
  source:
    'A. J. Walker, An efficient method for generating discrete random variables with general distributions (ACM TOMS 3, 1977)',
  params: [
    {
      name: 'of',
      type: 'any',
      default: null,
      doc: 'Instead of labels: a map of weights, or a list of values.',
    },
    { name: 'weight', type: 'list', default: null, constant: true, doc: 'The weights of a list of values.' },
  ],
  free: { of: 'label', bounds: { min: 0 }, doc: 'A label and its weight.' },
  truncatable: false,
  type: (args) => {
    const values = categories(args);
    return typeof values === 'string' ? values : (fault(args) ?? { kind: 'enum', values });
  },
  support: (args) => {
    const values = categories(args);
    return typeof values === 'string' ? { kind: 'any', nullable: false } : textsDomain(values);
  },
  examples: [
    '~categorical(view=70, like=15, share=5, save=10)',
    '~categorical(moods)',
    '~categorical(language_of[region])',
  ],
  shape: { kind: 'own', lower: (b, draw) => drawItem(b, draw, 'of') },
});
