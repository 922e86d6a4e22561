import { BOOL } from '../../stdlib/types.ts';
import type { ExprAst } from '../1-parse/ast.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { missingChecked } from './columns.ts';
import type { Column, Context, Scope } from './context.ts';
import { check } from './expression.ts';
import { isValue, mean } from './facts.ts';
import { bounded, FAULTY, holeOf, isFaulty, type Known } from './known.ts';

/** `x is null`: the only operator, with coalesce, that sees the holes of `missing:`. */
export function checkIsNull(
  context: Context,
  scope: Scope,
  expr: Extract<ExprAst, { kind: 'is-null' }>,
): Known {
  const operand = check(context, scope, expr.operand);
  mean(context, expr, { kind: 'call', fn: 'is_null', overload: 0, args: [expr.operand.id] });
  if (isFaulty(operand) || !isValue(context, expr.operand, operand)) return FAULTY;
  const holes = seesHoles(context, scope, expr.operand);
  const possible = operand.domain.nullable || holes !== null;
  const values = possible ? [false, true] : [expr.negated];
  const known = bounded(
    BOOL,
    { kind: 'set', values, nullable: false },
    holes ? new Map([...operand.roots, [holeOf(holes.path), 1]]) : operand.roots,
  );
  return { ...known, attained: false };
}

/** The column named here, where it has `missing:`; in constraints and `weigh` asking for its holes is an error. */
export function seesHoles(context: Context, scope: Scope, expr: ExprAst): Column | null {
  const column = columnOf(context, scope, expr);
  const missing = column?.ast.attributes.missing ?? null;
  if (!column || missing === null) return null;
  if (scope.place === 'constraint' || scope.place === 'weigh') {
    context.report(
      diagnose(
        'TVD2303',
        { column: column.path },
        { span: expr.span },
        {
          secondary: [{ span: missing.span, text: 'holes are cut here, after all constraints' }],
          help: [{ text: `let the condition of \`missing:\` say it` }],
        },
      ),
    );
    return null;
  }
  missingChecked(context, column, expr.span);
  return column;
}

/** The column that a checked name or path stands for. */
function columnOf(context: Context, scope: Scope, expr: ExprAst): Column | null {
  const meaning = context.meanings.get(expr.id);
  if (meaning?.kind === 'column') return scope.table ? columnAt(scope.table.columns, meaning.path) : null;
  if (meaning?.kind === 'parent') {
    const table = context.tables.get(meaning.table);
    return table ? columnAt(table.columns, meaning.path) : null;
  }
  return null;
}

export function columnAt(columns: ReadonlyMap<string, Column>, path: string): Column | null {
  const [first, ...rest] = path.split('.');
  let column = columns.get(first ?? '');
  for (const name of rest) column = column?.fields.get(name);
  return column ?? null;
}
