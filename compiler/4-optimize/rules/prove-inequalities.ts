import { type Expr, subexpressions } from '../../3-plan/expr.ts';
import type { LogicalConstraint, LogicalTable } from '../../3-plan/logical-plan.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { count } from '../../explain/figures.ts';
import { contradiction } from '../contradiction.ts';
import { fewest } from '../fewest.ts';
import { waysOf } from '../linear/literals.ts';
import { createRefuter, type Premise, type Refuter } from '../linear/refute.ts';
import { mapTables } from '../map.ts';
import type { Rule, RuleFiring, RuleTools } from '../rule.ts';
import { verdictOf } from './prove-constraints.ts';

/**
 * Comparisons that are linear in columns, draws and what is computed from them, as inequalities over exact rationals: a
 * constraint that cannot be false where the others hold is removed, and constraints that cannot hold together are an
 * error. Rounding is reckoned with, so that nothing is decided by less than it may amount to (`linear/`).
 */
export const proveInequalities: Rule = {
  name: 'prove-inequalities',
  doc: 'Linear comparisons that others imply cost nothing; those that contradict each other are told.',
  apply: (plan, tools) => {
    const firings: RuleFiring[] = [];
    const diagnostics: Diagnostic[] = [];
    const proved = mapTables(plan, (table) => {
      const done = prove(table, tools);
      firings.push(...done.firings);
      diagnostics.push(...done.diagnostics);
      return done.table;
    });
    return { plan: proved, firings, diagnostics };
  },
};

type Done = {
  readonly table: LogicalTable;
  readonly firings: readonly RuleFiring[];
  readonly diagnostics: readonly Diagnostic[];
};

function prove(table: LogicalTable, tools: RuleTools): Done {
  if (table.constraints.length === 0) return { table, firings: [], diagnostics: [] };
  const refuter = createRefuter(table);
  const firings: RuleFiring[] = [];
  const tell = (index: number, applied: boolean, after: string): void => {
    const { name, span } = table.constraints[index]!;
    const before = tools.excerpt(span);
    firings.push({ rule: 'prove-inequalities', applied, table: table.name, target: name, before, after });
  };
  const premises = table.constraints.flatMap(({ predicate }, index) =>
    verdictOf(predicate) === 'never' ? [] : refuter.premisesOf(predicate, index),
  );
  const guilty = contradictions(premises, refuter);
  if (guilty.length > 0) {
    const diagnostics = guilty.map((indices) =>
      contradiction(
        indices.map((index) => table.constraints[index]!),
        'false for every value that the laws can give',
      ),
    );
    return { table, firings, diagnostics };
  }
  // The last first: of two that say the same the first stays.
  const removed = new Set<number>();
  for (const index of [...table.constraints.keys()].reverse()) {
    const constraint = table.constraints[index]!;
    if (constraint.lowering.kind !== 'open' || mayFault(constraint.predicate, tools)) continue;
    const others = premises.filter(
      (premise) => premise.constraint !== index && !removed.has(premise.constraint),
    );
    const ways = waysOf(constraint.predicate, false);
    const alone = refuter.refute(ways, []);
    const found = alone.kind === 'refuted' ? alone : refuter.refute(ways, others);
    if (found.kind === 'unknown')
      tell(index, false, `${count(found.size)} inequalities are too many to solve exactly`);
    if (found.kind !== 'refuted') continue;
    const by = [...found.by].sort((a, b) => a - b).map((other) => table.constraints[other]!.name);
    // What others allow for is the group's: it would be lost with the constraint.
    if (constraint.tries !== null && by.length > 0) {
      tell(index, false, `it follows from ${by.join(', ')}, but carries tries`);
      continue;
    }
    removed.add(index);
    tell(index, true, by.length > 0 ? `proved: it follows from ${by.join(', ')}` : 'proved: always true');
  }
  if (removed.size === 0) return { table, firings, diagnostics: [] };
  const constraints = table.constraints.map(
    (constraint, index): LogicalConstraint =>
      removed.has(index) ? { ...constraint, lowering: { kind: 'proved' } } : constraint,
  );
  return { table: { ...table, constraints }, firings, diagnostics: [] };
}

/** Each as the fewest constraints that contradict each other. */
function contradictions(premises: readonly Premise[], refuter: Refuter): readonly (readonly number[])[] {
  return refuter.components(premises).flatMap((component) => {
    const found = refuter.refute(ANYHOW, component);
    if (found.kind !== 'refuted') return [];
    const constraints = [...new Set(component.map(({ constraint }) => constraint))].sort((a, b) => a - b);
    const impossible = (subset: readonly number[]): boolean => {
      const chosen = component.filter(({ constraint }) => subset.includes(constraint));
      return refuter.refute(ANYHOW, chosen).kind === 'refuted';
    };
    const smallest = fewest(constraints, impossible, refuter.exhausted);
    return [smallest.length <= found.by.size ? smallest : [...found.by].sort((a, b) => a - b)];
  });
}

/** Whatever the comparisons of a constraint. */
const ANYHOW = [[]] as const;

/** A fault of its evaluation would be lost with a constraint. */
const mayFault = (predicate: Expr, tools: RuleTools): boolean =>
  subexpressions(predicate).some(
    (part) =>
      part.op === 'cast' ||
      (part.op === 'call' &&
        tools.functions.get(part.fn)?.fault?.(
          part.args.map((arg) => ({
            type: arg?.type ?? { kind: 'null' },
            domain: arg?.domain ?? { kind: 'any', nullable: true },
            value: arg?.op === 'constant' ? arg.value : undefined,
          })),
        ) != null),
  );
