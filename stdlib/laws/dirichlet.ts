import { defineLaw } from '../define.ts';
import { LawFault } from '../samplers/fault.ts';
import { constantWeight } from '../samplers/items.ts';
import { freeKeys, interval } from './facts.ts';

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
      const operands = [draw.key, b.blob(alphas), { i32: alphas.length }];
      return {
        slot: b.kernel('dirichlet', { kind: 'vec', width: alphas.length }, operands),
        type: draw.type,
      };
    },
  },
});
