import type { ArgFacts, LawDefinition } from '../../stdlib/define.ts';
import { scalarMath } from '../../stdlib/kernels/load.ts';
import type { Within } from '../../stdlib/samplers/truncated.ts';
import type { Draw, Expr } from '../3-plan/expr.ts';
import { lineLaw, massOf } from './enumerate/line.ts';
import { endsOf } from './enumerate/line-draw.ts';
import { NotFinite } from './enumerate/not-finite.ts';
import type { RuleTools } from './rule.ts';

/**
 * The share of a law that a tighter `within` keeps, parameters and bounds being constant; null where that is not known, or
 * nothing is left.
 */
export function keptBy(before: Draw, after: Draw, path: string, tools: RuleTools): number | null {
  const law = tools.laws.get(before.law);
  if (!law) return null;
  try {
    const [all, left] = [before, after].map((draw) => probabilityOf(law, draw, path, tools));
    return all && left ? Math.min(1, left / all) : null;
  } catch (error) {
    if (error instanceof NotFinite) return null;
    throw error;
  }
}

function probabilityOf(law: LawDefinition, draw: Draw, path: string, { kernels }: RuleTools): number {
  const bounds = constantBounds(draw);
  if (law.shape.kind === 'own') return bounds ? (law.shape.mass?.(factsOf(draw), bounds) ?? 0) : 1;
  const p = law.params.map(({ name, default: otherwise }) =>
    numberOf(draw.args.find((arg) => arg.name === name)?.value, Number(otherwise ?? Number.NaN)),
  );
  const math = scalarMath(kernels);
  return massOf(law, path, p, lineLaw(law, path, p, bounds && endsOf(bounds, draw), math), math);
}

const factsOf = ({ args, free }: Draw): ReadonlyMap<string, ArgFacts> =>
  new Map(
    [...args, ...free.map(({ label, weight }) => ({ name: label, value: weight }))].map(({ name, value }) => [
      name,
      { type: value.type, domain: value.domain, value: value.op === 'constant' ? value.value : undefined },
    ]),
  );

const numberOf = (expr: Expr | undefined, otherwise: number): number =>
  expr?.op === 'constant' ? Number(expr.value) : otherwise;

const constantBounds = ({ within }: Draw): Within | null =>
  within && {
    lo: numberOf(within.lo, -Infinity),
    hi: numberOf(within.hi, Infinity),
    halfOpen: within.halfOpen,
  };
