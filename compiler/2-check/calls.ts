import type { ArgFacts, FunctionDefinition, Overload } from '../../stdlib/define.ts';
import type { Domain } from '../../stdlib/domain.ts';
import { BOOL, NULL, showType, type Type } from '../../stdlib/types.ts';
import type { ExprAst } from '../1-parse/ast.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { checkBounds } from './bounds.ts';
import { checkMember } from './compatible.ts';
import { commonType } from './constants.ts';
import type { Context, Scope } from './context.ts';
import { domainOfType, domainOfValue, intersect, isEmpty, withNull } from './domains.ts';
import { check } from './expression.ts';
import { isValue, mean } from './facts.ts';
import { foldCall } from './fold.ts';
import { bounded, FAULTY, holeOf, isFaulty, type Known, mergeRoots } from './known.ts';
import { checkLaterCall, laterFunctions } from './later.ts';
import { lawPiece } from './law-values.ts';
import { suggestion } from './names.ts';
import { seesHoles } from './nulls.ts';
import { type Argument, type Binding, bindOverload, type Callee } from './overloads.ts';
import { showDomain } from './show-domain.ts';

type CallAst = Extract<ExprAst, { kind: 'call' }>;

export function checkCall(context: Context, scope: Scope, expr: CallAst): Known {
  const name = expr.callee.text;
  const fn = context.functions.get(name);
  if (fn) {
    const args = expr.args.map((ast) => ({ ast, known: check(context, scope, ast.value) }));
    return apply(context, scope, expr, fn, args, { name, span: expr.callee.span });
  }
  if (laterFunctions.has(name)) return checkLaterCall(context, scope, expr);
  if (context.laws.has(name)) return lawPiece(context, scope, expr);
  for (const arg of expr.args) check(context, scope, arg.value);
  const names = [...context.functions.values()].filter((f) => f.operator === undefined).map((f) => f.name);
  context.report(
    diagnose(
      'TVD2003',
      { name },
      { span: expr.callee.span },
      { help: suggestion(expr.callee, [...names, ...laterFunctions.keys()]) },
    ),
  );
  return FAULTY;
}

export function checkOperator(
  context: Context,
  scope: Scope,
  expr: ExprAst,
  name: string,
  operands: readonly ExprAst[],
): Known {
  const args = operands.map(
    (value): Argument => ({ ast: { name: null, key: null, value }, known: check(context, scope, value) }),
  );
  if (scope.place === 'quality' && (name === 'eq' || name === 'ne') && sameLists(args)) {
    return bounded(BOOL, domainOfType(BOOL));
  }
  const resolved = name === 'in' && args[1]?.known.type.kind === 'range' ? 'between' : name;
  const fn = context.functions.get(resolved);
  if (!fn) return FAULTY;
  return apply(context, scope, expr, fn, args, {
    name: resolved,
    span: expr.span,
    operator: operatorText(expr, fn),
  });
}

/** `peak_hours(…) == [8, 12, 20]`: measures may be lists, and lists are compared in `quality:` only. */
const sameLists = (args: readonly Argument[]): boolean =>
  args.every((arg) => arg.known.type.kind === 'list') &&
  commonType(args[0]?.known.type ?? NULL, args[1]?.known.type ?? NULL) !== null;

const operatorText = (expr: ExprAst, fn: FunctionDefinition) =>
  expr.kind === 'binary' || expr.kind === 'unary' ? expr.op : (fn.operator ?? fn.name);

/** Resolves the overload and derives type, domain, faults and, of constants, the value. */
function apply(
  context: Context,
  scope: Scope,
  expr: ExprAst,
  fn: FunctionDefinition,
  args: readonly Argument[],
  callee: Callee,
): Known {
  if (args.some((arg) => isFaulty(arg.known) || !isValue(context, arg.ast.value, arg.known))) return FAULTY;
  const binding = bindOverload(context, callee, fn.overloads, args);
  const overload = binding && fn.overloads[binding.overload];
  if (!binding || !overload) return FAULTY;
  mean(context, expr, {
    kind: 'call',
    fn: fn.name,
    overload: binding.overload,
    args: binding.args.map((arg) => arg?.ast.value.id ?? null),
  });
  if (!argumentsHold(context, overload, binding, callee)) return FAULTY;
  if (COMPARISONS.has(fn.name) && !comparable(context, args)) return FAULTY;
  const facts = factsOf(overload, binding, (known) => known.domain);
  const likelyFacts = factsOf(overload, binding, (known) => known.likely);
  const type = resultType(context, callee, overload, facts);
  if (!type) return FAULTY;
  const known = derive(context, scope, fn, type, { facts, likelyFacts, args });
  return faultless(context, expr, fn, likelyFacts, args, known)
    ? foldCall(context, overload, binding, known)
    : FAULTY;
}

const COMPARISONS: ReadonlySet<string> = new Set(['eq', 'ne', 'in', 'not_in']);

/** What an item of the library is told of its arguments. */
export const argFacts = (known: Known, domain: Domain): ArgFacts => ({
  type: known.type,
  domain,
  value: known.value,
  cases: known.cases,
});

