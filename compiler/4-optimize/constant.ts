import { lowerCast } from '../../stdlib/functions/index.ts';
import { createScalarMachine, NotScalar, POISON, runOverload } from '../../stdlib/kernels/scalar-machine.ts';
import { slotOf } from '../../stdlib/types.ts';
import type { Value } from '../../stdlib/value.ts';
import { type Constant, type Expr, mapChildren } from '../3-plan/expr.ts';
import type { RuleTools } from './rule.ts';

/** An expression with every part of constants replaced by its value; the same reference where there is none. */
export function foldAll(
  expr: Expr,
  tools: RuleTools,
  report: (before: Expr, after: Value) => void = () => {},
): Expr {
  const inner = mapChildren(expr, (child) => foldAll(child, tools, report));
  const value = constantOf(inner, tools);
  if (value === undefined) return inner;
  report(expr, value);
  return { op: 'constant', value, type: expr.type, domain: expr.domain, span: expr.span };
}

const isConstant = (expr: Expr): expr is Constant => expr.op === 'constant';

/**
 * The value of an expression whose parts are constants, by the kernels that would compute it a row; undefined where it is
 * not one, or would be a fault.
 */
function constantOf(expr: Expr, tools: RuleTools): Value | undefined {
  switch (expr.op) {
    case 'if': {
      if (!isConstant(expr.condition)) return undefined;
      const taken = expr.condition.value === true ? expr.then : expr.otherwise;
      return isConstant(taken) && taken.type.kind === expr.type.kind ? taken.value : undefined;
    }
    case 'template': {
      const texts = expr.parts.map((part) => (typeof part === 'string' ? part : textOf(part)));
      return texts.every((text) => text !== null) ? texts.join('') : undefined;
    }
    case 'call':
    case 'cast':
      return computed(expr, tools);
    default:
      return undefined;
  }
}

function textOf(expr: Expr): string | null {
  if (!isConstant(expr)) return null;
  const whole = typeof expr.value === 'bigint' && expr.type.kind === 'int';
  return typeof expr.value === 'string' || whole ? String(expr.value) : null;
}

function computed(expr: Extract<Expr, { op: 'call' | 'cast' }>, tools: RuleTools): Value | undefined {
  const args = expr.op === 'call' ? expr.args : [expr.of];
  const constants = args.filter(
    (arg) => arg !== null && isConstant(arg) && arg.value !== null && isNumber(arg),
  );
  if (constants.length < args.length || slotOf(expr.type) === null) return undefined;
  const numbers = constants.filter((arg) => arg !== null && isConstant(arg));
  const machine = createScalarMachine(tools.kernels);
  const b = machine.builder;
  try {
    const slot =
      expr.op === 'cast'
        ? lowerCast(b, b.constant(numbers[0]!.value, numbers[0]!.type), numbers[0]!.type, expr.type)
        : runOverload(b, tools.functions.get(expr.fn)!.overloads[expr.overload]!, numbers, expr.type);
    const value = machine.read(slot, expr.type);
    return value === POISON ? undefined : value;
  } catch (error) {
    if (error instanceof NotScalar) return undefined;
    throw error;
  }
}

function isNumber(expr: Expr): boolean {
  const slot = slotOf(expr.type);
  return slot === 'f64' || slot === 'i64' || slot === 'bool';
}
