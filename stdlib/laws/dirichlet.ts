import { defineLaw } from '../define.ts';
import { LawFault } from '../samplers/fault.ts';
import { constantWeight } from '../samplers/items.ts';
import { quantileTable, stackTables } from '../samplers/quantile-table.ts';
import { freeKeys, interval } from './facts.ts';
import { standardGamma } from './gamma.ts';

/** From this concentration on no gamma variate underflows. */
const PLAIN = 0.1;

export const dirichlet = defineLaw({
  name: 'dirichlet',
  summary: 'Shares that add up to 1, one a label.',
  formula: 'f(x) ∝ Π x_i^(alpha_i − 1), Σ x_i = 1',
  doc: 'The names of the arguments label the components. Share i has mean alpha_i / Σ alphas; the smaller the alphas, the more one share dominates.',
  source: 'L. Devroye, Non-Uniform Random Variate Generation (1986), ch. XI.4',
  params: [],
  free: { of: 'label', bounds: { above: 0 }, doc: 'A component and its concentration.' },
  truncatable: false,
  type: (args) => {
    const free = freeKeys(args);
    if (free === null || free.size < 2) return 'dirichlet needs two components or more: dirichlet(a=2, b=1)';
    for (const [label, { value }] of free) {
      const alpha = typeof value === 'number' || typeof value === 'bigint' ? Number(value) : NaN;
      if (Number.isNaN(alpha)) return `the concentration of ${label} must be a constant number`;
      if (!(alpha > 0 && alpha < Infinity)) return `the concentration of ${label} must be above zero`;
    }
    return { kind: 'vector', dims: free.size, labels: [...free.keys()] };
  },
  support: () => interval(0, 1),
  examples: ['~dirichlet(mainstream=2, arthouse=0.7, nostalgic=0.8)'],
  shape: {
    kind: 'own',
    lower: (b, draw) => {
      const alphas = Float64Array.from(draw.free, ({ weight }) => constantWeight(weight));
      if (alphas.some((alpha) => !(alpha > 0))) throw new LawFault('a concentration must be above zero');
      const out = { kind: 'vec', width: alphas.length } as const;
      const dims = { i32: alphas.length };
      // Gamma variates of a small shape may underflow: those go by their logarithms.
      const plain = alphas.every((alpha) => alpha >= PLAIN);
      const stacked = plain
        ? stackTables([...alphas].map((alpha) => quantileTable(b.math, standardGamma, [alpha, 1], null)))
        : null;
      const slot = stacked
        ? b.kernel('dirichlet_tables', out, [draw.key, b.blob(stacked.offsets), b.blob(stacked.tables), dims])
        : b.kernel('dirichlet', out, [draw.key, b.blob(alphas), dims]);
      return { slot, type: draw.type };
    },
  },
});
