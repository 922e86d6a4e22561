import { createHash } from 'node:crypto';
import { functions } from '../stdlib/functions/index.ts';
import { KERNELS_HASH, loadKernels, scalarMath } from '../stdlib/kernels/load.ts';
import { laws } from '../stdlib/laws/index.ts';
import { parseSpec } from './1-parse/parse.ts';
import { printSpec } from './1-parse/print/print-spec.ts';
import type { Source } from './1-parse/source.ts';
import { checkSpec } from './2-check/check.ts';
import type { Host } from './2-check/host.ts';
import { soundPart } from './2-check/sound-part.ts';
import { isUnsupported } from './2-check/unsupported.ts';
import { givenOnly } from './3-plan/given-only.ts';
import { groupCycles } from './3-plan/group-cycles.ts';
import type { LogicalPlan } from './3-plan/logical-plan.ts';
import { planSpec } from './3-plan/plan.ts';
import { type Around, optimize } from './4-optimize/optimize.ts';
import type { RuleFiring, RuleTools } from './4-optimize/rule.ts';
import { COSTS, type Costs } from './5-lower/cost/costs.ts';
import { type Estimates, type Lowered, lowerPlan } from './5-lower/lower.ts';
import { outputOptions } from './5-lower/output.ts';
import type { PhysicalPlan } from './5-lower/physical-plan.ts';
import { judgeAcceptance } from './acceptance.ts';
import { blockStarts, type Condition, conditioned } from './conditions.ts';
import type { Diagnostic, Outcome } from './diagnostics/diagnostic.ts';
import { explainPlan } from './explain/explain.ts';
import type { Explanation } from './explain/tree.ts';
import { fewValues } from './few-values.ts';
import { type Overrides, override } from './overrides.ts';
import { type Setting, settled } from './settings.ts';
import { excerptIn, layoutOf, located, placeIn, type TextLayout } from './text-layout.ts';

/**
 *     text ─1 parse─▶ SpecAst ─2 check─▶ TypedSpec ─3 plan─▶ LogicalPlan ─4 optimize─▶ LogicalPlan ─5 lower─▶ PhysicalPlan
 *
 * Every phase is a pure function that returns a value and diagnostics. Tables that are at fault end there; the others go on to
 * the optimizer, so that all faults are told in one run.
 */
export type CompileOptions = {
  readonly host: Host;
  readonly overrides?: Overrides;
  /** Demands of a command line on the rows of tables: part of the plan's identity, as if they stood in the spec. */
  readonly conditions?: readonly Condition[];
  /** Other values of constants under `let:`: part of the plan's identity, too. */
  readonly settings?: readonly Setting[];
  /** Rules to leave out. */
  readonly without?: readonly string[];
  /** Around every rule of the optimizer: to time it. */
  readonly around?: Around;
  /** Estimates acceptance and tries by running the plan's groups on a fixed sample. */
  readonly probe?: Probe;
  /** What work costs on the machine to forecast for; without them, the committed ones. They decide nothing else. */
  readonly costs?: Costs;
  readonly version: string;
};

/** `strata`: rows by table that must be among those looked at. */
export type Probe = (plan: PhysicalPlan, blobs: Uint8Array, strata: Strata) => Estimates;
type Strata = Readonly<Record<string, readonly number[]>>;

export type Analysed = {
  readonly logical: LogicalPlan | null;
  readonly firings: readonly RuleFiring[];
  readonly diagnostics: readonly Diagnostic[];
  readonly specHash: string;
  readonly layout: TextLayout;
  readonly strata: Strata;
};

/** Diagnostics point into the spec (source 0), the conditions (source i + 1) and the settings after them. */
export type Compiled = {
  readonly plan: PhysicalPlan | null;
  readonly blobs: Uint8Array;
  readonly explain: Explanation | null;
  readonly diagnostics: readonly Diagnostic[];
};

