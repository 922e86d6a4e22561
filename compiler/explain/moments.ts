import type { Arg, ScalarMath } from '../../stdlib/define.ts';
import { functions } from '../../stdlib/functions/index.ts';
import { dayMasses } from '../../stdlib/laws/instants.ts';
import type { Draw, Expr } from '../3-plan/expr.ts';
import { BINS, figure, total } from './bars.ts';
import type { Picture } from './tree.ts';

/** Instants by days of the window, as many together as a picture has bins; null where the zone is the row's. */
export function momentsOf(draw: Draw, math: ScalarMath): Picture | null {
  const args = new Map<string, Arg>();
  for (const { name, value } of draw.args) {
    const arg = argOf(value);
    if (arg === null) return null;
    args.set(name, arg);
  }
  const { starts, masses } = dayMasses(math, args);
  const sum = total(masses);
  const width = Math.ceil(masses.length / BINS);
  const bins = Array.from({ length: Math.ceil(masses.length / width) }, (_, i) => {
    const end = Math.min((i + 1) * width, masses.length);
    return {
      from: starts[i * width]!,
      to: starts[end]!,
      share: figure(total(masses.slice(i * width, end)) / sum),
    };
  });
  return { kind: 'density', of: 'instants', bins, tails: 0 };
}

/** A constant, or a part of a law made of such. */
function argOf(expr: Expr): Arg | null {
  if (expr.op === 'constant') return { kind: 'constant', value: expr.value, type: expr.type };
  if (expr.op === 'range') {
    const [lo, hi] = [argOf(expr.lo), argOf(expr.hi)];
    if (lo?.kind !== 'constant' || hi?.kind !== 'constant') return null;
    return { kind: 'constant', value: [lo.value, hi.value, expr.halfOpen], type: expr.type };
  }
  const params = expr.op === 'call' ? functions.get(expr.fn)?.overloads[expr.overload]?.params : undefined;
  if (expr.op !== 'call' || expr.type.kind !== 'piece' || !params) return null;
  const args = new Map<string, Arg>();
  for (const [i, { name, default: otherwise = null }] of params.entries()) {
    const given = expr.args[i] ?? null;
    const arg = given
      ? argOf(given)
      : ({ kind: 'constant', value: otherwise, type: { kind: 'null' } } as const);
    if (arg === null) return null;
    args.set(name, arg);
  }
  return { kind: 'piece', name: expr.fn, args };
}
