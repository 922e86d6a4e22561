/**
 * Why a run could not begin or go on, other than by the data itself (that is a RunFault). Each code has a page in
 * compiler/diagnostics/catalogue with the same message.
 */
export const RUN_ERRORS = {
  TVD6011: 'the output folder `{out}` holds the output of another plan',
  TVD6012: 'the output folder `{out}` is not empty and not of tvdd',
  TVD6013: 'another run is writing to `{out}`',
  TVD6014: '`{path}` cannot be written',
  TVD6015: 'the run needs about {needed}, but only {free} are free in `{out}`',
  TVD6016: 'the disk is full: `{file}` could not be written',
  TVD6017: 'a worker died while making `{file}`',
  TVD6018: 'the plan has no table `{table}`',
  TVD6019: 'the manifest `{path}` cannot be read',
} as const;

export type RunErrorCode = keyof typeof RUN_ERRORS;
type Holes<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Holes<Rest> : never;
export type RunErrorParams<C extends RunErrorCode> = {
  readonly [Name in Holes<(typeof RUN_ERRORS)[C]>]: string;
};

/** Plain data, so that it crosses threads. */
export type RunErrorDetail = {
  readonly code: RunErrorCode;
  readonly params: Readonly<Record<string, string>>;
  readonly message: string;
  /** What the system said, or what was found; a sentence without its period. */
  readonly reason: string;
  /** The way out. */
  readonly help: string;
};

export class RunError extends Error {
  readonly code: RunErrorCode;
  readonly params: RunErrorDetail['params'];
  readonly reason: string;
  readonly help: string;

  constructor({ code, params, message, reason, help }: RunErrorDetail) {
    super(message);
    this.name = 'RunError';
    this.code = code;
    this.params = params;
    this.reason = reason;
    this.help = help;
  }
}

export function runErrorDetail<C extends RunErrorCode>(
  code: C,
  params: RunErrorParams<C>,
  reason: string,
  help: string,
): RunErrorDetail {
  const values: Readonly<Record<string, string>> = params;
  const message = RUN_ERRORS[code].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
  return { code, params: values, message, reason, help };
}

export const runError = <C extends RunErrorCode>(
  code: C,
  params: RunErrorParams<C>,
  reason: string,
  help: string,
): RunError => new RunError(runErrorDetail(code, params, reason, help));
