import { callOf } from '../../3-plan/calls.ts';
import { type Call, type Expr, mapChildren } from '../../3-plan/expr.ts';
import { drawsIn } from '../../3-plan/groups.ts';
import { createShapes, type Shapes } from '../../3-plan/shapes.ts';
import { mapExprs, mapTables } from '../map.ts';
import type { Rule, RuleFiring, RuleTools } from '../rule.ts';

/**
 * Expressions of one value get one form, so that they become one step. Every rewriting is exact to the bit, with nulls
 * (three-valued logic) and faults: sums and products commute in IEEE arithmetic but do not associate; conjunction is the
 * least of false < fault < null < true, so it does both, and drops what it says twice. What is left out never takes a draw
 * with it: groups stay what they are.
 */
export const canonicalForms: Rule = {
  name: 'canonical-forms',
  doc: 'Expressions that always have one value are written in one way, so that they are computed once.',
  apply: (plan, tools) => {
    const firings: RuleFiring[] = [];
    const rewritten = mapTables(plan, (table) => {
      const context: Context = { tools, shapes: createShapes(), chains: new Map(), draws: drawsIn(table) };
      return mapExprs(table, (expr, target) =>
        canonical(expr, context, (before, after) =>
          firings.push({
            rule: 'canonical-forms',
            applied: true,
            table: table.name,
            target,
            before: tools.excerpt(before.span),
            after,
          }),
        ),
      );
    });
    return { plan: rewritten, firings, diagnostics: [] };
  },
};

type Context = {
  readonly tools: RuleTools;
  readonly shapes: Shapes;
  /** Conjunctions and disjunctions seen, by what they join. */
  readonly chains: Map<string, Expr>;
  readonly draws: (expr: Expr) => ReadonlySet<string>;
};
type Report = (before: Expr, after: string) => void;
/** The new form with its words; null where there is none. */
type Rewriting = { readonly expr: Expr; readonly shown: string } | null;

function canonical(expr: Expr, context: Context, report: Report): Expr {
  const inner = mapChildren(expr, (child) => canonical(child, context, report));
  const found = inner.op === 'call' ? rewriteCall(inner, context) : null;
  if (found !== null) report(expr, found.shown);
  const result = found?.expr ?? inner;
  context.shapes.of(result);
  return result;
}

function rewriteCall(call: Call, context: Context): Rewriting {
  switch (call.fn) {
    case 'not':
      return negation(call, context);
    case 'and':
    case 'or':
      return settled(call, context) ?? chain(call, context);
    case 'implies':
      return implication(call, context);
    case 'eq':
    case 'ne':
      return againstTruth(call, context) ?? commuted(call, context);
    case 'add':
    case 'mul':
      return commuted(call, context);
    default:
      return null;
  }
}

const OPPOSITE: Readonly<Record<string, string>> = {
  eq: 'ne',
  ne: 'eq',
  lt: 'ge',
  ge: 'lt',
  gt: 'le',
  le: 'gt',
};

/** `not not x` is x; `not a < b` is a >= b: comparisons of nulls are null, those of faults are faults. */
function negation(call: Call, context: Context): Rewriting {
  const [of] = call.args;
  if (of?.op !== 'call') return null;
  if (of.fn === 'not') return taken(of.args[0] ?? null, context);
  const fn = OPPOSITE[of.fn];
  if (fn === undefined) return null;
  const [left, right] = of.args.map((arg) => (arg ? context.tools.excerpt(arg.span) : ''));
  const operator = context.tools.functions.get(fn)?.operator ?? fn;
  return { expr: { ...of, fn, domain: call.domain, span: call.span }, shown: `${left} ${operator} ${right}` };
}

/** `x and true` is x, `x and false` is false even where x is a fault; `or` likewise. */
function settled(call: Call, context: Context): Rewriting {
  const neutral = call.fn === 'and';
  for (const [i, arg] of call.args.entries()) {
    const other = call.args[1 - i];
    if (arg?.op !== 'constant' || typeof arg.value !== 'boolean' || !other) continue;
    if (arg.value === neutral) return taken(other, context);
    if (context.draws(other).size === 0) return taken(arg, context);
  }
  return null;
}

