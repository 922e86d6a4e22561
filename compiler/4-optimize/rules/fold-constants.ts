import { lowerCast } from '../../../stdlib/functions/index.ts';
import {
  createScalarMachine,
  NotScalar,
  POISON,
  runOverload,
} from '../../../stdlib/kernels/scalar-machine.ts';
import { slotOf } from '../../../stdlib/types.ts';
import type { Value } from '../../../stdlib/value.ts';
import { type Constant, type Expr, mapChildren } from '../../3-plan/expr.ts';
import { mapExprs, mapTables } from '../map.ts';
import type { Rule, RuleFiring, RuleTools } from '../rule.ts';

/** Calls, casts and choices of constants become constants, by the kernels that would compute them a row. */
export const foldConstants: Rule = {
  name: 'fold-constants',
  doc: 'An expression of constants is computed once, at compile time.',
  apply: (plan, tools) => {
    const firings: RuleFiring[] = [];
    const folded = mapTables(plan, (table) =>
      mapExprs(table, (expr, target) =>
        fold(expr, tools, (before, after) => {
          firings.push({
            rule: 'fold-constants',
            applied: true,
            table: table.name,
            target,
            before: tools.excerpt(before.span),
            after: String(after),
          });
        }),
      ),
    );
    return { plan: folded, firings, diagnostics: [] };
  },
};

/** Folds bottom-up; `report` hears the outermost expression of each fold only. */
function fold(expr: Expr, tools: RuleTools, report: (before: Expr, after: Value) => void): Expr {
  const result = foldInside(expr, tools, report);
  if (result !== expr && result.op === 'constant') report(expr, result.value);
  return result;
}

function foldInside(expr: Expr, tools: RuleTools, report: (before: Expr, after: Value) => void): Expr {
  const quiet = mapChildren(expr, (child) => foldInside(child, tools, () => {}));
  const value = evaluate(quiet, tools);
  if (value !== undefined)
    return { op: 'constant', value, type: expr.type, domain: expr.domain, span: expr.span };
  return mapChildren(expr, (child) => fold(child, tools, report));
}

const isConstant = (expr: Expr): expr is Constant => expr.op === 'constant';

/** The value of an expression whose parts are constants; undefined where it is not one, or would be a fault. */
function evaluate(expr: Expr, tools: RuleTools): Value | undefined {
  if (expr.op === 'if' && isConstant(expr.condition)) {
    const taken = expr.condition.value === true ? expr.then : expr.otherwise;
    return isConstant(taken) && taken.type.kind === expr.type.kind ? taken.value : undefined;
  }
  if (expr.op !== 'call' && expr.op !== 'cast') return undefined;
  const args = expr.op === 'call' ? expr.args : [expr.of];
  if (!args.every((arg) => arg !== null && isConstant(arg) && arg.value !== null && isNumber(arg)))
    return undefined;
  const constants = args.filter((arg) => arg !== null && isConstant(arg));
  const machine = createScalarMachine(tools.kernels);
  const b = machine.builder;
  try {
    if (expr.op === 'cast') {
      const [from] = constants;
      return known(
        machine.read(lowerCast(b, b.constant(from!.value, from!.type), from!.type, expr.type), expr.type),
      );
    }
    const overload = tools.functions.get(expr.fn)?.overloads[expr.overload];
    if (!overload || slotOf(expr.type) === null) return undefined;
    return known(machine.read(runOverload(b, overload, constants, expr.type), expr.type));
  } catch (error) {
    if (error instanceof NotScalar) return undefined;
    throw error;
  }
}

const known = (value: Value | typeof POISON): Value | undefined => (value === POISON ? undefined : value);

const isNumber = (expr: Expr): boolean => {
  const slot = slotOf(expr.type);
  return slot === 'f64' || slot === 'i64' || slot === 'bool';
};
