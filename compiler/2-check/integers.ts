import { intRange } from '../../stdlib/functions/cast.ts';
import type { PlainAst } from '../1-parse/ast.ts';
import type { Span } from '../1-parse/source.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Context } from './context.ts';

const [LEAST, MOST] = intRange({ kind: 'int', bits: 64, signed: true });
const MOST_UNSIGNED = 2n ** 64n - 1n;

/** Whether a slot holds the integer. −2^63 marks a fault there, and uint64 ends where int64 does. */
export const isHeld = (value: bigint): boolean => LEAST <= value && value <= MOST;

/** Of the language, though no slot holds it. */
const isOfLanguage = (value: bigint): boolean => -(2n ** 63n) <= value && value <= MOST_UNSIGNED;

/** Reports an integer that no slot holds. */
export function integerHolds(context: Context, value: bigint, span: Span): boolean {
  if (isHeld(value)) return true;
  const shown = { value: String(value).slice(0, 40) };
  context.report(
    isOfLanguage(value) ? diagnose('TVD2910', shown, { span }) : diagnose('TVD2211', shown, { span }),
  );
  return false;
}

/** The integers of YAML that is data. */
export function integersHold(context: Context, plain: PlainAst): boolean {
  switch (plain.kind) {
    case 'plain-scalar':
      return typeof plain.value !== 'bigint' || integerHolds(context, plain.value, plain.span);
    case 'plain-list':
      return plain.items.map((item) => integersHold(context, item)).every(Boolean);
    case 'plain-map':
      return plain.entries.map(({ value }) => integersHold(context, value)).every(Boolean);
  }
}
