import type { SourcePlace } from '../../compiler/5-lower/physical-plan.ts';
import type { Type } from '../../stdlib/types.ts';

/**
 * Why a run cannot go on: a row of the data itself is at fault. Plain data, so that it crosses threads.
 *
 * - `TVD6001`: an operation has no result there (division by zero, overflow, a parameter outside its law's domain …).
 * - `TVD6002`: no candidate of the row was accepted within the tries allowed.
 * - `TVD6003`: a `weigh` is null or outside 0..1.
 */
export type FaultDetail = {
  readonly code: 'TVD6001' | 'TVD6002' | 'TVD6003';
  /** The row at fault: a parent's, when reading the parent's column fails. */
  readonly table: string;
  readonly row: number;
  /** The row that was being made, where that is another one. */
  readonly via: { readonly table: string; readonly row: number } | null;
  /** Tries made (TVD6002), else null. */
  readonly tries: number | null;
  /** The expression as in the spec, and where it stands; null for one that nobody wrote. */
  readonly source: SourcePlace | null;
  /**
   * What the expression was computed from. Values as text: numbers, `true`, `null`, texts in quotes. Of a constraint, its
   * sub-expressions with their places and types: dates, instants, durations and decimals are still the integers that they are.
   */
  readonly values: readonly FaultValue[];
};

export type FaultValue = {
  readonly text: string;
  readonly value: string;
  readonly at?: { readonly place: SourcePlace; readonly type: Type };
};

export class RunFault extends Error {
  readonly detail: FaultDetail;

  constructor(detail: FaultDetail) {
    super(describe(detail));
    this.name = 'RunFault';
    this.detail = detail;
  }
}

function describe({ code, table, row, tries, source, values }: FaultDetail): string {
  const what = source === null ? 'a value' : `${source.text} (${source.line}:${source.column})`;
  const why =
    code === 'TVD6001'
      ? `${what} has no result`
      : code === 'TVD6002'
        ? `${what} was not met in ${tries} tries`
        : `${what} is no weight in 0..1`;
  const given = values.map(({ text, value }) => `${text} = ${value}`).join(', ');
  return `${code}: row ${row} of ${table}: ${why}${given === '' ? '' : ` at ${given}`}`;
}
