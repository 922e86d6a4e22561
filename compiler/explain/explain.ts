import type { LawDefinition, ScalarMath } from '../../stdlib/define.ts';
import type { Span } from '../1-parse/source.ts';
import { type Conditional, type Draw, type Expr, type Member, subexpressions } from '../3-plan/expr.ts';
import { type Group, groupsOf, parentsRead } from '../3-plan/groups.ts';
import type { LogicalColumn, LogicalConstraint, LogicalPlan, LogicalTable } from '../3-plan/logical-plan.ts';
import type { RuleFiring } from '../4-optimize/rule.ts';
import { ESSENTIAL, rules } from '../4-optimize/rules/index.ts';
import type { Acceptance, Estimates } from '../5-lower/lower.ts';
import type { OutputColumn, PhysicalPlan, PhysicalTable } from '../5-lower/physical-plan.ts';
import { loweringRules } from '../5-lower/rules.ts';
import { share } from './figures.ts';
import { made, stepsOf } from './made.ts';
import { pictureOf } from './picture.ts';
import {
  type ColumnNode,
  type ConstraintNode,
  EXPLANATION_VERSION,
  type Explanation,
  type GroupNode,
  type RuleNode,
  type StoredNode,
  type TableNode,
} from './tree.ts';
import { shortType } from './type.ts';
import { constraintMet } from './words.ts';

export type ExplainInput = {
  readonly logical: LogicalPlan;
  readonly physical: PhysicalPlan;
  readonly firings: readonly RuleFiring[];
  readonly laws: ReadonlyMap<string, LawDefinition>;
  readonly math: ScalarMath;
  /** Rules left out, and what the probe measured. */
  readonly without: readonly string[];
  readonly estimates: Estimates | null;
  /** The text of a span on one line, and where it stands. */
  readonly place: (span: Span) => { readonly text: string; readonly line: number };
};

export function explainPlan(input: ExplainInput): Explanation {
  const { logical, physical } = input;
  const numbers = numberAll(logical);
  const tables = logical.tables.map((table) =>
    explainTable(table, physical.tables.find(({ name }) => name === table.name)!, numbers, input),
  );
  return {
    version: EXPLANATION_VERSION,
    dataset: logical.dataset,
    seed: physical.seed,
    planHash: physical.planHash,
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    files: tables.reduce((sum, { files }) => sum + files, 0),
    estimate: {
      bytes: tables.reduce((sum, { rows, estimate }) => sum + rows * estimate.bytesPerRow, 0),
      seconds: tables.reduce(
        (sum, { rows, estimate }) => sum + (rows * estimate.nsPerRow) / 1e9,
        physical.estimate.startNs / 1e9,
      ),
      memory: physical.estimate.bytes,
      memoryPerWorker: physical.estimate.bytesPerWorker,
    },
    tables,
    rules: [...rules, ...loweringRules].map(({ name, doc }) => explainRule(name, doc, numbers, input)),
  };
}

function explainRule(name: string, doc: string, numbers: Numbers, input: ExplainInput): RuleNode {
  const firings = input.firings
    .filter(({ rule }) => rule === name)
    .map(({ rule: _, ...firing }) => ({ ...firing, number: numbers.target(firing.table, firing.target) }));
  const fired = firings.some(({ applied }) => applied);
  const out = input.without.includes(name) && !ESSENTIAL.has(name);
  return { name, doc, state: out ? 'left out' : fired ? 'fired' : 'idle', firings };
}

type Numbers = {
  readonly column: (table: string, path: string) => number;
  /** Null of a column that was dropped: proved constraints read such. */
  readonly kept: (table: string, path: string) => number | null;
  readonly group: (table: string, index: number) => number;
  readonly constraint: (table: string, index: number) => number;
  /** Of a column's path or a constraint's name; null where it is neither, or was dropped. */
  readonly target: (table: string, target: string) => number | null;
};

