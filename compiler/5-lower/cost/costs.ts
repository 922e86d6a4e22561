import committed from './costs.json' with { type: 'json' };

/** Nanoseconds a row, and a byte of the texts, lists and vectors that a row reads and writes. */
export type Cost = { readonly ns: number; readonly nsPerByte?: number };

/** What work costs on some machine, one thread. Such figures decide no value: forecasts, and among plans of the same bytes. */
export type Costs = {
  /** Where they were measured. */
  readonly machine: string;
  /** By kernel, the engine's own too. `concat` is a piece of text, not a row. */
  readonly kernels: Readonly<Record<string, Cost>>;
  /** Nanoseconds that a kernel's call takes before its first row. */
  readonly callNs: number;
};

/** Measured by `tvdd bench kernels --out compiler/5-lower/cost/costs.json` on an idle machine. */
export const COSTS: Costs = committed;
