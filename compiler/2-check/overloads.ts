import type { Overload as FullOverload, Param } from '../../stdlib/define.ts';
import { showType } from '../../stdlib/types.ts';
import type { ArgAst, ExprAst } from '../1-parse/ast.ts';
import type { Span } from '../1-parse/source.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { fits, showPattern } from './compatible.ts';
import type { Context } from './context.ts';
import type { Known } from './known.ts';
import { suggestion } from './names.ts';

type Overload = Pick<FullOverload, 'params' | 'variadic'>;

export type Argument = { readonly ast: ArgAst; readonly known: Known };

/** One overload with its arguments in place: per parameter its argument or null for the default, then the variadic rest. */
export type Binding = { readonly overload: number; readonly args: readonly (Argument | null)[] };

/** Why an overload does not take the arguments; `rank` is how far it got: the message is about the one that got furthest. */
type Misfit = { readonly rank: number; readonly report: (context: Context, callee: Callee) => void };
export type Callee = { readonly name: string; readonly span: Span; readonly operator?: string | undefined };

/** The first overload that takes the arguments. Reports why none does. */
export function bindOverload(
  context: Context,
  callee: Callee,
  overloads: readonly Overload[],
  args: readonly Argument[],
): Binding | null {
  let best: Misfit | null = null;
  for (const [i, overload] of overloads.entries()) {
    const bound = bind(overload, args);
    if (bound.kind === 'bound') return { overload: i, args: bound.args };
    if (best === null || bound.rank > best.rank) best = bound;
  }
  const types = args.map((arg) => showType(arg.known.type));
  if (best === null) return null;
  if (overloads.length === 1 || best.rank < WRONG_TYPE) best.report(context, callee);
  else noneFits(context, callee, overloads, args, types);
  return null;
}

const WRONG_NAME = 0;
const WRONG_COUNT = 1;
const WRONG_TYPE = 2;

function noneFits(
  context: Context,
  callee: Callee,
  overloads: readonly Overload[],
  args: readonly Argument[],
  types: readonly string[],
): void {
  const shown = [...new Set(overloads.map((overload) => signature(callee, overload)))];
  const secondary =
    args.length <= 4 ? args.map((arg, i) => ({ span: arg.ast.value.span, text: types[i] ?? '' })) : [];
  context.report(
    diagnose(
      'TVD2101',
      { name: callee.operator ?? callee.name, types: types.join(' and ') },
      { span: callee.span },
      { secondary, notes: [`it takes ${shown.slice(0, 6).join(', or ')}${shown.length > 6 ? ', …' : ''}`] },
    ),
  );
}

const signature = (callee: Callee, overload: Overload) =>
  callee.operator === undefined
    ? `\`${callee.name}(${overload.params.map((param, i) => `${param.name}${overload.variadic && i === overload.params.length - 1 ? '…' : ''}: ${param.type}`).join(', ')})\``
    : overload.params.map((param) => param.type).join(' and ');

type Bound = { readonly kind: 'bound'; readonly args: readonly (Argument | null)[] };

function bind(overload: Overload, args: readonly Argument[]): Bound | (Misfit & { readonly kind: 'misfit' }) {
  const { params, variadic } = overload;
  const misfit = (rank: number, report: Misfit['report']) => ({ kind: 'misfit' as const, rank, report });
  const slots: (Argument | null)[] = params.map(() => null);
  const rest: Argument[] = [];
  let position = 0;
  for (const arg of args) {
    const { name, key } = arg.ast;
    if (key !== null) {
      return misfit(WRONG_NAME, (context, callee) => {
        context.report(
          diagnose('TVD2015', { callee: callee.name }, { span: key.span }, { notes: parametersNote(params) }),
        );
      });
    }
    if (name === null) {
      if (position < params.length && slots[position] === null) slots[position++] = arg;
      else if (variadic && position >= params.length) rest.push(arg);
      else return misfit(WRONG_COUNT, tooMany(arg.ast.value, params.length));
      continue;
    }
    const index = params.findIndex((param) => param.name === name.text);
    if (index < 0) {
      return misfit(WRONG_NAME, (context, callee) => {
        const help = suggestion(
          name,
          params.map((param) => param.name),
        );
        context.report(
          diagnose(
            'TVD2011',
            { callee: callee.name, name: name.text },
            { span: name.span },
            { help, notes: parametersNote(params) },
          ),
        );
      });
    }
    if (slots[index] !== null) {
      return misfit(WRONG_NAME, (context) =>
        context.report(diagnose('TVD2014', { name: name.text }, { span: name.span })),
      );
    }
    slots[index] = arg;
  }
  for (const [i, param] of params.entries()) {
    if (slots[i] === null && param.default === undefined) {
      return misfit(WRONG_COUNT, (context, callee) =>
        context.report(
          diagnose(
            'TVD2012',
            { callee: callee.name, name: param.name },
            { span: callee.span },
            { notes: [param.doc] },
          ),
        ),
      );
    }
  }
  const last = params.at(-1);
  for (const [i, arg] of [...slots, ...rest].entries()) {
    const param = params[i] ?? last;
    if (!arg || !param || fits(param.type, arg.known.type)) continue;
    return misfit(WRONG_TYPE, (context, callee) => wrongType(context, callee, param, arg));
  }
  return { kind: 'bound', args: [...slots, ...rest] };
}

const tooMany =
  (expr: ExprAst, count: number): Misfit['report'] =>
  (context, callee) =>
    context.report(diagnose('TVD2013', { callee: callee.name, count }, { span: expr.span }));

export const parametersNote = (params: readonly Param[]): readonly string[] =>
  params.length === 0 ? [] : [`its parameters are ${params.map((param) => `\`${param.name}\``).join(', ')}`];

export function wrongType(context: Context, callee: Callee, param: Param, arg: Argument): void {
  const date = (param.type === 'date' || param.type === 'timestamp') && typeof arg.known.value === 'string';
  context.report(
    diagnose(
      'TVD2102',
      {
        what: `\`${param.name}\` of \`${callee.name}\``,
        expected: showPattern(param.type),
        given: showType(arg.known.type),
      },
      { span: arg.ast.value.span, text: showType(arg.known.type) },
      { help: date ? [{ text: 'dates are written without quotes: `2024-01-31`' }] : [] },
    ),
  );
}