/** Columns of a table first, then each group with its constraints, then the constraints that need no group. */
function numberAll(plan: LogicalPlan): Numbers {
  const numbers = new Map<string, number>();
  const key = (...names: readonly (string | number)[]): string => names.join('\0');
  const give = (...names: readonly (string | number)[]): void => {
    if (!numbers.has(key(...names))) numbers.set(key(...names), numbers.size + 1);
  };
  for (const table of plan.tables) {
    for (const { path } of table.columns) give(table.name, 'column', path);
    for (const [i, group] of groupsOf(table).entries()) {
      give(table.name, 'group', i);
      for (const index of group.constraints) give(table.name, 'constraint', index);
    }
    for (const index of table.constraints.keys()) give(table.name, 'constraint', index);
  }
  const of = (...names: readonly (string | number)[]): number => {
    const number = numbers.get(key(...names));
    if (number === undefined) throw new Error(`${names.join(' ')} has no number`);
    return number;
  };
  return {
    column: (table, path) => of(table, 'column', path),
    kept: (table, path) => numbers.get(key(table, 'column', path)) ?? null,
    group: (table, index) => of(table, 'group', index),
    constraint: (table, index) => of(table, 'constraint', index),
    target: (table, target) => {
      const index = plan.tables
        .find(({ name }) => name === table)
        ?.constraints.findIndex(({ name }) => name === target);
      const column = numbers.get(key(table, 'column', target));
      return column ?? (index === undefined || index < 0 ? null : of(table, 'constraint', index));
    },
  };
}

function explainTable(
  table: LogicalTable,
  physical: PhysicalTable,
  numbers: Numbers,
  input: ExplainInput,
): TableNode {
  const groups = groupsOf(table);
  const measured = groups.map((_, i) => input.estimates?.acceptance[table.name]?.[i] ?? null);
  return {
    name: table.name,
    doc: table.doc,
    rows: table.rows,
    files: physical.partition?.files ?? Math.ceil(table.rows / physical.shardRows),
    rowsPerFile: physical.shardRows,
    partition: {
      by: physical.partition?.columns.map(({ name }) => name) ?? [],
      leftOut: physical.leftOut,
    },
    steps: physical.steps.length,
    estimate: physical.estimate,
    columns: table.columns.map((column) => explainColumn(column, table, groups, physical, numbers, input)),
    groups: groups.map((group, i): GroupNode => {
      const { tries } = physical.groups[i]!;
      return {
        number: numbers.group(table.name, i),
        draws: group.draws.size,
        columns: table.columns
          .filter((column) => inGroup(column, group))
          .map(({ path }) => numbers.column(table.name, path)),
        constraints: group.constraints.map((index) => numbers.constraint(table.name, index)),
        weigh: table.weigh && group.weigh ? placed(table.weigh.expr.span, input) : null,
        tries,
        estimate: {
          acceptance: acceptanceOf(group, measured[i] ?? null),
          dear: input.estimates && !measured[i] ? parentsRead(table, group) : [],
        },
      };
    }),
    constraints: table.constraints.map((constraint, index): ConstraintNode => {
      const group = groups.findIndex(({ constraints }) => constraints.includes(index));
      return {
        number: numbers.constraint(table.name, index),
        name: constraint.name,
        ...statedAs(constraint, input),
        lowering: constraint.lowering.kind,
        met: metBy(constraint, table.name, numbers),
        group: group < 0 ? null : numbers.group(table.name, group),
        reads: readsOf([constraint.predicate], table.name, numbers),
        steps: evaluated(groups[group], physical.groups[group], index, physical),
        kept: 'kept' in constraint.lowering ? constraint.lowering.kept : null,
        estimate: { acceptance: aloneOf(groups[group], measured[group] ?? null, index) },
      };
    }),
    folded: table.folded.map((span) => placed(span, input)),
  };
}

function acceptanceOf(group: Group, measured: Acceptance | null): GroupNode['estimate']['acceptance'] {
  if (!measured) return null;
  const { share, low, high, rejects, worst } = measured;
  const weight = group.weigh ? 1 - rejects.at(-1)! : null;
  const least = worst && { row: worst.row, share: worst.share, among: worst.among };
  return { share, low, high, weight, least };
}

/** A group's checks are in the order of its constraints. */
function evaluated(
  group: Group | undefined,
  made: PhysicalTable['groups'][number] | undefined,
  index: number,
  physical: PhysicalTable,
): ConstraintNode['steps'] {
  const check = made?.checks[group?.constraints.indexOf(index) ?? -1];
  return check ? stepsOf(check.step, physical) : [];
}

/** Rejections are told in the order of the group's constraints. */
function aloneOf(group: Group | undefined, measured: Acceptance | null, index: number): number | null {
  const rejects = measured?.rejects[group?.constraints.indexOf(index) ?? -1];
  return rejects === undefined ? null : 1 - rejects;
}

