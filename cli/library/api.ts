/** What `import … from 'tvdd'` has: imports nothing, so that the declarations of the package are this file alone. */

/** A file's path, the text of a spec, or what YAML would give for it. */
export type Spec = string | SpecText | SpecObject;
export type SpecText = {
  readonly text: string;
  /** What messages call it. */
  readonly name?: string | undefined;
  /** Where the data files of the spec lie; the working directory by default. */
  readonly folder?: string | undefined;
};
/** Expressions and laws are texts, as in YAML: `{ tvdd: 1, dataset: 'shop', tables: { … } }`. */
export type SpecObject = { readonly tvdd: number; readonly [section: string]: unknown };

/** What makes a dataset of its own out of a spec, as the options of the command line do. */
export type CompileOptions = {
  /** Multiplies the rows of every table, except of those with `scale: fixed`. */
  readonly scale?: number | undefined;
  /** Rows by table. */
  readonly rows?: Readonly<Record<string, number>> | undefined;
  /** Of 64 bits, instead of the spec's. */
  readonly seed?: number | bigint | undefined;
  /** Other values of constants under `let:`, as expressions: `{ vat: 0.06, city: "'Ghent'" }`. */
  readonly set?: Readonly<Record<string, string | number | bigint | boolean>> | undefined;
  /** `'customers: age < 18'`: a table given that a condition is true, with as many rows as ever. */
  readonly where?: string | readonly string[] | undefined;
  /** Blocks of exactly so many rows, each given its condition. */
  readonly quota?: readonly Quota[] | undefined;
  /** Rules of the optimizer to leave out. */
  readonly without?: readonly string[] | undefined;
  /** Of the files, instead of what `output:` names. */
  readonly format?: Format | undefined;
};
export type Quota = { readonly where: string; readonly rows: number };
export type Format = 'parquet' | 'csv' | 'jsonl' | 'arrow';

/** A compiled spec: plan, arrays and, once rows were asked for, the engine that computes them. */
export type Dataset = {
  readonly name: string;
  readonly tables: readonly Table[];
  readonly warnings: readonly Diagnostic[];
  /**
   * Computes just these rows, whatever the size of the table; they equal those of a run. `R` is what the caller knows a row
   * to be and is not checked.
   *
   * @throws {SpecError} where the table or a row is none of the dataset's.
   * @throws {RunError} where a row has no value that its spec allows.
   */
  readonly sample: <R = Row>(table: string, options?: SampleOptions) => R[];
  /** @throws {RunError} where a row, the folder, the disk or a worker fails. */
  readonly run: (options?: RunOptions) => Promise<RunReport>;
};
/** `columns`: those that are stored, in their order. */
export type Table = { readonly name: string; readonly rows: number; readonly columns: readonly string[] };

export type SampleOptions = {
  /** How many rows, from the first; 10 by default. */
  readonly rows?: number | undefined;
  /** These rows instead, counted from 0. */
  readonly row?: number | readonly number[] | undefined;
};

/** Stored columns by name. */
export type Row = { readonly [column: string]: Value };
/**
 * Integers are numbers, those beyond 2^53 bigints; decimals are numbers, those of more than 15 digits texts; floats are numbers.
 * Dates and instants are ISO 8601 (UTC, microseconds), durations microseconds, uuids texts; structs and lists are nested, JSON is
 * what it says; a missing value is null.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Value[]
  | { readonly [field: string]: Value };

export type RunOptions = {
  /** The output folder; the path under `output:` by default, or `./out`. */
  readonly out?: string | undefined;
  /** Threads; one a core by default. No byte depends on it. */
  readonly workers?: number | undefined;
  /** Rows a batch, 8192 by default. No byte depends on it. */
  readonly batch?: number | undefined;
  /** Only these. */
  readonly tables?: readonly string[] | undefined;
  /** Only this machine's share of the files, `index` from 1 to `of`. */
  readonly shard?: { readonly index: number; readonly of: number } | undefined;
  /** Replaces the output of another plan: exactly the files that its manifest lists. */
  readonly overwrite?: boolean | undefined;
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** Stops the run between two batches; the same run goes on from there. */
  readonly signal?: AbortSignal | undefined;
};

/** What a run tells while it goes on. */
export type RunEvent =
  | { readonly event: 'start'; readonly tables: readonly (Made & { readonly kept: number })[] }
  /** Before the files: rows are sorted into the partitions of their table. */
  | { readonly event: 'sort' }
  | {
      readonly event: 'progress';
      readonly tables: readonly { readonly table: string; readonly rows: number; readonly done: number }[];
      readonly seconds: number;
      readonly rowsPerSecond: number;
      /** Null until there is a rate. */
      readonly etaSeconds: number | null;
    }
  /** A file is whole. */
  | {
      readonly event: 'shard';
      readonly table: string;
      readonly file: string;
      readonly rows: number;
      readonly bytes: number;
    }
  | ({ readonly event: 'table' } & TableReport)
  | ({ readonly event: 'done' } & RunReport);

type Made = { readonly table: string; readonly rows: number; readonly files: number };
/** Files of earlier runs count, too. */
export type TableReport = Made & { readonly bytes: number; readonly seconds: number };
export type RunReport = {
  readonly out: string;
  readonly format: Format;
  readonly tables: readonly TableReport[];
  readonly seconds: number;
  /** Nothing was missing. */
  readonly upToDate: boolean;
  /** The signal came before all files were made. */
  readonly interrupted: boolean;
};

/** What went wrong, where, why, and the way out. `tvdd explain CODE` has the page of a code. */
export type Diagnostic = {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** Null for what lies in no text: an option, a full disk. */
  readonly place: Place | null;
  readonly related: readonly Place[];
  readonly notes: readonly string[];
  readonly help: readonly string[];
};
/** Lines and columns count from 1, the end is the first column that is no longer part of it. */
export type Place = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** What is said of it there, perhaps nothing. */
  readonly label: string;
};

/** The spec is at fault, or what was asked of it. The message is what the command line prints. */
export class SpecError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(message: string, diagnostics: readonly Diagnostic[]) {
    super(message);
    this.name = 'SpecError';
    this.diagnostics = diagnostics;
  }
}

/** Making rows or files failed. The message is what the command line prints. */
export class RunError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(message: string, diagnostics: readonly Diagnostic[]) {
    super(message);
    this.name = 'RunError';
    this.diagnostics = diagnostics;
  }
}

/** @throws {SpecError} with every fault of the spec. */
export declare function compile(spec: Spec, options?: CompileOptions): Promise<Dataset>;

/** Compiles, then {@link Dataset.sample}: keep what `compile` gives where more than once is asked. */
export declare function sample<R = Row>(
  spec: Spec,
  table: string,
  options?: SampleOptions & Omit<CompileOptions, 'rows'>,
): Promise<R[]>;

/** Compiles, then {@link Dataset.run}. */
export declare function run(spec: Spec, options?: RunOptions & CompileOptions): Promise<RunReport>;
