import { type Arg, type ArgFacts, defineLaw } from '../define.ts';
import { weightedItems } from '../samplers/arguments.ts';
import { LawFault } from '../samplers/fault.ts';
import { constantWeight, itemTables } from '../samplers/items.ts';
import { isList, isMap, type Value } from '../value.ts';
import { choicesOf, firstFault, listFault, textsOf, weightFault } from './facts.ts';

type Counts = { readonly lo: number; readonly hi: number };

/** `1..3`, `1..<4` or 3. */
function countsOf(value: Value | undefined): Counts | null {
  if (typeof value === 'bigint' || typeof value === 'number') return { lo: Number(value), hi: Number(value) };
  if (value === undefined || !isList(value)) return null;
  const [lo, hi, halfOpen] = value;
  return { lo: Number(lo), hi: Number(hi) - (halfOpen === true ? 1 : 0) };
}

function fault(args: ReadonlyMap<string, ArgFacts>): string | null {
  const counts = countsOf(args.get('count')?.value);
  if (counts === null) return 'how many to choose must be a constant range of integers';
  if (
    !(Number.isInteger(counts.lo) && Number.isInteger(counts.hi) && counts.lo >= 0 && counts.lo <= counts.hi)
  ) {
    return 'how many to choose must be a range of integers from 0 up';
  }
  const weight = args.get('weight')?.value ?? null;
  return firstFault(
    choicesOf(args.get('items')),
    (items) => listFault(items, weight) ?? weightFault(weightsOf(items, weight), counts.hi),
  );
}

function weightsOf(items: Value, weight: Value): readonly Value[] {
  if (isMap(items)) return [...items.map.values()];
  if (isList(weight)) return weight;
  return isList(items) ? items.map(() => 1) : [];
}

export const choose = defineLaw({
  name: 'choose',
  summary: 'Some distinct items of a list.',
  formula: 'size uniform on the range; then one item after another, P(item) = weight / Σ weights left',
  doc: 'Without weights all subsets of a size are equally likely. The items keep the order in which they were drawn.',
  source:
    'S. Yates & P. M. Grundy, Selection without replacement from within strata with probability proportional to size (JRSS B 15, 1953)',
  params: [
    { name: 'count', type: 'any', constant: true, doc: 'How many: a range such as `1..3`, or an integer.' },
    { name: 'items', type: 'any', doc: 'A list, a map of weights, or such chosen by another column.' },
    { name: 'weight', type: 'list', default: null, constant: true, doc: 'The weights of a list of items.' },
  ],
  truncatable: false,
  type: (args) => {
    const items = args.get('items');
    const values = items ? textsOf(items) : 'nothing to choose from';
    if (typeof values === 'string') return values;
    if (new Set(values).size < values.length) return 'the items must be distinct';
    return fault(args) ?? { kind: 'list', of: { kind: 'enum', values } };
  },
  support: () => ({ kind: 'any', nullable: false }),
  examples: [
    '~choose(1..3, themes)',
    '~choose(2, { drama: 3, comedy: 2, crime: 1 })',
    '~choose(1..3, language_of[region])',
  ],
  shape: {
    kind: 'own',
    lower: (b, draw) => {
      const count = draw.args.get('count');
      const items = draw.args.get('items');
      const counts = count?.kind === 'constant' ? countsOf(count.value) : null;
      if (counts === null || items === undefined)
        throw new LawFault('how many to choose must be a constant range', 'count');
      if (draw.type.kind !== 'list' || draw.type.of.kind !== 'enum')
        throw new LawFault('only texts can be chosen', 'items');
      const dictionary = draw.type.of.values;
      const tables = itemTables(casesOf(items, draw.args.get('weight')), dictionary);
      if (tables.fewest < counts.hi)
        throw new LawFault(`${counts.hi} are to be chosen, but only ${tables.fewest} have a weight`, 'items');
      const blobs = [
        b.blob(tables.directory),
        b.blob(tables.cells),
        b.blob(tables.items),
        b.blob(tables.weights),
      ];
      const bounds = [{ i32: counts.lo }, { i32: counts.hi }];
      const out = { kind: 'codes' as const, width: Math.max(1, counts.hi), dictionary };
      const slot =
        items.kind === 'choice'
          ? b.kernel('choose_by', out, [
              draw.key,
              { slot: items.by.step },
              { i32: items.cases.length },
              ...bounds,
              ...blobs,
            ])
          : b.kernel('choose', out, [draw.key, ...bounds, ...blobs]);
      return { slot, type: draw.type };
    },
  },
});

function casesOf(items: Arg, weight: Arg | undefined): readonly Value[] {
  if (items.kind === 'choice') return items.cases;
  if (items.kind !== 'constant') throw new LawFault('the items must be constant', 'items');
  if (weight === undefined || (weight.kind === 'constant' && weight.value === null)) return [items.value];
  const { items: keys, weights } = weightedItems(
    items.value,
    weight.kind === 'constant' ? weight.value : constantWeight(weight),
  );
  return [{ map: new Map(keys.map((item, i) => [String(item), weights[i]!])) }];
}