function factsOf(overload: Overload, binding: Binding, pick: (known: Known) => Domain): readonly ArgFacts[] {
  return binding.args.map((arg, i): ArgFacts => {
    if (arg) return argFacts(arg.known, pick(arg.known));
    const value = overload.params[i]?.default ?? null;
    return { type: { kind: 'null' }, domain: domainOfValue(value), value };
  });
}

function argumentsHold(context: Context, overload: Overload, binding: Binding, callee: Callee): boolean {
  let hold = true;
  for (const [i, arg] of binding.args.entries()) {
    const param = overload.params[i] ?? overload.params.at(-1);
    if (!arg || !param) continue;
    if (param.constant && arg.known.value === undefined && arg.known.type.kind !== 'piece') {
      context.report(
        diagnose('TVD2117', { name: param.name, callee: callee.name }, { span: arg.ast.value.span }),
      );
      hold = false;
    } else if (!checkBounds(context, param, arg, callee)) hold = false;
  }
  return hold;
}

/** Text literals beside an enum are its values; items of a literal list too. */
function comparable(context: Context, args: readonly Argument[]): boolean {
  const [left, right] = args;
  if (!left || !right) return true;
  const list = right.ast.value.kind === 'list' ? right.ast.value.items : null;
  if (list) {
    return list.every((item) => {
      const value = context.values.get(item.id);
      return checkMember(context, left.known, item, { ...right.known, value });
    });
  }
  return (
    checkMember(context, left.known, right.ast.value, right.known) &&
    checkMember(context, right.known, left.ast.value, left.known)
  );
}

function resultType(
  context: Context,
  callee: Callee,
  overload: Overload,
  facts: readonly ArgFacts[],
): Type | null {
  if (typeof overload.result !== 'function') return overload.result;
  const result = overload.result(facts);
  if (typeof result !== 'string') return result;
  context.report(diagnose('TVD2118', { callee: callee.name, reason: result }, { span: callee.span }));
  return null;
}

function derive(
  context: Context,
  scope: Scope,
  fn: FunctionDefinition,
  type: Type,
  {
    facts,
    likelyFacts,
    args,
  }: { facts: readonly ArgFacts[]; likelyFacts: readonly ArgFacts[]; args: readonly Argument[] },
): Known {
  const holed = fn.name === 'coalesce' ? args.map((arg) => seesHoles(context, scope, arg.ast.value)) : [];
  const strict = fn.nulls === 'strict';
  const anyNull = args.some((arg) => arg.known.domain.nullable);
  const allNull = args.every((arg, i) => arg.known.domain.nullable || holed[i]);
  const finish = (given: readonly ArgFacts[]): Domain => {
    const derived = fn.domain(given, type);
    const nullable = strict ? anyNull : fn.name === 'coalesce' ? allNull : derived.nullable;
    const all = domainOfType(type, nullable);
    if (derived.kind === 'any') return all;
    const cut = withNull(intersect(derived, withNull(all, true)), nullable);
    return isEmpty(cut) ? withNull(derived, nullable) : cut;
  };
  const known = args.map((arg) => arg.known);
  const varying = known.filter((arg) => arg.roots.size > 0);
  return {
    type,
    domain: finish(facts),
    likely: finish(likelyFacts),
    value: undefined,
    cases: undefined,
    roots: new Map([
      ...mergeRoots(known),
      ...holed.flatMap((column) => (column ? [[holeOf(column.path), 1] as const] : [])),
    ]),
    attained: varying.length <= 1 && varying.every((arg) => arg.attained && arg.roots.size <= 1),
  };
}

/** Whether one argument is at fault whatever the others are: a divisor is, a summand is not. */
function faultsAlone(fn: FunctionDefinition, facts: readonly ArgFacts[], argument: number): boolean {
  const others = facts.map(
    (fact, i): ArgFacts =>
      i === argument || fact.domain.kind !== 'interval'
        ? fact
        : { ...fact, domain: { ...fact.domain, lo: 1, hi: 1, loOpen: false, hiOpen: false } },
  );
  return Boolean(fn.fault?.(others));
}

/** Faults are errors where one draw or constant attains them, warnings where only bounds on several allow them. */
function faultless(
  context: Context,
  expr: ExprAst,
  fn: FunctionDefinition,
  facts: readonly ArgFacts[],
  args: readonly Argument[],
  result: Known,
): boolean {
  const fault = fn.fault?.(facts);
  if (!fault) return true;
  const culprit = args[fault.argument];
  const alone = culprit && faultsAlone(fn, facts, fault.argument);
  const attained = alone ? culprit.known.attained && culprit.known.roots.size <= 1 : result.attained;
  const place = { span: expr.span };
  const secondary = culprit
    ? [
        {
          span: culprit.ast.value.span,
          text: `${showType(culprit.known.type)}: ${showDomain(culprit.known.likely, culprit.known.type)}`,
        },
      ]
    : [];
  const what = fn.operator ?? `${fn.name}(…)`;
  if (attained) {
    context.report(
      diagnose('TVD2204', { what, reason: fault.reason }, place, {
        secondary,
        help: [{ text: 'exclude these values by the law, by `within`, or by `if … then … else`' }],
      }),
    );
  } else {
    const notes = ['only the bounds of several columns allow it'];
    context.report(diagnose('TVD2205', { what, reason: fault.reason }, place, { secondary, notes }));
  }
  return !attained;
}
