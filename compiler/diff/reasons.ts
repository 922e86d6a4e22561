import { type Expr, mapChildren, sameExpr, subexpressions } from '../3-plan/expr.ts';
import { drawsIn, groupsOf } from '../3-plan/groups.ts';
import type { LogicalColumn, LogicalPlan, LogicalTable } from '../3-plan/logical-plan.ts';
import type { Compared } from './diff.ts';

type Side = readonly [spec: Compared, table: LogicalTable, column: LogicalColumn];

/** Why a column changes, the nearest causes first. `changed`: every changed column, with its table. */
export function reasons(old: Side, now: Side, changed: ReadonlySet<string>): readonly string[] {
  const [a, before, from] = old;
  const [b, after, to] = now;
  const why: string[] = [];
  if (a.logical.seed !== b.logical.seed) why.push('another seed');
  if (from.stream !== to.stream) why.push(`its stream: \`${from.stream}\` → \`${to.stream}\``);
  if (!sameLaw(from.expr, to.expr))
    why.push(expressionReason(a.excerpt(from.expr.span), b.excerpt(to.expr.span)));
  if (!sameMaybe(from.missing?.expr ?? null, to.missing?.expr ?? null)) why.push('where it is missing');
  if (!sameMaybe(from.missingAs, to.missingAs)) why.push('what stands for missing values');
  const data = dataOf(to.expr).filter((name) => contentOf(a.logical, name) !== contentOf(b.logical, name));
  if (data.length > 0) why.push(`other data in ${data.join(', ')}`);
  const reads = readsOf(to, after.name).filter((read) => changed.has(read));
  if (reads.length > 0)
    why.push(`reads ${reads.map((read) => read.replace(`${after.name}.`, '')).join(', ')}`);
  const [was, is] = [conditionsOf(before, from), conditionsOf(after, to)];
  const [more, less] = [is.filter((name) => !was.includes(name)), was.filter((name) => !is.includes(name))];
  if (more.length > 0) why.push(`now given ${quoted(more)}`);
  if (less.length > 0) why.push(`no longer given ${quoted(less)}`);
  if (why.length > 0) return why;
  if (before.rows !== after.rows && subexpressions(to.expr).some(isGivenByRows))
    return ['another number of rows, which it depends on'];
  const parent = parentOf(a.logical, b.logical, to.expr);
  if (parent) return [`another number of rows of ${parent}`];
  const partners = partnersOf(after, to).filter((path) => changed.has(`${after.name}.${path}`));
  return partners.length > 0 ? [`redrawn together with ${partners.join(', ')}`] : ['drawn in another way'];
}

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

const expressionReason = (before: string, after: string): string =>
  before === after ? `a constant in \`${after}\`` : `\`${before}\` → \`${after}\``;

/** Streams aside, which follow from the seed and the column's name, and types, which follow from what is read. */
const sameLaw = (a: Expr, b: Expr): boolean => sameExpr(own(a), own(b));

function own(expr: Expr): Expr {
  const inner = mapChildren(expr, own);
  const plain = 'stream' in inner ? { ...inner, stream: '' } : inner;
  return plain.op === 'cast' ? plain : { ...plain, type: { kind: 'null' } };
}

const sameMaybe = (a: Expr | null, b: Expr | null): boolean => (a && b ? sameLaw(a, b) : a === b);

function readsOf({ expr, missing, missingAs }: LogicalColumn, table: string): readonly string[] {
  const all = [expr, ...(missing ? [missing.expr] : []), ...(missingAs ? [missingAs] : [])];
  const reads = all.flatMap(subexpressions).flatMap((one) => {
    if (one.op === 'column') return [`${table}.${one.path}`];
    if (one.op === 'parent') return [`${one.table}.${one.path}`];
    return one.op === 'draw' && one.by ? [`${one.by.table}.${one.by.path}`] : [];
  });
  return [...new Set(reads)];
}

const dataOf = (expr: Expr): readonly string[] => [
  ...new Set(
    subexpressions(expr).flatMap((one) =>
      one.op === 'data' ? [one.name] : one.op === 'field' ? [one.data] : [],
    ),
  ),
];

/** The digest of a data table's contents. */
function contentOf(plan: LogicalPlan, name: string): string | undefined {
  const data = plan.data.get(name);
  return data?.kind === 'table' ? data.table.hash : data?.hash;
}

const groupsOfColumn = (table: LogicalTable, { expr }: LogicalColumn) => {
  const draws = drawsIn(table)(expr);
  return groupsOf(table).filter((group) => [...group.draws].some((draw) => draws.has(draw)));
};

/** The names of the constraints that a column's draws are conditioned on together. */
const conditionsOf = (table: LogicalTable, column: LogicalColumn): readonly string[] =>
  groupsOfColumn(table, column).flatMap(({ constraints, weigh }) => [
    ...constraints.map((index) => table.constraints[index]!.name),
    ...(weigh ? ['weigh'] : []),
  ]);

/** The other columns whose own draws are redrawn with this one's. */
function partnersOf(table: LogicalTable, column: LogicalColumn): readonly string[] {
  const draws = new Set(groupsOfColumn(table, column).flatMap((group) => [...group.draws]));
  const redrawn = (other: LogicalColumn): boolean =>
    subexpressions(other.expr).some((one) => one.op === 'draw' && draws.has(one.stream));
  return table.columns.filter((other) => other !== column && redrawn(other)).map(({ path }) => path);
}

/** What the number of the table's own rows decides. */
const isGivenByRows = (expr: Expr): boolean =>
  (expr.op === 'draw' && expr.law === 'permutation') || expr.op === 'unique-text' || expr.op === 'constant';

/** A parent table that has another number of rows. */
function parentOf(a: LogicalPlan, b: LogicalPlan, expr: Expr): string | null {
  const rowsOf = (plan: LogicalPlan, name: string): number | undefined =>
    plan.tables.find((table) => table.name === name)?.rows;
  const parent = subexpressions(expr).find(
    (one) => one.op === 'table' && rowsOf(a, one.name) !== rowsOf(b, one.name),
  );
  return parent?.op === 'table' ? parent.name : null;
}
