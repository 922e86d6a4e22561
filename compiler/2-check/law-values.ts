import type { ExprAst, Name } from '../1-parse/ast.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { type Context, type Scope, scopeOf } from './context.ts';
import { check } from './expression.ts';
import { mean } from './facts.ts';
import { bounded, FAULTY, type Known } from './known.ts';
import { bindLaw, type LawBinding } from './laws.ts';
import { letKnown } from './lets.ts';

type CallAst = Extract<ExprAst, { kind: 'call' }>;

/** A law as a value, `normal(38, 14)` without `~`: in `let:`, to be drawn by its name. */
export function lawPiece(context: Context, scope: Scope, expr: CallAst): Known {
  const law = context.laws.get(expr.callee.text);
  if (!law) return FAULTY;
  if (scope.place !== 'let') {
    for (const arg of expr.args) if (arg.value.kind !== 'name') check(context, scope, arg.value);
    const { start } = expr.span;
    context.report(
      diagnose(
        'TVD2009',
        { law: law.name },
        { span: expr.callee.span },
        {
          help: [
            { text: `draw from it: \`~${law.name}(…)\``, edit: { span: { start, end: start }, text: '~' } },
          ],
        },
      ),
    );
    return FAULTY;
  }
  const binding = bindLaw(context, scope, law, expr.args, { name: law.name, span: expr.callee.span });
  if (!binding.sound) return FAULTY;
  mean(context, expr, {
    kind: 'draw',
    law: law.name,
    args: new Map([...binding.args].map(([name, arg]) => [name, arg.ast.value.id])),
    free: binding.free.map(({ label, weight }) => ({ label, weight: weight.ast.value.id })),
  });
  return bounded({ kind: 'piece', name: law.name }, { kind: 'any', nullable: false });
}

/** The law that a name of `let:` stands for: what it is bound to is found out anew, without a report. */
export function lawOf(
  context: Context,
  name: Name,
): { readonly law: string; readonly binding: LawBinding } | null {
  const entry = context.lets.get(name.text);
  const value = entry?.ast.value;
  if (!entry || value?.kind !== 'call' || !context.laws.has(value.callee.text)) return null;
  letKnown(context, entry, name.span);
  const law = context.laws.get(value.callee.text);
  if (!law) return null;
  const quiet: Context = { ...context, report: () => {} };
  return {
    law: law.name,
    binding: bindLaw(quiet, scopeOf('let'), law, value.args, { name: law.name, span: name.span }),
  };
}
