import { functions } from '../../stdlib/functions/index.ts';
import { BOOL } from '../../stdlib/types.ts';
import type { Call, Constant, Expr, If } from './expr.ts';
import { matchOverload } from './overload.ts';

/** A call that the compiler makes itself. */
export function callOf(fn: string, args: readonly Expr[], span: Constant['span']): Call {
  const definition = functions.get(fn);
  if (!definition) throw new Error(`no function ${fn}`);
  const facts = args.map((arg) => ({
    type: arg.type,
    domain: arg.domain,
    value: arg.op === 'constant' ? arg.value : undefined,
  }));
  const overload = matchOverload(
    definition,
    facts.map((fact) => fact.type),
  );
  const { result } = definition.overloads[overload]!;
  const type = typeof result === 'function' ? result(facts) : result;
  if (typeof type === 'string') throw new Error(type);
  const nullable = definition.nulls === 'strict' && facts.some((fact) => fact.domain.nullable);
  return {
    op: 'call',
    fn,
    overload,
    args,
    type,
    domain: { ...definition.domain(facts, type), nullable },
    span,
  };
}

/** Whether a condition is true: false where it is null (SQL's WHERE). */
export function isTrue(condition: Expr): If {
  const constant = (value: boolean): Constant => ({
    op: 'constant',
    type: BOOL,
    domain: { kind: 'set', values: [value], nullable: false },
    span: condition.span,
    value,
  });
  return {
    op: 'if',
    type: BOOL,
    domain: { kind: 'set', values: [true, false], nullable: false },
    span: condition.span,
    condition,
    then: constant(true),
    otherwise: constant(false),
  };
}

/** `when: a` with `check: b`: where a is null the condition counts as false, so the constraint holds. */
export function implies(when: Expr, check: Expr): If {
  const holds: Constant = {
    op: 'constant',
    type: BOOL,
    domain: { kind: 'set', values: [true], nullable: false },
    span: when.span,
    value: true,
  };
  return {
    op: 'if',
    type: BOOL,
    domain: { kind: 'set', values: [true, false], nullable: check.domain.nullable },
    span: check.span,
    condition: when,
    then: check,
    otherwise: holds,
  };
}

export const isNull = (expr: Expr): Call => callOf('is_null', [expr], expr.span);
