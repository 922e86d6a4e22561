import type { LawDefinition } from '../../stdlib/define.ts';
import { showType } from '../../stdlib/types.ts';
import { printExpression } from '../1-parse/print/print-expression.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Help } from '../diagnostics/diagnostic.ts';
import type { Context } from './context.ts';
import type { Argument, Callee } from './overloads.ts';

/**
 * `~uniform(1..6)`: the ends of a law are two arguments; of whole numbers, it is another law. Says so, and whether it did.
 */
export function refuseRange(
  context: Context,
  law: LawDefinition,
  args: ReadonlyMap<string, Argument>,
  callee: Callee,
): boolean {
  const ends = law.params.slice(0, 2).map(({ name }) => name);
  const range = args.get('lo');
  if (ends.join() !== 'lo,hi' || range?.known.type.kind !== 'range' || args.has('hi')) return false;
  const given = showType(range.known.type);
  context.report(
    diagnose(
      'TVD2102',
      { what: `\`lo\` of \`${callee.name}\``, expected: 'a number', given },
      { span: range.ast.value.span, text: given },
      { help: helpFor(range, callee) },
    ),
  );
  return true;
}

function helpFor({ ast: { value }, known: { type } }: Argument, callee: Callee): readonly Help[] {
  if (value.kind !== 'range') return [];
  const lo = printExpression(value.lo);
  const hi = printExpression(value.hi);
  const reals = {
    text: `reals: \`~${callee.name}(${lo}, ${hi})\``,
    edit: { span: value.span, text: `${lo}, ${hi}` },
  };
  // Buckets are written out.
  const written = [value.lo, value.hi].every(({ kind }) => kind === 'int' || kind === 'unary');
  if (type.kind !== 'range' || type.of.kind !== 'int' || !written) return [reals];
  const buckets = `histogram(${printExpression(value)}=1`;
  const whole = {
    text: `whole numbers: \`~${buckets})\``,
    edit: { span: { start: callee.span.start, end: value.span.end }, text: buckets },
  };
  return [whole, reals];
}
