import { createHash } from 'node:crypto';
import { type Kernels, scalarMath } from '../../stdlib/kernels/load.ts';
import type { LogicalPlan, LogicalTable } from '../3-plan/logical-plan.ts';
import type { RuleFiring } from '../4-optimize/rule.ts';
import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import { createBlobStore } from './blobs.ts';
import type { Costs } from './cost/costs.ts';
import { estimated } from './cost/estimate.ts';
import type { PhysicalPlan } from './physical-plan.ts';
import { planHash } from './plan-hash.ts';
import { createTableLowering, finishTable, type LoweringContext } from './table.ts';
import type { Library } from './table-lowering.ts';

export type LowerInput = {
  readonly plan: LogicalPlan;
  readonly library: Library;
  readonly kernels: Kernels;
  readonly versions: { readonly tvdd: string; readonly kernels: string };
  /** Hash of the spec's meaning: comments and layout aside. */
  readonly specHash: string;
  readonly output: PhysicalPlan['output'];
  /** Switched-off rules: part of the plan's identity. */
  readonly without: readonly string[];
  /** Line and column of an offset into the spec, and the text of a span. */
  readonly place: LoweringContext['place'];
  readonly estimates: Estimates | null;
  /** Of the machine to forecast for: no part of the plan's identity. */
  readonly costs: Costs;
};

/** A share of candidates, with the ends of its interval. */
export type Share = {
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly candidates: number;
};
/** The share of candidates that a group accepts. */
export type Acceptance = Share & {
  /** Shares that each check alone rejects, in the group's order; the weight last. */
  readonly rejects: readonly number[];
  /** Where acceptance may depend on what is given in the row: the least favourable of those looked at. */
  readonly worst:
    | (Share & { readonly rejects: readonly number[]; readonly row: number; readonly among: number })
    | null;
};
/** What a probe measured, by table and group; null where a group was not looked at. */
export type Estimates = { readonly acceptance: Readonly<Record<string, readonly (Acceptance | null)[]>> };

export type Lowered = {
  readonly plan: PhysicalPlan;
  readonly blobs: Uint8Array;
  /** What the rules of lowering did: choices among plans of the same bytes. */
  readonly firings: readonly RuleFiring[];
};

/** Phase 5: every column as steps over kernels, every law as tables, every table as shards. */
export function lowerPlan(input: LowerInput): Outcome<Lowered> {
  const diagnostics: Diagnostic[] = [];
  const firings: RuleFiring[] = [];
  const store = createBlobStore();
  const math = scalarMath(input.kernels);
  const context: LoweringContext = {
    plan: input.plan,
    format: input.output.format,
    library: input.library,
    kernels: input.kernels,
    math,
    store,
    place: input.place,
    report: (diagnostic) => diagnostics.push(diagnostic),
    tell: (firing) => firings.push(firing),
    without: input.without,
    acceptance: (table, group) => input.estimates?.acceptance[table]?.[group] ?? null,
    table: (name) => lowerings.get(name)!,
  };
  const lowerings = new Map(
    input.plan.tables.map((table: LogicalTable) => [table.name, createTableLowering(table, context)]),
  );
  // Two rounds: reading a parent's column may add steps to a table that was finished before.
  const drafts = input.plan.tables.map((table) => finishTable(table, lowerings.get(table.name)!, context));
  const tables = drafts.map((draft) => draft());
  const { blobs, bytes } = store.finish();
  const blobsHash = createHash('sha256').update(bytes).digest('hex');
  const draft: Omit<PhysicalPlan, 'planHash' | 'estimate'> = {
    version: 1,
    tvdd: input.versions.tvdd,
    kernels: input.versions.kernels,
    dataset: input.plan.dataset,
    seed: input.plan.seed.toString(),
    specHash: input.specHash,
    tables,
    blobs,
    blobsHash,
    output: input.output,
  };
  const plan = estimated({ ...draft, planHash: planHash(draft, input.without) }, math, input.costs);
  return { value: diagnostics.length > 0 ? null : { plan, blobs: bytes, firings }, diagnostics };
}
