import { scalarMath } from '../../../stdlib/kernels/load.ts';
import type { Expr } from '../../3-plan/expr.ts';
import type { LogicalConstraint, LogicalTable } from '../../3-plan/logical-plan.ts';
import { mapTables } from '../map.ts';
import type { Rule, RuleFiring, RuleTools } from '../rule.ts';
import { type Chain, chainsOf, type Step } from '../sort/chains.ts';
import { type Exchangeability, exchangeability } from '../sort/exchangeable.ts';
import { sorted } from '../sort/network.ts';
import { isTieless } from '../sort/ties.ts';

/**
 * x < y between exchangeable columns: their law given x < y is that of the lesser and the greater of two draws given that
 * these differ, since every pair of different values is as likely as its mirror image; likewise for chains (the order
 * statistics, H. A. David & H. N. Nagaraja, 2003, ch. 2). What other constraints reject then, they reject from this law.
 *
 * Equal values are drawn again. Under x <= y they would have to stay, with twice the weight that sorting gives them: only
 * continuous laws, which have none, are sorted then.
 */
export const sortExchangeable: Rule = {
  name: 'sort-exchangeable',
  doc: 'Columns of one law that a constraint puts in order hold their draws in order.',
  apply: (plan, tools) => {
    const firings: RuleFiring[] = [];
    const tables = mapTables(plan, (table) => {
      const done = sortTable(table, tools);
      firings.push(...done.firings);
      return done.table;
    });
    return { plan: tables, firings, diagnostics: [] };
  },
};

type Done = { readonly table: LogicalTable; readonly firings: readonly RuleFiring[] };

function sortTable(table: LogicalTable, tools: RuleTools): Done {
  const firings: RuleFiring[] = [];
  const tell = (index: number, applied: boolean, after: string): void => {
    const { name, span } = table.constraints[index]!;
    const before = tools.excerpt(span);
    firings.push({ rule: 'sort-exchangeable', applied, table: table.name, target: name, before, after });
  };
  const law = exchangeability(table, tools.laws);
  const steps = table.constraints.flatMap((constraint, index): Step[] => {
    const order = constraint.lowering.kind === 'open' ? orderOf(constraint.predicate) : null;
    if (order === null) return [];
    const obstacle = obstacleTo(order, table, law, tools);
    if (obstacle !== null) tell(index, false, obstacle);
    return obstacle === null ? [{ ...order, constraint: index }] : [];
  });
  const chains = chainsOf(steps);
  const met = new Set(chains.flatMap((chain) => chain.map(({ constraint }) => constraint)));
  for (const { constraint } of steps)
    if (!met.has(constraint)) tell(constraint, false, 'its columns are in order with others already');
  if (chains.length === 0) return { table, firings };
  for (const chain of chains) for (const { constraint } of chain) tell(constraint, true, shown(chain));
  const byPath = new Map(table.columns.map((column) => [column.path, column]));
  const rewritten = chains.reduce(
    (done, chain) =>
      sorted(
        done,
        pathsOf(chain).map((path) => byPath.get(path)!),
      ),
    table,
  );
  const constraints = table.constraints.map(
    (constraint, index): LogicalConstraint =>
      met.has(index) ? { ...constraint, lowering: { kind: 'sort' } } : constraint,
  );
  return { table: { ...rewritten, constraints }, firings };
}

type Order = { readonly from: string; readonly to: string; readonly strict: boolean };

/** x < y, however it is written. */
function orderOf(predicate: Expr): Order | null {
  if (predicate.op !== 'call' || !(predicate.fn in DIRECTIONS)) return null;
  const [left, right] = predicate.args;
  if (left?.op !== 'column' || right?.op !== 'column' || left.path === right.path) return null;
  if (left.observed || right.observed) return null;
  const { rises, strict } = DIRECTIONS[predicate.fn]!;
  return rises ? { from: left.path, to: right.path, strict } : { from: right.path, to: left.path, strict };
}

const DIRECTIONS: Readonly<Record<string, { readonly rises: boolean; readonly strict: boolean }>> = {
  lt: { rises: true, strict: true },
  le: { rises: true, strict: false },
  gt: { rises: false, strict: true },
  ge: { rises: false, strict: false },
};

function obstacleTo(
  { from, to, strict }: Order,
  { columns }: LogicalTable,
  law: Exchangeability,
  tools: RuleTools,
): string | null {
  const [a, b] = [from, to].map((path) => columns.find((column) => column.path === path)!);
  const obstacle = law.obstacle(a!, b!);
  if (obstacle !== null || strict) return obstacle;
  const { expr } = a!;
  if (expr.op === 'draw' && isTieless(expr, tools.laws, scalarMath(tools.kernels))) return null;
  return `${from} and ${to} may be equal, and \`<=\` keeps that: sorting would make it half as likely`;
}

const pathsOf = (chain: Chain): readonly string[] => [chain[0]!.from, ...chain.map(({ to }) => to)];

const shown = (chain: Chain): string => `${pathsOf(chain).join(', ')} hold their draws in order`;
