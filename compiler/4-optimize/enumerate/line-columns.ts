import { streamKey } from '../../../stdlib/kernels/streams.ts';
import { FLOAT64, type Type } from '../../../stdlib/types.ts';
import type { CodeOf, ColumnRead, Conditional, Draw, Expr } from '../../3-plan/expr.ts';
import type { Interval, LineLaw } from './line.ts';
import type { Truncation } from './truncation.ts';
import type { Variable } from './variable.ts';

/** Intervals as the values of an enum. */
export const intervalType = (intervals: readonly Interval[]): Type => ({
  kind: 'enum',
  values: intervals.map(({ lo, hi }) => `${lo}..${hi}`),
});

/** The draw of the interval has words of its own: the value within it uses the draw's. */
export const intervalStream = (seed: bigint, { stream }: Draw): string => streamKey(seed, stream, 'interval');

/** Which truncated law a row draws from, by its interval and what chooses the parameters. */
export const caseOf = (
  { cases, codes }: Truncation,
  { draw: { law, span } }: Variable,
  given: Conditional['given'],
): CodeOf => ({
  op: 'code-of',
  type: {
    kind: 'enum',
    values: cases.map(({ p, lo, hi }) => `${law}(${p.join(', ')}) within ${lo}..${hi}`),
  },
  domain: { kind: 'any', nullable: false },
  span,
  given,
  codes: Array.from(codes),
});

/** The draw with what varies chosen by the case. `names`: of the law's parameters, in their order. */
export function truncatedDraw(
  draw: Draw,
  cases: readonly LineLaw[],
  by: ColumnRead,
  names: readonly string[],
): Draw {
  const chosen = (of: (law: LineLaw) => number): Expr => numberBy(cases.map(of), by);
  const args = draw.args.map((arg) => {
    const at = names.indexOf(arg.name);
    return arg.value.op === 'constant' ? arg : { ...arg, value: chosen(({ p }) => p[at]!) };
  });
  const within = {
    op: 'range',
    type: { kind: 'range', of: FLOAT64 },
    domain: { kind: 'any', nullable: false },
    span: draw.span,
    lo: chosen(({ lo }) => lo),
    hi: chosen(({ hi }) => hi),
    halfOpen: false,
  } as const;
  return { ...draw, args, within };
}

function numberBy(values: readonly number[], by: ColumnRead): Expr {
  const [lo, hi] = [Math.min(...values), Math.max(...values)];
  const base = {
    type: FLOAT64,
    domain: { kind: 'interval', lo, hi, loOpen: false, hiOpen: false, integer: false, nullable: false },
    span: by.span,
  } as const;
  if (lo === hi || by.type.kind !== 'enum') return { ...base, op: 'constant', value: lo };
  const keys = by.type.values;
  const map = new Map(keys.map((key, i) => [key, values[i]!]));
  return {
    ...base,
    op: 'index',
    of: { ...base, op: 'constant', type: { kind: 'map', keys, of: FLOAT64 }, value: { map } },
    by,
  };
}