const placed = (span: Span, input: ExplainInput): { readonly text: string; readonly line: number } => {
  const { text, line } = input.place(span);
  return { text, line };
};

/** `check when condition`: a condition that is written elsewhere than the check is its `when`. */
function statedAs({ predicate, span }: LogicalConstraint, input: ExplainInput): ReturnType<typeof placed> {
  const check = placed(span, input);
  const when = predicate.op === 'if' ? predicate.condition : null;
  const apart = when && (when.span.start < span.start || when.span.end > span.end);
  return apart ? { ...check, text: `${check.text} when ${input.place(when.span).text}` } : check;
}

function metBy({ lowering }: LogicalConstraint, table: string, numbers: Numbers): string {
  const words = constraintMet(lowering.kind);
  return lowering.kind === 'truncate' ? `${words} (${numbers.column(table, lowering.columns[0])})` : words;
}

function explainColumn(
  column: LogicalColumn,
  table: LogicalTable,
  groups: readonly Group[],
  physical: PhysicalTable,
  numbers: Numbers,
  input: ExplainInput,
): ColumnNode {
  const group = groups.findIndex((candidate) => inGroup(column, candidate));
  return {
    number: numbers.column(table.name, column.path),
    path: column.path,
    type: shortType(column.type),
    ...placed(column.expr.span, input),
    hidden: column.hidden,
    missing: column.missing && missingText(column.missing.expr, input),
    given: isGiven(column.expr, input.laws),
    group: group < 0 ? null : numbers.group(table.name, group),
    boundBy: table.constraints.flatMap(({ lowering }, index) =>
      'columns' in lowering && lowering.columns.includes(column.path)
        ? [numbers.constraint(table.name, index)]
        : [],
    ),
    made: made(column, table, physical),
    reads: readsOf([column.expr, ...(column.missing ? [column.missing.expr] : [])], table.name, numbers),
    steps: stepsOf(physical.paths[column.path]!, physical),
    stored: storedNodes(physical.columns).get(column.path) ?? null,
    laws: drawsOf(column.expr).map((draw) => ({
      text: input.place(draw.span).text,
      picture: pictureOf(draw, {
        math: input.math,
        laws: input.laws,
        data: input.logical.data,
        tables: input.logical.tables,
        rows: table.rows,
      }),
    })),
  };
}

function storedNodes(columns: readonly OutputColumn[], prefix = ''): ReadonlyMap<string, StoredNode> {
  return new Map(
    columns.flatMap(({ name, body }): readonly (readonly [string, StoredNode])[] => {
      const path = prefix + name;
      if (body.kind === 'struct') return [...storedNodes(body.fields, `${path}.`)];
      const { values: encoding, statistics } = body.encoding;
      return [[path, { encoding, statistics, order: body.order?.direction ?? null }]];
    }),
  );
}

function missingText(expr: Expr, input: ExplainInput): string {
  return expr.op === 'constant' && typeof expr.value === 'number'
    ? share(expr.value)
    : input.place(expr.span).text;
}

/** What is drawn in an expression: from its law, or from that law conditioned on constraints. */
const drawsOf = (expr: Expr): readonly (Draw | Conditional | Member)[] =>
  subexpressions(expr).filter(
    (part) => part.op === 'draw' || part.op === 'conditional' || part.op === 'member',
  );

/** Some draw written in the column is the group's. */
const inGroup = (column: LogicalColumn, group: Group): boolean =>
  drawsOf(column.expr).some(({ stream }) => group.draws.has(stream));

function isGiven(expr: Expr, laws: ExplainInput['laws']): boolean {
  const parts = subexpressions(expr);
  const draws = drawsOf(expr);
  const fixed = parts.some(({ op }) => op === 'row' || op === 'unique-text');
  return (
    draws.every((draw) => draw.op === 'draw' && laws.get(draw.law)?.given === true) &&
    (fixed || draws.length > 0)
  );
}

/** The columns that are read, each once, in the order of reading. */
function readsOf(exprs: readonly Expr[], table: string, numbers: Numbers): readonly number[] {
  const reads = exprs.flatMap(subexpressions).flatMap((part) => {
    if (part.op === 'column') return [numbers.kept(table, part.path)];
    return part.op === 'parent' ? [numbers.kept(part.table, part.path)] : [];
  });
  return [...new Set(reads.filter((number) => number !== null))];
}
