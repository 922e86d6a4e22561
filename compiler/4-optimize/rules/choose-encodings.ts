import { scalarMath } from '../../../stdlib/kernels/load.ts';
import type { Type } from '../../../stdlib/types.ts';
import type { Layout } from '../../3-plan/logical-plan.ts';
import { type Cost, costOf, type Setting, settingOf } from '../../storage/costs.ts';
import { type Encoding, plainEncoding, sameEncoding } from '../../storage/encoding.ts';
import { type Facts, factsOf } from '../../storage/facts.ts';
import { mapSame, mapTables } from '../map.ts';
import type { Rule, RuleFiring } from '../rule.ts';

/** Nanoseconds that a byte less is worth: it is written, kept, moved and read, at some 50 MB/s. */
const PRICE = 20;

/** How each stored column lies in its file, by what its law makes of bytes and of the writer's time: no value changes. */
export const chooseEncodings: Rule = {
  name: 'choose-encodings',
  doc: 'A stored column is encoded by what is known of its values.',
  apply: (plan, tools) => {
    const math = scalarMath(tools.kernels);
    const firings: RuleFiring[] = [];
    const chosen = mapTables(plan, (table) => {
      const setting = settingOf(table, plan, math);
      const columns = new Map(table.columns.map((column) => [column.path, column]));
      const choose = (entry: Layout): Layout => {
        if (entry.kind === 'struct') {
          const fields = mapSame(entry.fields, choose);
          return fields === entry.fields ? entry : { ...entry, fields };
        }
        const facts = factsOf(columns.get(entry.path)!, table, plan, math);
        const before = plainEncoding(facts.type);
        const encoding = encodingOf(facts, before, setting);
        if (sameEncoding(encoding, before)) return entry;
        firings.push({
          rule: 'choose-encodings',
          applied: true,
          table: table.name,
          target: entry.path,
          before: before.values,
          after: [encoding.values, ...reasons(encoding, before, facts, setting)].join(', '),
        });
        return { ...entry, encoding };
      };
      const layout = mapSame(table.layout, choose);
      return layout === table.layout ? table : { ...table, layout };
    });
    return { plan: chosen, firings, diagnostics: [] };
  },
};

const CANDIDATES: readonly Encoding['values'][] = ['plain', 'dictionary', 'delta', 'delta-length'];

function encodingOf(facts: Facts, before: Encoding, setting: Setting): Encoding {
  const price = (values: Encoding['values']): number => {
    const cost = costOf(values, facts, setting);
    return cost ? cost.bytes * PRICE + cost.ns : Number.POSITIVE_INFINITY;
  };
  const values = CANDIDATES.reduce(
    (best, other) => (price(other) < price(best) ? other : best),
    before.values,
  );
  return { values, statistics: facts.order !== null || skips(facts.type) };
}

/** Any page of texts or identifiers drawn anew each row holds nearly their whole range, which is costly to find out. */
const skips = ({ kind }: Type): boolean => !['text', 'json', 'enum', 'uuid', 'list', 'vector'].includes(kind);

function reasons(
  { values, statistics }: Encoding,
  before: Encoding,
  facts: Facts,
  setting: Setting,
): readonly string[] {
  const bytes = (cost: Cost | null): string => (cost ? `~${Number(cost.bytes.toPrecision(2))} B` : '?');
  const sizes = [values, before.values].map((each) => bytes(costOf(each, facts, setting)));
  return [
    ...(values === before.values ? [] : [`${sizes.join(' a value, not ')}`]),
    ...(facts.order === null ? [] : [facts.order.direction]),
    ...(statistics ? [] : ['no statistics']),
  ];
}
