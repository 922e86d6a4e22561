import type { FunctionDefinition, LawDefinition } from '../../stdlib/define.ts';
import type { Kernels } from '../../stdlib/kernels/load.ts';
import type { Span } from '../1-parse/source.ts';
import type { LogicalPlan } from '../3-plan/logical-plan.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** A rewriting of the plan that changes no law; each in its own file, in the order of rules/index.ts. */
export type Rule = {
  readonly name: string;
  readonly doc: string;
  /** The same plan (by reference) when nothing fired. */
  readonly apply: (plan: LogicalPlan, tools: RuleTools) => RuleResult;
};

export type RuleTools = {
  readonly kernels: Kernels;
  readonly laws: ReadonlyMap<string, LawDefinition>;
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
  /** The text of a span, on one line. */
  readonly excerpt: (span: Span) => string;
};

export type RuleResult = {
  readonly plan: LogicalPlan;
  readonly firings: readonly RuleFiring[];
  readonly diagnostics: readonly Diagnostic[];
};

/** `target` is a column or a constraint's name. `applied: false` tells why a rule that could have been expected did not fire. */
export type RuleFiring = {
  readonly rule: string;
  readonly applied: boolean;
  readonly table: string;
  readonly target: string;
  readonly before: string;
  readonly after: string;
};
