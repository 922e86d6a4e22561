import { laws } from '../../stdlib/laws/index.ts';
import { children, type Expr } from './expr.ts';
import { isChecked, type LogicalTable } from './logical-plan.ts';

/**
 * A co-variation group: constraints that must be met together, and the draws (by stream) that share one attempt. Indices
 * are into the table's constraints; `weigh` says that the table's weight belongs to the group.
 */
export type Group = {
  readonly constraints: readonly number[];
  readonly weigh: boolean;
  readonly draws: ReadonlySet<string>;
};

/**
 * The groups of a table (language.md, Constraints): a constraint's drawn ancestors in the row, references included, and
 * every group that shares a draw with it. Constraints that are proved, truncated or enumerated condition nothing any more:
 * their draws have the conditional law already, and what reads such draws is conditioned on top of it.
 */
export function groupsOf(table: LogicalTable): readonly Group[] {
  const draws = drawsIn(table);
  const seeds: Group[] = table.constraints.flatMap((constraint, i) =>
    isChecked(constraint) ? [{ constraints: [i], weigh: false, draws: draws(constraint.predicate) }] : [],
  );
  if (table.weigh) seeds.push({ constraints: [], weigh: true, draws: draws(table.weigh.expr) });
  return seeds.reduce<readonly Group[]>((groups, group) => {
    const meets = (other: Group): boolean => [...other.draws].some((draw) => group.draws.has(draw));
    const merged = groups.filter(meets).reduce(
      (all, other): Group => ({
        constraints: [...other.constraints, ...all.constraints],
        weigh: all.weigh || other.weigh,
        draws: new Set([...other.draws, ...all.draws]),
      }),
      group,
    );
    return [
      ...groups.filter((other) => !meets(other)),
      { ...merged, constraints: [...merged.constraints].sort((a, b) => a - b) },
    ];
  }, []);
}

/** The tables whose rows a group's checks read, by the references of the row. */
export function parentsRead(table: LogicalTable, { constraints, weigh }: Group): readonly string[] {
  const columns = new Map(table.columns.map((column) => [column.path, column]));
  const seen = new Set<string>();
  const found = new Set<string>();
  const read = (expr: Expr): void => {
    if (expr.op === 'parent') found.add(expr.table);
    if (expr.op === 'column' && !seen.has(expr.path)) {
      seen.add(expr.path);
      const column = columns.get(expr.path);
      if (column) read(column.expr);
      if (expr.observed && column?.missing) read(column.missing.expr);
    }
    for (const child of children(expr)) read(child);
  };
  for (const index of constraints) read(table.constraints[index]!.predicate);
  if (weigh && table.weigh) read(table.weigh.expr);
  return [...found];
}

/**
 * The draws of the row that an expression's value depends on. What is given (row, permutation, the index of a unique text)
 * is conditioned upon, never redrawn; of a parent's columns only the choice of the parent is the row's.
 */
export function drawsIn(table: LogicalTable): (expr: Expr) => ReadonlySet<string> {
  const columns = new Map(table.columns.map((column) => [column.path, column]));
  const known = new Map<string, ReadonlySet<string>>();
  const ofColumn = (path: string): ReadonlySet<string> => {
    const found = known.get(path);
    if (found) return found;
    const column = columns.get(path);
    if (!column) throw new Error(`${table.name} has no column ${path}`);
    const draws = ofExpr(column.expr);
    known.set(path, draws);
    return draws;
  };
  /** What decides whether the value is missing: a condition's draws, or those of a probability and its own. */
  const ofHole = (path: string): ReadonlySet<string> => {
    const missing = columns.get(path)?.missing ?? null;
    if (!missing) return new Set();
    const draws = ofExpr(missing.expr);
    return missing.expr.type.kind === 'bool' ? draws : new Set([...draws, missing.stream]);
  };
  const ofExpr = (expr: Expr): ReadonlySet<string> => {
    if (expr.op === 'column')
      return expr.observed ? new Set([...ofColumn(expr.path), ...ofHole(expr.path)]) : ofColumn(expr.path);
    const draws = new Set(children(expr).flatMap((child) => [...ofExpr(child)]));
    if (expr.op === 'draw' && !laws.get(expr.law)?.given) draws.add(expr.stream);
    if (expr.op === 'conditional' || expr.op === 'member') draws.add(expr.stream);
    return draws;
  };
  return ofExpr;
}
