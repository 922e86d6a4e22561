import type { SlotKind } from '../../stdlib/types.ts';
import type { Lowering } from '../3-plan/logical-plan.ts';
import type { Encoding } from '../storage/encoding.ts';

/** Goes up when a field changes its meaning or goes away. */
export const EXPLANATION_VERSION = 1;

/**
 * A plan as people read it: the one tree that every renderer draws, and that `--explain=json` prints. Plain data. Tables'
 * columns, groups and constraints are numbered through, from 1; whatever refers to one does so by its number. Estimates
 * say so; every other figure is exact.
 */
export type Explanation = {
  readonly version: typeof EXPLANATION_VERSION;
  readonly dataset: string;
  /** Decimal digits of the signed 64-bit seed. */
  readonly seed: string;
  readonly planHash: string;
  readonly rows: number;
  readonly files: number;
  readonly estimate: {
    readonly bytes: number;
    /** Of one worker. */
    readonly seconds: number;
    /** Resident bytes: of the process, and what every worker adds (a batch, a row group, tables). */
    readonly memory: number;
    readonly memoryPerWorker: number;
  };
  readonly tables: readonly TableNode[];
  /** Every rule of the optimizer, in its order. */
  readonly rules: readonly RuleNode[];
};

export type TableNode = {
  readonly name: string;
  readonly doc: string | null;
  readonly rows: number;
  /** An estimate where the table is partitioned. */
  readonly files: number;
  readonly rowsPerFile: number;
  /** Columns whose values files are sorted by, in a pass of their own; those of `partition_by` that are left out. */
  readonly partition: { readonly by: readonly string[]; readonly leftOut: readonly string[] };
  readonly steps: number;
  /** Nanoseconds of one worker, from nothing to a file. */
  readonly estimate: { readonly bytesPerRow: number; readonly nsPerRow: number };
  /** In the order in which they are made. */
  readonly columns: readonly ColumnNode[];
  readonly groups: readonly GroupNode[];
  /** In the spec's order. */
  readonly constraints: readonly ConstraintNode[];
  /** Parts of the table's weight that the laws of its draws contain. */
  readonly folded: readonly { readonly text: string; readonly line: number }[];
};

export type ColumnNode = {
  readonly number: number;
  readonly path: string;
  readonly type: string;
  /** As written in the spec, on one line, and where. */
  readonly text: string;
  readonly line: number;
  readonly hidden: boolean;
  /** A percentage or a condition. */
  readonly missing: string | null;
  /** Conditioned upon, never redrawn: it follows from the row's number. */
  readonly given: boolean;
  /** The group whose constraints condition its draws. */
  readonly group: number | null;
  /** Constraints that truncate its law. */
  readonly boundBy: readonly number[];
  /** How it is made, in words: what its law or its expression was lowered to. */
  readonly made: readonly string[];
  /** Columns whose values it reads, of parents too. */
  readonly reads: readonly number[];
  readonly steps: readonly StepNode[];
  /** How it lies in its file; null where it is hidden. */
  readonly stored: StoredNode | null;
  /** The laws of its draws, in the order of writing. */
  readonly laws: readonly LawNode[];
};

/** `statistics`: least and greatest of pages and row groups are kept. `order`: how the values run along the rows. */
export type StoredNode = {
  readonly encoding: Encoding['values'];
  readonly statistics: boolean;
  readonly order: 'ascending' | 'descending' | null;
};

/** A step of the physical plan; `reads` are steps of the same table. */
export type StepNode = {
  readonly step: number;
  readonly kernel: string;
  readonly reads: readonly number[];
  readonly slot: SlotKind;
};

/** A draw; its picture is null where the law varies by row in more than one code, or has nothing to show. */
export type LawNode = { readonly text: string; readonly picture: Picture | null };

export type Picture =
  /** Probabilities of adjoining intervals, `tails` beyond them. */
  | {
      readonly kind: 'density';
      /** Instants are microseconds since 1970, UTC. */
      readonly of: 'numbers' | 'instants';
      readonly bins: readonly { readonly from: number; readonly to: number; readonly share: number }[];
      readonly tails: number;
    }
  /** Probabilities of values, the likeliest first where they have no order; `others` are not shown. */
  | {
      readonly kind: 'bars';
      readonly caption: string | null;
      readonly bars: readonly { readonly label: string; readonly share: number }[];
      readonly others: { readonly count: number; readonly share: number } | null;
    }
  /** A law a case: of an enum's values. */
  | {
      readonly kind: 'cases';
      readonly by: string;
      readonly cases: readonly { readonly label: string; readonly picture: Picture }[];
      readonly others: number;
    };

/** What is redrawn together until it is accepted. */
export type GroupNode = {
  readonly number: number;
  readonly draws: number;
  readonly columns: readonly number[];
  readonly constraints: readonly number[];
  /** The weight by which a candidate is kept. */
  readonly weigh: { readonly text: string; readonly line: number } | null;
  /** A row that needs more fails the run. */
  readonly tries: number;
  readonly estimate: {
    readonly acceptance: AcceptanceEstimate | null;
    /** Why there is none where one was sought: tables whose rows its candidates read, and that cost too many draws. */
    readonly dear: readonly string[];
  };
};

/** Shares of candidates: accepted by the group, with the ends of its interval; kept by the weight alone. */
export type AcceptanceEstimate = {
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly weight: number | null;
  /** Where acceptance may depend on what is given in the row: the row that accepts least of those looked at. */
  readonly least: { readonly row: number; readonly share: number; readonly among: number } | null;
};

export type ConstraintNode = {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly line: number;
  readonly lowering: Lowering['kind'];
  /** How it is met, in words. */
  readonly met: string;
  /** The group that it is met in. */
  readonly group: number | null;
  readonly reads: readonly number[];
  /** Of its evaluation, columns' own steps left out; none where it needs no evaluation. */
  readonly steps: readonly StepNode[];
  /** The share of the law's rows that this constraint alone keeps where its columns' laws are conditioned; null elsewhere. */
  readonly kept: number | null;
  /** The share of candidates that this constraint alone accepts; null where none is redrawn for it, or none was looked at. */
  readonly estimate: { readonly acceptance: number | null };
};

export type RuleNode = {
  readonly name: string;
  readonly doc: string;
  /** `idle`: it found nothing to do. */
  readonly state: 'fired' | 'idle' | 'left out';
  readonly firings: readonly FiringNode[];
};

export type FiringNode = {
  readonly applied: boolean;
  readonly table: string;
  /** A column's path or a constraint's name, and its number. */
  readonly target: string;
  readonly number: number | null;
  readonly before: string;
  /** What became of it; where the rule did not apply, why. */
  readonly after: string;
};
