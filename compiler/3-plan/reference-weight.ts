import type { ReferenceWeight } from '../../stdlib/define.ts';
import type { Expr } from './expr.ts';
import type { LogicalTable } from './logical-plan.ts';

/**
 * A power of a permutation is Zipf's law over ranks: `~permutation() ^ -0.8`, also through columns (`rank ^ -1.5`). Null
 * for any other weight.
 */
export function rankPower(
  tables: readonly LogicalTable[],
  table: string,
  path: string,
): ReferenceWeight | null {
  const columns = tables.find((candidate) => candidate.name === table)?.columns ?? [];
  const follow = (expr: Expr): Expr => {
    if (expr.op !== 'column') return expr;
    const column = columns.find((candidate) => candidate.path === expr.path);
    return column ? follow(column.expr) : expr;
  };
  const power = follow({
    op: 'column',
    path,
    observed: false,
    type: { kind: 'error' },
    domain: { kind: 'any', nullable: true },
    span: { start: 0, end: 0 },
  });
  const permutation = (expr: Expr | null | undefined): string | null => {
    const draw = expr && follow(expr);
    return draw?.op === 'draw' && draw.law === 'permutation' ? draw.stream : null;
  };
  const rank = permutation(power);
  if (rank !== null) return { kind: 'rank-power', stream: rank, exponent: -1 };
  if (power.op !== 'call' || power.fn !== 'pow') return null;
  const stream = permutation(power.args[0]);
  const exponent = power.args[1];
  if (stream === null || exponent?.op !== 'constant') return null;
  return { kind: 'rank-power', stream, exponent: -Number(exponent.value) };
}