/** `not a implies b` is `a or b`; a condition that is known goes. */
function implication(call: Call, context: Context): Rewriting {
  const [when, then] = call.args;
  if (!when || !then) return null;
  if (when.op === 'constant' && when.value === true) return taken(then, context);
  if (when.op !== 'call' || when.fn !== 'not') return null;
  const of = when.args[0];
  if (!of) return null;
  const words = [of, then].map((arg) => context.tools.excerpt(arg.span));
  return { expr: { ...callOf('or', [of, then], call.span), domain: call.domain }, shown: words.join(' or ') };
}

/** `x == true` is x, `x == false` is its negation. */
function againstTruth(call: Call, context: Context): Rewriting {
  for (const [i, arg] of call.args.entries()) {
    const other = call.args[1 - i];
    if (arg?.op !== 'constant' || typeof arg.value !== 'boolean' || other?.type.kind !== 'bool') continue;
    if (arg.value === (call.fn === 'eq')) return taken(other, context);
    const expr = { ...callOf('not', [other], call.span), domain: call.domain };
    return { expr, shown: `not ${context.tools.excerpt(other.span)}` };
  }
  return null;
}

const taken = (expr: Expr | null, { tools }: Context): Rewriting =>
  expr && { expr, shown: tools.excerpt(expr.span) };

/** In the order in which another has it, if one does. */
function commuted(call: Call, context: Context): Rewriting {
  const [x, y] = call.args;
  const params = context.tools.functions.get(call.fn)?.overloads[call.overload]?.params;
  if (!x || !y || params?.[0]?.type !== params?.[1]?.type) return null;
  const turned: Call = { ...call, args: [y, x] };
  const { shapes, tools } = context;
  if (shapes.known(call) || !shapes.known(turned)) return null;
  const operator = tools.functions.get(call.fn)?.operator ?? call.fn;
  return { expr: turned, shown: `${tools.excerpt(y.span)} ${operator} ${tools.excerpt(x.span)}` };
}

/** The operands of nested `and` (or `or`), each once, and nested as another has the same, if one does. */
function chain(call: Call, context: Context): Rewriting {
  const { shapes, chains, tools } = context;
  const written = operandsOf(call, call.fn);
  const own = new Map(written.map((each) => [shapes.of(each), each] as const).reverse());
  const key = `${call.fn} ${[...own.keys()].sort((a, b) => a - b).join(' ')}`;
  const model = chains.get(key);
  const operands = [...new Set(written.map((each) => own.get(shapes.of(each))!))];
  const expr = model
    ? nestedAs(model, own, call, shapes)
    : own.size < written.length
      ? joined(operands, call)
      : call;
  if (!model) chains.set(key, expr);
  if (shapes.of(expr) === shapes.of(call)) return null;
  return {
    expr,
    shown: operandsOf(expr, call.fn)
      .map((each) => tools.excerpt(each.span))
      .join(` ${call.fn} `),
  };
}

function nestedAs(model: Expr, own: ReadonlyMap<number, Expr>, call: Call, shapes: Shapes): Expr {
  if (model.op !== 'call' || model.fn !== call.fn) return own.get(shapes.of(model))!;
  const args = model.args.map((arg) => arg && nestedAs(arg, own, call, shapes));
  return { ...model, args, span: call.span };
}

function joined([first, ...rest]: readonly Expr[], call: Call): Expr {
  return rest.reduce<Expr>((all, each) => callOf(call.fn, [all, each], call.span), first!);
}

const operandsOf = (expr: Expr, fn: string): readonly Expr[] =>
  expr.op === 'call' && expr.fn === fn
    ? expr.args.flatMap((arg) => (arg === null ? [] : operandsOf(arg, fn)))
    : [expr];
