import { type Expr, subexpressions } from './3-plan/expr.ts';
import type { LogicalConstraint, LogicalPlan, LogicalTable } from './3-plan/logical-plan.ts';
import { createFiniteModel, type FiniteModel } from './4-optimize/enumerate/finite-model.ts';
import { NotFinite } from './4-optimize/enumerate/not-finite.ts';
import type { Table } from './4-optimize/enumerate/table.ts';
import type { Variable } from './4-optimize/enumerate/variable.ts';
import type { RuleTools } from './4-optimize/rule.ts';
import { diagnose } from './diagnostics/diagnose.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { count, plural } from './explain/figures.ts';

/** So many rows of a data table at most are few, where each is to come this often. */
const FEW = 20;
const OFTEN = 100;

/**
 * Conditions of the command line that leave few rows of a data table, so that the rows asked for repeat them: only three
 * cities of the region, say. A condition that names rows by what they alone have means it so.
 */
export function fewValues(plan: LogicalPlan, tools: RuleTools): readonly Diagnostic[] {
  return plan.tables.flatMap((table) => {
    if (!table.constraints.some(({ asked }) => asked)) return [];
    const model = createFiniteModel(table, plan, tools, new Map());
    const conditions = table.constraints.map((constraint) => conditionOf(constraint, table, model));
    const asked = conditions.filter(({ constraint }) => constraint.asked);
    const quotas = asked.filter(({ first, end }) => end - first < table.rows);
    const blocks = new Map((quotas.length > 0 ? quotas : asked).map((each) => [each.first, each]));
    return [...blocks.values()].flatMap((block) => {
      const inside = conditions.filter(({ first, end }) => first <= block.first && end >= block.end);
      return picked(inside).flatMap((draw) => judge(draw, inside, block, plan, table, model));
    });
  });
}

/** What a constraint demands of a block of rows; `reads`: the one draw that it reads, as a table over its states. */
type Condition = {
  readonly constraint: LogicalConstraint;
  readonly check: Expr;
  readonly first: number;
  readonly end: number;
  readonly reads: Table | null;
};

function conditionOf(constraint: LogicalConstraint, { rows }: LogicalTable, model: FiniteModel): Condition {
  const { predicate, asked } = constraint;
  const isBlock =
    asked && predicate.op === 'if' && subexpressions(predicate.condition).some(({ op }) => op === 'row');
  const check = isBlock ? predicate.then : predicate;
  const bound = (fn: string, otherwise: number): number =>
    isBlock ? (boundIn(predicate.condition, fn) ?? otherwise) : otherwise;
  return { constraint, check, first: bound('ge', 0), end: bound('lt', rows), reads: alone(check, model) };
}

/** `row >= first`, `row < end`. */
function boundIn(condition: Expr, fn: string): number | null {
  for (const part of subexpressions(condition)) {
    if (part.op !== 'call' || part.fn !== fn) continue;
    const [row, bound] = part.args;
    if (row?.op === 'row' && bound?.op === 'constant') return Number(bound.value);
  }
  return null;
}

function alone(check: Expr, model: FiniteModel): Table | null {
  try {
    return model.scopeOf(check).length === 1 ? model.indicator(check) : null;
  } catch (error) {
    if (error instanceof NotFinite) return null;
    throw error;
  }
}

/** Rows of data that conditions of the command line read. */
const picked = (conditions: readonly Condition[]): readonly Variable[] => [
  ...new Set(
    conditions.flatMap(({ constraint, reads }) =>
      constraint.asked && reads ? reads.scope.filter(({ draw }) => draw.type.kind === 'row') : [],
    ),
  ),
];

function judge(
  draw: Variable,
  inside: readonly Condition[],
  { first, end }: Condition,
  plan: LogicalPlan,
  table: LogicalTable,
  model: FiniteModel,
): readonly Diagnostic[] {
  const own = inside.filter(({ reads }) => reads?.scope[0] === draw);
  const asked = own.filter(({ constraint }) => constraint.asked);
  const weights = model.prior(draw).values;
  const holds = ({ reads }: Condition, state: number): boolean =>
    reads!.values[reads!.classes[0]!.classOf[state]!] !== 0;
  const possible = [...weights.keys()].filter((state) => weights[state]! > 0);
  const left = possible.filter((state) => own.every((each) => holds(each, state)));
  const rows = end - first;
  const few = left.length <= FEW && left.length < possible.length && rows >= OFTEN * left.length;
  if (!few || left.length === 0 || namesRows(asked, draw, plan, table)) return [];
  const data = draw.draw.type.kind === 'row' ? draw.draw.type.data : '';
  const [primary, ...others] = asked.map(({ constraint }) => constraint.span);
  const params = { rows: count(rows), table: table.name, count: plural(left.length, 'row'), data };
  const text = `leaves ${count(left.length)} of ${plural(possible.length, 'row')} of \`${data}\``;
  return [
    diagnose(
      'TVD4204',
      params,
      { span: primary!, text },
      { secondary: others.map((span) => ({ span, text: 'with this' })) },
    ),
  ];
}

/** Whether the columns of data that conditions read tell every row of it apart. */
function namesRows(
  conditions: readonly Condition[],
  { draw }: Variable,
  { data }: LogicalPlan,
  table: LogicalTable,
): boolean {
  const source = draw.type.kind === 'row' ? data.get(draw.type.data) : undefined;
  if (source?.kind !== 'table') return true;
  const read = new Set(conditions.flatMap(({ check }) => fieldsIn(check, table)));
  const columns = source.table.columns.filter(({ name }) => read.has(name));
  const rows = Array.from({ length: source.table.rows }, (_, row) =>
    columns.map(({ values }) => String(values[row])).join('\0'),
  );
  return new Set(rows).size === rows.length;
}

/** The columns of data behind an expression. */
function fieldsIn(expr: Expr, table: LogicalTable): readonly string[] {
  return subexpressions(expr).flatMap((part) => {
    if (part.op === 'field') return [part.column];
    const column = part.op === 'column' ? table.columns.find(({ path }) => path === part.path) : undefined;
    return column ? fieldsIn(column.expr, table) : [];
  });
}
