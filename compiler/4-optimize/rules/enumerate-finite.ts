import type { Span } from '../../1-parse/source.ts';
import type { Expr } from '../../3-plan/expr.ts';
import type { LogicalConstraint, LogicalPlan, LogicalTable, Lowering } from '../../3-plan/logical-plan.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { count, plural, share } from '../../explain/figures.ts';
import { conjuncts } from '../conjuncts.ts';
import { contradiction } from '../contradiction.ts';
import type { FiniteModel } from '../enumerate/finite-model.ts';
import { modelOf } from '../enumerate/model.ts';
import { NotFinite } from '../enumerate/not-finite.ts';
import { rewrite } from '../enumerate/rewrite.ts';
import {
  type Candidate,
  components,
  culprits,
  isSmall,
  type Problem,
  problemOf,
  solve,
} from '../enumerate/solve.ts';
import { type Conditioned, obstacle, truncated } from '../enumerate/truncation.ts';
import type { Variable } from '../enumerate/variable.ts';
import { factorsOf, partsOf, productOf, type WeighPart } from '../enumerate/weigh.ts';
import { mapTables } from '../map.ts';
import type { Rule, RuleFiring, RuleTools } from '../rule.ts';
import { verdictOf } from './prove-constraints.ts';

/**
 * Constraints on finite draws (and what is computed from them) are met by drawing from the conditional law: the priors of
 * the draws and the constraints' indicators are factors, and eliminating the draws one by one gives the law of each given
 * those drawn before. What other constraints of the group reject then, they reject from this law: conditioning in two
 * steps is conditioning.
 */
export const enumerateFinite: Rule = {
  name: 'enumerate-finite',
  doc: 'Constraints and weights of finite draws are met by their conditional law, found by variable elimination: no rejection.',
  apply: (plan, tools) => {
    const firings: RuleFiring[] = [];
    const diagnostics: Diagnostic[] = [];
    const enumerated = mapTables(plan, (table) => {
      const done = enumerate(table, plan, tools);
      firings.push(...done.firings);
      diagnostics.push(...done.diagnostics);
      return done.table;
    });
    return { plan: enumerated, firings, diagnostics };
  },
};

type Done = {
  readonly table: LogicalTable;
  readonly firings: readonly RuleFiring[];
  readonly diagnostics: readonly Diagnostic[];
};

function enumerate(table: LogicalTable, plan: LogicalPlan, tools: RuleTools): Done {
  const open = table.constraints.filter(({ lowering }) => lowering.kind === 'open');
  const factors = table.weigh ? factorsOf(table.weigh.expr) : [];
  const model = modelOf([...open.map(({ predicate }) => predicate), ...factors], table, plan, tools);
  const parts = partsOf(table, model);
  const conditions: readonly Named[] = [
    ...table.constraints.map(({ name, span }) => ({ name, span, fails: 'false' })),
    ...parts.map(({ expr: { span } }) => ({ name: 'weigh', span, fails: 'zero' })),
  ];
  const firings: RuleFiring[] = [];
  const tell = (index: number, applied: boolean, after: string): void => {
    const { name, span } = conditions[index]!;
    const before = tools.excerpt(span);
    firings.push({ rule: 'enumerate-finite', applied, table: table.name, target: name, before, after });
  };
  const lowerings = new Map<number, Lowering>();
  const candidates: Candidate[] = [];
  table.constraints.forEach(({ predicate, lowering }, index) => {
    if (lowering.kind !== 'open' || verdictOf(predicate) === 'never') return;
    const found = candidateOf(predicate, index, model);
    if (typeof found === 'string') {
      if (model.touches(predicate)) tell(index, false, found);
    } else if (found.tables.every(({ values }) => values.every((value) => value === 1))) {
      lowerings.set(index, { kind: 'proved' });
      tell(index, true, 'proved: true for every combination of values');
    } else candidates.push(found);
  });
  parts.forEach((part, i) => {
    const index = table.constraints.length + i;
    if (!part.table) {
      if (model.touches(part.expr)) tell(index, false, part.why);
    } else if (part.table.values.every((value) => value > 0 && value === part.table.values[0])) {
      lowerings.set(index, { kind: 'proved' });
      tell(index, true, 'dropped: the same for every combination of values');
    } else candidates.push({ index, tables: [part.table], ancestors: part.ancestors });
  });
  const solved = solvedOf(candidates, model, ({ index }, why) => {
    tell(index, false, why);
  });
  const diagnostics: Diagnostic[] = [];
  const rewritten = solved.reduce((before, { problem, conditioned }) => {
    if (conditioned === null) {
      const guilty = culprits(problem.candidates, model).map(({ index }) => conditions[index]!);
      diagnostics.push(contradiction(guilty, `${guilty[0]!.fails} for every value that the laws can give`));
      return before;
    }
    for (const candidate of problem.candidates) {
      const { index } = candidate;
      const columns = linesOf(candidate).map(({ path }) => path);
      lowerings.set(index, { kind: 'enumerate', columns, kept: keptAlone(candidate, model) });
      tell(index, true, shown(problem, conditioned));
    }
    return rewrite(before, problem, conditioned, { seed: plan.seed, laws: tools.laws });
  }, table);
  if (lowerings.size === 0) return { table, firings, diagnostics };
  const constraints = rewritten.constraints.map((constraint, index): LogicalConstraint => {
    const lowering = lowerings.get(index);
    return lowering ? { ...constraint, lowering } : constraint;
  });
  const isFolded = (_: WeighPart, i: number): boolean => lowerings.has(table.constraints.length + i);
  const folded = parts.filter(isFolded);
  if (folded.length === 0) return { table: { ...rewritten, constraints }, firings, diagnostics };
  const rest = productOf(parts.filter((part) => !folded.includes(part)));
  const weigh = table.weigh && rest && { ...table.weigh, expr: rest };
  const spans = folded.map(({ expr }) => expr.span);
  return { table: { ...rewritten, constraints, weigh, folded: spans }, firings, diagnostics };
}

