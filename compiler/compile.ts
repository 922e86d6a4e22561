import { createHash } from 'node:crypto';
import { functions } from '../stdlib/functions/index.ts';
import { KERNELS_HASH, loadKernels, scalarMath } from '../stdlib/kernels/load.ts';
import { laws } from '../stdlib/laws/index.ts';
import { parseSpec } from './1-parse/parse.ts';
import { printSpec } from './1-parse/print/print-spec.ts';
import { positionAt, type Source, type Span } from './1-parse/source.ts';
import { checkSpec } from './2-check/check.ts';
import type { Host } from './2-check/host.ts';
import { isUnsupported } from './2-check/unsupported.ts';
import { groupCycles } from './3-plan/group-cycles.ts';
import type { LogicalPlan } from './3-plan/logical-plan.ts';
import { planSpec } from './3-plan/plan.ts';
import { optimize } from './4-optimize/optimize.ts';
import type { RuleFiring } from './4-optimize/rule.ts';
import { type Estimates, type Lowered, lowerPlan } from './5-lower/lower.ts';
import { outputOptions } from './5-lower/output.ts';
import type { PhysicalPlan } from './5-lower/physical-plan.ts';
import type { Diagnostic, Outcome } from './diagnostics/diagnostic.ts';
import { type ExplainNode, explainPlan } from './explain/tree.ts';
import { type Overrides, override } from './overrides.ts';

/**
 *     text ─1 parse─▶ SpecAst ─2 check─▶ TypedSpec ─3 plan─▶ LogicalPlan ─4 optimize─▶ LogicalPlan ─5 lower─▶ PhysicalPlan
 *
 * Every phase is a pure function that returns a value and diagnostics; the next one starts only where there is no error.
 */
export type CompileOptions = {
  readonly host: Host;
  readonly overrides?: Overrides;
  /** Rules to leave out. */
  readonly without?: readonly string[];
  /** Estimates acceptance and tries by running the plan's groups on a fixed sample. */
  readonly probe?: Probe;
  readonly version: string;
};

export type Probe = (plan: PhysicalPlan, blobs: Uint8Array) => Estimates;

export type Analysed = {
  readonly logical: LogicalPlan | null;
  readonly firings: readonly RuleFiring[];
  readonly diagnostics: readonly Diagnostic[];
  readonly specHash: string;
};

export type Compiled = {
  readonly plan: PhysicalPlan | null;
  readonly blobs: Uint8Array;
  readonly explain: ExplainNode | null;
  readonly diagnostics: readonly Diagnostic[];
};

/** Phases 1 to 4. */
export function analyse(source: Source, options: CompileOptions): Analysed {
  const parsed = parseSpec(source);
  const nothing = (diagnostics: readonly Diagnostic[]): Analysed => ({
    logical: null,
    firings: [],
    diagnostics,
    specHash: '',
  });
  if (!parsed.value) return nothing(parsed.diagnostics);
  const ast = override(parsed.value, options.overrides ?? {});
  const checked = checkSpec(ast, options.host);
  const found = [...parsed.diagnostics, ...checked.diagnostics];
  if (!checked.value || found.some(isError)) return nothing(found);
  if (found.some(isUnsupported)) return nothing(found);
  const planned = planSpec(checked.value, source);
  const soFar = [...found, ...planned.diagnostics];
  if (!planned.value || soFar.some(isError)) return nothing(soFar);
  const optimized = optimize(
    planned.value,
    { kernels: loadKernels(), laws, functions, excerpt: (span) => excerptOf(source, span) },
    options.without,
  );
  const diagnostics = [...soFar, ...optimized.diagnostics, ...groupCycles(optimized.plan)];
  const specHash = createHash('sha256').update(printSpec(ast)).digest('hex');
  return {
    logical: diagnostics.some(isError) ? null : optimized.plan,
    firings: optimized.firings,
    diagnostics,
    specHash,
  };
}

/** All that can be wrong with a spec, short of running it; what cannot run yet is a warning. */
export function check(source: Source, options: CompileOptions): readonly Diagnostic[] {
  const analysed = analyse(source, options);
  return [...analysed.diagnostics, ...lower(analysed, source, options, null).diagnostics];
}

/** All five phases. What the runtime cannot do yet is an error here. */
export function compile(source: Source, options: CompileOptions): Compiled {
  const analysed = analyse(source, options);
  const draft = lower(analysed, source, options, null);
  const diagnostics = [...analysed.diagnostics, ...draft.diagnostics].map(
    (diagnostic): Diagnostic =>
      isUnsupported(diagnostic) ? { ...diagnostic, severity: 'error' } : diagnostic,
  );
  const { logical, firings } = analysed;
  const first = diagnostics.some(isError) ? null : draft.value;
  const estimates = first && options.probe ? options.probe(first.plan, first.blobs) : null;
  const lowered = estimates ? lower(analysed, source, options, estimates).value : first;
  if (!logical || !lowered) return { plan: null, blobs: new Uint8Array(), explain: null, diagnostics };
  const excerpt = (span: Span): string => excerptOf(source, span);
  const explain = explainPlan({ logical, physical: lowered.plan, firings, excerpt });
  return { ...lowered, explain, diagnostics };
}

function lower(
  { logical, specHash }: Analysed,
  source: Source,
  options: CompileOptions,
  estimates: Estimates | null,
): Outcome<Lowered> {
  if (!logical) return { value: null, diagnostics: [] };
  return lowerPlan({
    plan: logical,
    library: { laws, functions },
    math: scalarMath(loadKernels()),
    versions: { tvdd: options.version, kernels: KERNELS_HASH },
    specHash,
    output: outputOptions(logical.output),
    without: options.without ?? [],
    place: (span) => ({ text: excerptOf(source, span), ...positionAt(source.text, span.start) }),
    estimates,
  });
}

const isError = (diagnostic: Diagnostic): boolean => diagnostic.severity === 'error';
const excerptOf = (source: Source, span: Span): string =>
  source.text.slice(span.start, span.end).replace(/\s+/g, ' ');
