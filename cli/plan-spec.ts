import type { Source } from '../compiler/1-parse/source.ts';
import { ESSENTIAL, rules } from '../compiler/4-optimize/rules/index.ts';
import type { PhysicalPlan, PhysicalTable } from '../compiler/5-lower/physical-plan.ts';
import { loweringRules } from '../compiler/5-lower/rules.ts';
import { type Compiled, type CompileOptions, compile } from '../compiler/compile.ts';
import type { Condition } from '../compiler/conditions.ts';
import { nearest } from '../compiler/diagnostics/nearest.ts';
import type { Setting } from '../compiler/settings.ts';
import { EXIT } from './exit.ts';
import { type Blame, Failure } from './failure.ts';
import { runFailure } from './run-fault.ts';
import { VERSION } from './version.ts';

/** A plan with what it was made from: the spec, the conditions, the settings. */
export type Planned = Compiled & { readonly plan: PhysicalPlan; readonly sources: readonly Source[] };

/** Demands on rows and values of constants, with the texts that diagnostics point into. */
export type WrittenCondition = Condition & { readonly source: Source };
export type WrittenSetting = Setting & { readonly source: Source };

/** Spec → plan, with its warnings. @throws {Failure} with the faults of the spec. */
export function planSpec(
  source: Source,
  options: Omit<CompileOptions, 'version' | 'conditions' | 'settings'> & {
    readonly conditions: readonly WrittenCondition[];
    readonly settings: readonly WrittenSetting[];
  },
): Planned {
  const sources = [source, ...[...options.conditions, ...options.settings].map((one) => one.source)];
  const compiled = attempt(() => compile(source, { ...options, version: VERSION }), sources);
  const { plan, diagnostics } = compiled;
  if (!plan) throw new Failure(diagnostics, sources, EXIT.spec);
  return { ...compiled, plan, sources };
}

/** Estimating acceptance makes rows, and a row may be at fault: the spec's fault, then. */
function attempt(work: () => Compiled, sources: readonly Source[]): Compiled {
  try {
    return work();
  } catch (error) {
    const known = runFailure(error, sources);
    throw known instanceof Failure ? new Failure(known.diagnostics, known.sources, EXIT.spec) : known;
  }
}

/** The table that the user named. */
export function tableNamed(plan: PhysicalPlan, name: string, blame: Blame): PhysicalTable {
  const found = plan.tables.find((table) => table.name === name);
  if (found) return found;
  const names = plan.tables.map((table) => table.name);
  const near = nearest(name, names);
  const hints = near
    ? { label: `did you mean \`${near}\`?` }
    : { help: `its tables are ${names.join(', ')}` };
  throw blame('TVD7011', { table: name }, hints);
}

/** A rule to leave out must be one that can be. */
export function checkRule(name: string, blame: Blame): void {
  const names = [...rules, ...loweringRules].map((rule) => rule.name).filter((rule) => !ESSENTIAL.has(rule));
  if (names.includes(name)) return;
  if (ESSENTIAL.has(name))
    throw blame('TVD7005', { option: '--without', expected: 'a rule that can be left out', value: name });
  const near = nearest(name, names);
  const hints = near ? { label: `did you mean \`${near}\`?` } : { help: `its rules are ${names.join(', ')}` };
  throw blame('TVD7017', { rule: name }, hints);
}
