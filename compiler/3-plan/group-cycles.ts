import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Expr } from './expr.ts';
import { children } from './expr.ts';
import { drawsIn, type Group, groupsOf } from './groups.ts';
import type { LogicalPlan, LogicalTable } from './logical-plan.ts';

/**
 * Reading a parent's column replays the parent's group. Where a group reaches itself so, through references, there is no
 * row to begin with: an employee paid less than a manager who is paid less than …
 */
export function groupCycles(plan: LogicalPlan): readonly Diagnostic[] {
  const nodes = plan.tables.flatMap((table) => nodesOf(table));
  const reads = new Map(nodes.map((node) => [node, readsOf(node, nodes, plan)]));
  const settled = new Set<Node>();
  const found: Diagnostic[] = [];
  const visit = (node: Node, path: readonly Node[]): void => {
    if (settled.has(node)) return;
    const at = path.indexOf(node);
    if (at >= 0) {
      found.push(report(path.slice(at)));
      settled.add(node);
      return;
    }
    for (const next of reads.get(node) ?? []) visit(next, [...path, node]);
    settled.add(node);
  };
  for (const node of nodes) visit(node, []);
  return found;
}

type Node = { readonly table: LogicalTable; readonly group: Group };

const nodesOf = (table: LogicalTable): readonly Node[] => groupsOf(table).map((group) => ({ table, group }));

const checksOf = ({ table, group }: Node): readonly Expr[] => [
  ...group.constraints.map((index) => table.constraints[index]!.predicate),
  ...(group.weigh && table.weigh ? [table.weigh.expr] : []),
];

/** The groups that must be settled before a group's checks can be computed. */
function readsOf(node: Node, nodes: readonly Node[], plan: LogicalPlan): readonly Node[] {
  const reached = new Set<Node>();
  const seen = new Set<string>();
  const read = (table: LogicalTable, expr: Expr): void => {
    if (expr.op === 'column') readColumn(table, expr.path);
    if (expr.op === 'parent') {
      const parent = plan.tables.find((candidate) => candidate.name === expr.table);
      if (parent) enter(parent, expr.path);
    }
    for (const child of children(expr)) read(table, child);
  };
  const readColumn = (table: LogicalTable, path: string): void => {
    const key = JSON.stringify([table.name, path]);
    const column = table.columns.find((candidate) => candidate.path === path);
    if (seen.has(key) || !column) return;
    seen.add(key);
    read(table, column.expr);
    if (column.missing) read(table, column.missing.expr);
  };
  /** A column of another row: the groups of that row that its draws belong to. */
  const enter = (table: LogicalTable, path: string): void => {
    const column = table.columns.find((candidate) => candidate.path === path);
    if (!column) return;
    const draws = drawsIn(table)(column.expr);
    for (const other of nodes) {
      if (other.table === table && [...other.group.draws].some((draw) => draws.has(draw))) reached.add(other);
    }
    readColumn(table, path);
  };
  for (const check of checksOf(node)) read(node.table, check);
  return [...reached];
}

function report(cycle: readonly Node[]): Diagnostic {
  const [first, ...others] = cycle.flatMap((node) => checksOf(node).map((check) => ({ node, check })));
  if (!first) throw new Error('a cycle of groups without checks');
  return diagnose(
    'TVD3004',
    { table: first.node.table.name },
    { span: first.check.span, text: 'conditions a row on another row, which …' },
    {
      secondary: others.map(({ check }) => ({ span: check.span, text: 'is conditioned in its turn' })),
      notes: [
        'a parent’s row is drawn, with its constraints, before its child’s: here neither can come first',
      ],
      help: [
        {
          text: 'let the constraint read columns of the parent that no constraint conditions, or drop one of the constraints',
        },
      ],
    },
  );
}
