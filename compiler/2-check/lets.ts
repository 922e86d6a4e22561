import type { Span } from '../1-parse/source.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { guarded } from './columns.ts';
import { typeOfValue, valueOfPlain } from './constants.ts';
import { type Context, type LetEntry, scopeOf } from './context.ts';
import { check } from './expression.ts';
import { note } from './facts.ts';
import { integersHold } from './integers.ts';
import { constant, FAULTY, type Known } from './known.ts';

/** A named constant: checked when it is first used, or at the end. */
export function letKnown(context: Context, entry: LetEntry, at: Span): Known {
  if (entry.known) return entry.known;
  const { name, value } = entry.ast;
  switch (value.kind) {
    case 'plain-scalar':
    case 'plain-list':
    case 'plain-map': {
      if (!integersHold(context, value)) {
        entry.known = FAULTY;
        return entry.known;
      }
      const constantValue = valueOfPlain(value);
      const type = typeOfValue(constantValue);
      if (!type)
        context.report(diagnose('TVD2113', { what: `the list \`${name.text}\`` }, { span: value.span }));
      entry.known = type ? note(context, value, constant(type, constantValue)) : FAULTY;
      return entry.known;
    }
    default: {
      const item = { key: `let ${name.text}`, label: name.text, span: name.span, at };
      entry.known = guarded(context, item, () => check(context, scopeOf('let'), value)) ?? FAULTY;
      return entry.known;
    }
  }
}
