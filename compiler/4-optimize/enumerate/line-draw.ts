import type { Param } from '../../../stdlib/define.ts';
import { scalarMath } from '../../../stdlib/kernels/load.ts';
import { nextDouble } from '../../../stdlib/samplers/doubles.ts';
import { FLOAT64 } from '../../../stdlib/types.ts';
import type { Value } from '../../../stdlib/value.ts';
import type { Draw, Expr } from '../../3-plan/expr.ts';
import type { RuleTools } from '../rule.ts';
import { createLine, type Interval, type Line, lineLaw } from './line.ts';
import type { Partition } from './partition.ts';
import type { Result } from './run-steps.ts';

/** What a draw's parameters and bounds are computed from. */
export const lineInputs = ({ args, within }: Draw): readonly Expr[] =>
  [...args.map(({ value }) => value), ...(within ? [within.lo, within.hi] : [])].filter(
    ({ op }) => op !== 'constant',
  );

export type LineContext = {
  readonly cuts: readonly number[];
  /** Classes of what the inputs are computed from; choices of these, and an input for each. */
  readonly choices: readonly Partition[];
  readonly cells: number;
  readonly tabulated: (input: Expr) => readonly Result[];
  readonly tools: RuleTools;
};

/** A draw on the line as a choice of intervals. @throws {NotFinite} where its law fails for some choice. */
export function lineOf(draw: Draw, path: string, context: LineContext): Line {
  const { cuts, choices, cells, tabulated, tools } = context;
  const law = tools.laws.get(draw.law);
  if (!law) throw new Error(`no law ${draw.law}`);
  const math = scalarMath(tools.kernels);
  const column = (expr: Expr): readonly number[] =>
    expr.op === 'constant' && expr.type.kind !== 'decimal'
      ? new Array<number>(cells).fill(numberOf(expr.value))
      : tabulated(asReal(expr)).map((value) => numberOf(typeof value === 'symbol' ? null : value));
  const ofParam = ({ name, default: otherwise }: Param): readonly number[] => {
    const given = draw.args.find((arg) => arg.name === name);
    return given ? column(given.value) : new Array<number>(cells).fill(numberOf(otherwise ?? null));
  };
  const params = law.params.map(ofParam);
  const ends = draw.within && { lo: column(draw.within.lo), hi: column(draw.within.hi) };
  const laws = Array.from({ length: cells }, (_, i) => {
    const within = ends && endsOf({ lo: ends.lo[i]!, hi: ends.hi[i]! }, draw);
    const p = params.map((values) => values[i]!);
    return lineLaw(law, path, p, within, math);
  });
  return { choices, ...createLine(law, path, laws, cuts, math) };
}

const numberOf = (value: Value): number =>
  typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN;

/** A decimal lies in its slot as a whole number of units. */
const asReal = (expr: Expr): Expr =>
  expr.type.kind === 'decimal'
    ? { op: 'cast', type: FLOAT64, domain: expr.domain, span: expr.span, of: expr }
    : expr;

/** Bounds as closed ends that a value may have. */
export function endsOf({ lo, hi }: Interval, { type, within }: Draw): Interval {
  const open = within?.halfOpen ?? false;
  if (type.kind === 'int') return { lo: Math.ceil(lo), hi: open ? Math.ceil(hi) - 1 : Math.floor(hi) };
  return { lo, hi: open ? nextDouble(hi, -1) : hi };
}

/** Some value of an interval: all that is computed from it is the same for every other. */
export function valueIn({ lo, hi }: Interval, { type }: Draw): Value {
  const value = Number.isFinite(lo) ? lo : Number.isFinite(hi) ? hi : 0;
  return type.kind === 'int' ? BigInt(value) : value;
}
