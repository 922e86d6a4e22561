import type { Span } from '../1-parse/source.ts';

export type Severity = 'error' | 'warning';

/** What went wrong, where, why, and the way out: rendered in rustc's layout by render.ts. */
export type Diagnostic = {
  /** `TVD2041`: a page of catalogue/. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** The place that the message is about. */
  readonly primary: Label;
  readonly secondary: readonly Label[];
  readonly notes: readonly string[];
  readonly help: readonly Help[];
};
export type Label = { readonly source: number; readonly span: Span; readonly text: string };
/** `edit` replaces a span: shown as the mended line. */
export type Help = { readonly text: string; readonly edit?: { readonly span: Span; readonly text: string } };

/** What every phase returns: it goes on after a fault as far as it can. `value` is null when there is nothing to go on with. */
export type Outcome<T> = { readonly value: T | null; readonly diagnostics: readonly Diagnostic[] };
