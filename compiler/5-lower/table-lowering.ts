import type { FunctionDefinition, LawDefinition, ReferenceWeight, SlotRef } from '../../stdlib/define.ts';
import type { Span } from '../1-parse/source.ts';
import type { Expr } from '../3-plan/expr.ts';
import type { LogicalPlan } from '../3-plan/logical-plan.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Place, StepBuilder } from './builder.ts';

/** A table being lowered, as expressions see it. Columns are lowered when first read. */
export type TableLowering = {
  readonly plan: LogicalPlan;
  readonly library: Library;
  readonly rows: number;
  readonly builder: StepBuilder;
  /** The complete value of a leaf column; `observed` with its missing values cut. */
  readonly complete: (path: string) => SlotRef;
  readonly observed: (path: string) => SlotRef;
  readonly others: (table: string) => TableLowering;
  readonly place: (span: Span) => Place;
  /** Told of every sub-expression that has a slot. */
  readonly seen?: (expr: Expr, slot: SlotRef) => void;
  readonly report: (diagnostic: Diagnostic) => void;
  /** The group that a draw is conditioned in. */
  readonly groupOf: (stream: string) => number | null;
  /** What a column is as the weight of a reference. */
  readonly weightOf: (table: string, path: string) => ReferenceWeight | null;
};

export type Library = {
  readonly laws: ReadonlyMap<string, LawDefinition>;
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
};