/** A constraint, or a part of the weight. */
type Named = { readonly name: string; readonly span: Span; readonly fails: string };

/** A constraint's tables, or why it has none. */
function candidateOf(predicate: Expr, index: number, model: FiniteModel): Candidate | string {
  try {
    const scope = model.scopeOf(predicate);
    if (scope.length === 0) return 'it reads no draw';
    const ancestors = model.ancestors(scope);
    ancestors.forEach(model.prior);
    return { index, tables: conjuncts(predicate).map(model.indicator), ancestors };
  } catch (error) {
    if (error instanceof NotFinite) return error.message;
    throw error;
  }
}

const linesOf = ({ tables }: Candidate): readonly Variable[] => [
  ...new Set(tables.flatMap(({ scope }) => scope.filter(({ line }) => line !== null))),
];

function keptAlone(candidate: Candidate, model: FiniteModel): number | null {
  const alone = problemOf([candidate], model);
  return isSmall(alone) ? (solve(alone)?.kept ?? null) : null;
}

type Solved = { readonly problem: Problem; readonly conditioned: Conditioned | null };

/** Problems small enough to be solved; of one that is not, the constraint that joins most is left to rejection. */
function solvedOf(
  candidates: readonly Candidate[],
  model: FiniteModel,
  leave: (candidate: Candidate, why: string) => void,
): readonly Solved[] {
  return components(candidates).flatMap((component): readonly Solved[] => {
    const problem = problemOf(component, model);
    const without = (those: readonly Candidate[], why: string): readonly Solved[] => {
      const widest = those.reduce((most, candidate) => (width(candidate) > width(most) ? candidate : most));
      leave(widest, why);
      const others = component.filter((candidate) => candidate !== widest);
      return solvedOf(others, model, leave);
    };
    if (!isSmall(problem))
      return without(component, `its largest factor has ${count(problem.largest)} cells`);
    const solution = solve(problem);
    const conditioned = solution && truncated(problem, solution);
    for (const [number, truncation] of conditioned?.truncations ?? []) {
      const variable = problem.variables[number]!;
      const those = component.filter(({ ancestors }) => ancestors.includes(variable));
      const why = obstacle(truncation, problem);
      if (why !== null) return without(those, `${variable.path}: ${why}`);
    }
    return [{ problem, conditioned }];
  });
}

const width = ({ tables }: Candidate): number => Math.max(...tables.map(({ values }) => values.length));

/** `mood; genre given mood; length within 2 intervals given genre: largest factor 1,200 cells`, in the order of drawing. */
function shown({ variables, sizes, largest }: Problem, { laws, truncations, kept }: Conditioned): string {
  const name = (number: number): string => variables[number]!.path;
  const law = (number: number): string => {
    const { path, size } = variables[number]!;
    const [classes, intervals] = [sizes[number]!, truncations.get(number)?.intervals.length];
    if (intervals) return `${path} within ${plural(intervals, 'interval')}`;
    return classes < size ? `${path} (${count(size)} values in ${count(classes)} classes)` : path;
  };
  const chain = [...laws]
    .reverse()
    .map(({ variable, given }) =>
      given.length === 0 ? law(variable) : `${law(variable)} given ${given.map(name).join(', ')}`,
    );
  return `${chain.join('; ')}: largest factor ${count(largest)} cells; ${share(kept)} kept`;
}
