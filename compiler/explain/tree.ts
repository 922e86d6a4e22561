import { showType } from '../../stdlib/types.ts';
import type { Span } from '../1-parse/source.ts';
import { groupsOf } from '../3-plan/groups.ts';
import type { LogicalColumn, LogicalConstraint, LogicalPlan, LogicalTable } from '../3-plan/logical-plan.ts';
import type { RuleFiring } from '../4-optimize/rule.ts';
import { rules } from '../4-optimize/rules/index.ts';
import type { PhysicalPlan, PhysicalTable } from '../5-lower/physical-plan.ts';
import { count, percent, plural, size } from './figures.ts';

/** A plan as people read it; every renderer draws this tree. */
export type ExplainNode = {
  readonly kind: 'plan' | 'table' | 'column' | 'group' | 'constraint' | 'rules' | 'rule';
  readonly title: string;
  /** Short facts, in order: type, law, how it is made, estimates (with ~). */
  readonly facts: readonly string[];
  readonly children: readonly ExplainNode[];
};

export type ExplainInput = {
  readonly logical: LogicalPlan;
  readonly physical: PhysicalPlan;
  readonly firings: readonly RuleFiring[];
  readonly excerpt: (span: Span) => string;
};

export function explainPlan({ logical, physical, firings, excerpt }: ExplainInput): ExplainNode {
  const tables = logical.tables.map((table) =>
    explainTable(table, physical.tables.find((made) => made.name === table.name)!, excerpt),
  );
  const rows = physical.tables.reduce((sum, table) => sum + table.rows, 0);
  const bytes = physical.tables.reduce((sum, table) => sum + table.rows * table.estimate.bytesPerRow, 0);
  const files = physical.tables.reduce((sum, table) => sum + Math.ceil(table.rows / table.shardRows), 0);
  return {
    kind: 'plan',
    title: logical.dataset,
    facts: [
      `seed ${logical.seed}`,
      `${count(rows)} rows`,
      `~${size(bytes)}`,
      plural(files, 'file'),
      `plan ${physical.planHash.slice(0, 12)}`,
    ],
    children: [...tables, explainRules(firings)],
  };
}

function explainTable(
  table: LogicalTable,
  made: PhysicalTable,
  excerpt: ExplainInput['excerpt'],
): ExplainNode {
  const groups = groupsOf(table);
  const files = Math.ceil(table.rows / made.shardRows);
  const conditioned = groups.map(
    (group, i): ExplainNode => ({
      kind: 'group',
      title: `group ${i + 1}`,
      facts: [
        'redrawn together',
        `${plural(group.draws.size, 'draw')}`,
        `acceptance ~${percent(made.groups[i]!.acceptance)}`,
        `≤ ${count(made.groups[i]!.tries)} tries`,
      ],
      children: [
        ...group.constraints.map((index) => explainConstraint(table.constraints[index]!)),
        ...(group.weigh && table.weigh
          ? [
              {
                kind: 'constraint',
                title: excerpt(table.weigh.expr.span),
                facts: ['weigh'],
                children: [],
              } as const,
            ]
          : []),
      ],
    }),
  );
  const settled = table.constraints
    .filter(({ lowering }) => lowering.kind === 'proved' || lowering.kind === 'truncate')
    .map(explainConstraint);
  return {
    kind: 'table',
    title: table.name,
    facts: [
      `${count(table.rows)} rows`,
      `${plural(files, 'file')} of ${count(made.shardRows)}`,
      `~${made.estimate.bytesPerRow.toFixed(0)} B a row`,
      plural(made.steps.length, 'step'),
    ],
    children: [
      ...table.columns.map((column) => explainColumn(column, made, excerpt)),
      ...conditioned,
      ...settled,
    ],
  };
}

function explainColumn(
  column: LogicalColumn,
  made: PhysicalTable,
  excerpt: ExplainInput['excerpt'],
): ExplainNode {
  const step = made.steps[made.paths[column.path]!]!;
  const how = step.body.op === 'kernel' ? step.body.kernel : step.body.op;
  const missing = column.missing ? [`missing ${excerpt(column.missing.expr.span)}`] : [];
  return {
    kind: 'column',
    title: column.path,
    facts: [
      showType(column.type),
      excerpt(column.expr.span),
      how,
      ...missing,
      ...(column.hidden ? ['hidden'] : []),
    ],
    children: [],
  };
}

function explainConstraint(constraint: LogicalConstraint): ExplainNode {
  const how = {
    open: 'undecided',
    proved: 'proved, removed',
    truncate: 'truncated draw',
    reject: 'reject',
  } as const;
  return { kind: 'constraint', title: constraint.name, facts: [how[constraint.lowering.kind]], children: [] };
}

function explainRules(firings: readonly RuleFiring[]): ExplainNode {
  const fired = new Set(firings.filter((firing) => firing.applied).map((firing) => firing.rule));
  return {
    kind: 'rules',
    title: 'rules',
    facts: [
      `${fired.size} of ${rules.length} fired`,
      plural(firings.filter((firing) => firing.applied).length, 'firing'),
    ],
    children: firings.map((firing) => ({
      kind: 'rule',
      title: firing.rule,
      facts: [
        `${firing.table}.${firing.target}`,
        firing.applied ? `${firing.before}  →  ${firing.after}` : `not applied: ${firing.after}`,
      ],
      children: [],
    })),
  };
}
