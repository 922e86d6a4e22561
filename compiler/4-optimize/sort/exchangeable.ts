import type { LawDefinition } from '../../../stdlib/define.ts';
import type { Type } from '../../../stdlib/types.ts';
import { type Expr, mapChildren, shapeOf, subexpressions } from '../../3-plan/expr.ts';
import type { LogicalColumn, LogicalTable } from '../../3-plan/logical-plan.ts';

/**
 * Columns are exchangeable where they are the same expression, each of draws of its own: given what they read in common,
 * they are independent and alike. Truncation is part of the expression, so columns truncated alike stay exchangeable.
 */
export type Exchangeability = {
  /** Equal for columns that are exchangeable; null for a column that is exchangeable with none. */
  readonly classOf: (column: LogicalColumn) => string | null;
  /** Why two columns are not exchangeable; null where they are. */
  readonly obstacle: (a: LogicalColumn, b: LogicalColumn) => string | null;
};

const ORDERED: ReadonlySet<Type['kind']> = new Set([
  'int',
  'float',
  'decimal',
  'date',
  'timestamp',
  'duration',
]);

export function exchangeability(
  table: LogicalTable,
  laws: ReadonlyMap<string, LawDefinition>,
): Exchangeability {
  const uses = usesOfStreams(table);
  const known = new Map<LogicalColumn, string | null>();
  const obstacleOf = (column: LogicalColumn): string | null => {
    const { path } = column;
    const parts = subexpressions(column.expr);
    const draws = parts.filter((part) => part.op === 'draw');
    if (!ORDERED.has(column.type.kind)) return `${path} has no order`;
    if (draws.length === 0) return `${path} has no draw of its own`;
    if (column.domain.nullable) return `${path} may be null`;
    if (draws.some(({ law }) => laws.get(law)?.given)) return `${path} is given by the row`;
    if (parts.some(({ op }) => op === 'conditional' || op === 'unique-text'))
      return `${path} is drawn from a law that depends on others`;
    if (draws.some(({ stream }) => uses.get(stream) !== 1)) return `${path} shares its stream`;
    return null;
  };
  const classOf = (column: LogicalColumn): string | null => {
    const found = known.get(column);
    if (found !== undefined) return found;
    const made = obstacleOf(column) === null ? JSON.stringify([column.type, patternOf(column.expr)]) : null;
    known.set(column, made);
    return made;
  };
  return {
    classOf,
    obstacle: (a, b) => {
      const alone = obstacleOf(a) ?? obstacleOf(b);
      if (alone !== null) return alone;
      return classOf(a) === classOf(b) ? null : `${a.path} and ${b.path} have different laws`;
    },
  };
}

/** An expression with its streams numbered in the order of reading. */
function patternOf(expr: Expr): string {
  let draws = 0;
  const anonymous = (each: Expr): Expr => {
    const inner = mapChildren(each, anonymous);
    return inner.op === 'draw' ? { ...inner, stream: String(draws++) } : inner;
  };
  return shapeOf(anonymous(expr));
}

/** How often each stream is drawn from: two draws from one stream are dependent. */
function usesOfStreams(table: LogicalTable): ReadonlyMap<string, number> {
  const exprs = [
    ...table.columns.flatMap(({ expr, missing, missingAs }) => [expr, missing?.expr, missingAs]),
    ...table.constraints.map(({ predicate }) => predicate),
    table.weigh?.expr,
  ];
  const uses = new Map<string, number>();
  for (const part of exprs.flatMap((expr) => (expr ? subexpressions(expr) : []))) {
    if (part.op === 'draw' || part.op === 'conditional')
      uses.set(part.stream, (uses.get(part.stream) ?? 0) + 1);
  }
  return uses;
}