/** Phases 1 to 4. */
export function analyse(source: Source, options: CompileOptions): Analysed {
  const parsed = parseSpec(source);
  const conditions = options.conditions ?? [];
  const settings = options.settings ?? [];
  const layout = layoutOf(
    source,
    [...conditions, ...settings].map(({ text }) => text),
  );
  const nothing = (diagnostics: readonly Diagnostic[]): Analysed => ({
    logical: null,
    firings: [],
    diagnostics,
    specHash: '',
    layout,
    strata: {},
  });
  if (!parsed.value) return nothing(parsed.diagnostics);
  const sized = override(parsed.value, options.overrides ?? {});
  const set = settled(sized, layout, settings, conditions.length);
  const asked = conditioned(set.value, layout, conditions, options.overrides?.rows ?? {});
  const { ast } = asked;
  const at = (diagnostic: Diagnostic): Diagnostic => located(diagnostic, layout);
  const checked = checkSpec(ast, options.host);
  const found = [
    ...parsed.diagnostics,
    ...[...set.diagnostics, ...asked.diagnostics, ...checked.diagnostics].map(at),
  ];
  const faults = [
    ...parsed.diagnostics,
    ...set.diagnostics,
    ...asked.diagnostics,
    ...checked.diagnostics,
  ].filter((diagnostic) => isError(diagnostic) || isUnsupported(diagnostic));
  const sound = checked.value && soundPart(checked.value, faults);
  const planned = sound && planSpec(sound, layout.text);
  if (!planned?.value) return nothing(found);
  const tools: RuleTools = {
    kernels: loadKernels(),
    laws,
    functions,
    excerpt: (span) => excerptIn(layout, span),
  };
  const optimized = optimize(planned.value, tools, options.without, options.around);
  const diagnostics = [
    ...found,
    ...[
      ...planned.diagnostics,
      ...optimized.diagnostics,
      ...groupCycles(optimized.plan),
      ...givenOnly(optimized.plan),
      ...fewValues(planned.value, tools),
    ].map(at),
  ];
  const specHash = createHash('sha256').update(printSpec(ast)).digest('hex');
  return {
    logical: faults.length > 0 || diagnostics.some(isError) ? null : optimized.plan,
    firings: optimized.firings,
    diagnostics,
    specHash,
    layout,
    strata: blockStarts(ast, conditions),
  };
}

/** All that can be wrong with a spec, short of running it; what cannot run yet is a warning. */
export function check(source: Source, options: CompileOptions): readonly Diagnostic[] {
  const analysed = analyse(source, options);
  return [...analysed.diagnostics, ...lower(analysed, options, null).diagnostics];
}

/** All five phases. What the runtime cannot do yet is an error here. */
export function compile(source: Source, options: CompileOptions): Compiled {
  const analysed = analyse(source, options);
  const draft = lower(analysed, options, null);
  const diagnostics = [...analysed.diagnostics, ...draft.diagnostics].map(
    (diagnostic): Diagnostic =>
      isUnsupported(diagnostic) ? { ...diagnostic, severity: 'error' } : diagnostic,
  );
  const { logical, firings, layout, strata } = analysed;
  const first = diagnostics.some(isError) ? null : draft.value;
  const estimates = first && options.probe ? options.probe(first.plan, first.blobs, strata) : null;
  if (logical && estimates) {
    const judged = judgeAcceptance(logical, estimates, scalarMath(loadKernels()));
    diagnostics.push(...judged.map((diagnostic) => located(diagnostic, layout)));
  }
  const good = !diagnostics.some(isError);
  const revised = good && estimates !== null && hasGroups(estimates);
  const lowered = revised ? lower(analysed, options, estimates).value : good ? first : null;
  if (!logical || !lowered) return { plan: null, blobs: new Uint8Array(), explain: null, diagnostics };
  const explain = explainPlan({
    logical,
    physical: lowered.plan,
    firings: [...firings, ...lowered.firings],
    laws,
    math: scalarMath(loadKernels()),
    without: options.without ?? [],
    estimates,
    place: (span) => placeIn(layout, span),
  });
  return { plan: lowered.plan, blobs: lowered.blobs, explain, diagnostics };
}

function lower(
  { logical, specHash, layout }: Analysed,
  options: CompileOptions,
  estimates: Estimates | null,
): Outcome<Lowered> {
  if (!logical) return { value: null, diagnostics: [] };
  const lowered = lowerPlan({
    plan: logical,
    library: { laws, functions },
    kernels: loadKernels(),
    versions: { tvdd: options.version, kernels: KERNELS_HASH },
    specHash,
    output: outputOptions(logical.output, options.overrides?.format),
    without: options.without ?? [],
    place: (span) => placeIn(layout, span),
    estimates,
    costs: options.costs ?? COSTS,
  });
  return { ...lowered, diagnostics: lowered.diagnostics.map((diagnostic) => located(diagnostic, layout)) };
}

/** Without groups there is nothing that an estimate would change. */
const hasGroups = ({ acceptance }: Estimates): boolean =>
  Object.values(acceptance).some((groups) => groups.length > 0);

const isError = (diagnostic: Diagnostic): boolean => diagnostic.severity === 'error';
