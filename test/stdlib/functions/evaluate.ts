import type { ArgAst, ExprAst } from '../../../compiler/1-parse/ast.ts';
import { parseExpression } from '../../../compiler/1-parse/expression/parse-expression.ts';
import { domainOfValue } from '../../../compiler/2-check/domains.ts';
import { fits } from '../../../compiler/3-plan/overload.ts';
import type { Arg, ArgFacts, FunctionDefinition, Overload } from '../../../stdlib/define.ts';
import { binaryOperators, functions, unaryOperators } from '../../../stdlib/functions/index.ts';
import {
  BOOL,
  DATE,
  DURATION,
  FLOAT64,
  INT64,
  NULL,
  TEXT,
  TIMESTAMP,
  type Type,
} from '../../../stdlib/types.ts';
import { isList, type Value } from '../../../stdlib/value.ts';
import { type Harness, harness } from '../harness.ts';

/** The value of an expression of constants, computed by the kernels, as an example states it: `fault` where it is one. */
export function evaluate(text: string): string {
  const { value: ast, diagnostics } = parseExpression({ name: 'example', text });
  if (ast === null || diagnostics.length > 0)
    throw new Error(`${text}: ${diagnostics.map(({ message }) => message).join()}`);
  const h = harness({ rows: 1 });
  const arg = lower(h, ast);
  if (arg.kind === 'constant') return show(arg.value, arg.type);
  if (arg.kind !== 'slot') throw new Error(`${text} is no value`);
  const [value] = h.values(arg.slot);
  return show(value === undefined ? null : value, arg.type, arg.slot.dictionary);
}

function lower(h: Harness, ast: ExprAst): Arg {
  const constant = (value: Value, type: Type): Arg => ({ kind: 'constant', value, type });
  switch (ast.kind) {
    case 'int':
      return constant(ast.value, INT64);
    case 'real':
      return constant(ast.value, FLOAT64);
    case 'text':
      return constant(ast.value, TEXT);
    case 'bool':
      return constant(ast.value, BOOL);
    case 'null':
      return constant(null, NULL);
    case 'date':
      return constant(ast.value, DATE);
    case 'instant':
      return constant(ast.value, TIMESTAMP);
    case 'duration':
      return constant(ast.value, DURATION);
    case 'list': {
      const items = ast.items.map((item) => constantOf(lower(h, item)));
      return constant(
        items.map(({ value }) => value),
        { kind: 'list', of: items[0]?.type ?? NULL },
      );
    }
    case 'range': {
      const [lo, hi] = [constantOf(lower(h, ast.lo)), constantOf(lower(h, ast.hi))];
      return constant([lo.value, hi.value, ast.halfOpen], { kind: 'range', of: lo.type });
    }
    case 'unary':
      return call(h, unaryOperators.get(ast.op) ?? ast.op, [lower(h, ast.operand)]);
    case 'binary':
      return call(h, binaryOperators.get(ast.op) ?? ast.op, [lower(h, ast.left), lower(h, ast.right)]);
    case 'is-null':
      return call(h, 'is_null', [lower(h, ast.operand)]);
    case 'call':
      return call(
        h,
        ast.callee.text,
        ast.args.map(({ value }) => lower(h, value)),
        ast.args,
      );
    default:
      throw new Error(`no constants: ${ast.kind}`);
  }
}

const constantOf = (arg: Arg): Extract<Arg, { kind: 'constant' }> => {
  if (arg.kind !== 'constant') throw new Error('a constant belongs here');
  return arg;
};

/** Calls the first overload that takes the arguments; the rules of nulls are the checker's, done here in its place. */
function call(h: Harness, name: string, values: readonly Arg[], named: readonly ArgAst[] = []): Arg {
  const fn = functions.get(name);
  if (fn === undefined) throw new Error(`no function ${name}`);
  for (const overload of fn.overloads) {
    const args = bind(overload, values, named);
    if (args === null) continue;
    if (
      fn.nulls === 'strict' &&
      args.some(
        (arg) => arg.kind === 'constant' && arg.value === null && isRequired(overload, args.indexOf(arg)),
      )
    )
      return { kind: 'constant', value: null, type: NULL };
    const facts = args.map(factsOf);
    const type = typeof overload.result === 'function' ? overload.result(facts) : overload.result;
    if (typeof type === 'string') throw new Error(type);
    if (typeof overload.lower !== 'function') throw new Error(`${name} is lowered by functions`);
    const lowered = overload.lower(h.b, args, type);
    const [value] = lowered.slot.kind === 'i64' || lowered.slot.kind === 'f64' ? h.values(lowered.slot) : [];
    if (value !== undefined && args.every((arg) => arg.kind === 'constant'))
      return { kind: 'constant', value, type };
    return {
      kind: 'slot',
      slot: lowered.slot,
      type: lowered.type,
      domain: domainOf(fn, facts, lowered.type),
    };
  }
  throw new Error(`${name} takes no such arguments`);
}

const isRequired = (overload: Overload, i: number): boolean => overload.params[i]?.default === undefined;

function bind(overload: Overload, values: readonly Arg[], named: readonly ArgAst[]): readonly Arg[] | null {
  const { params, variadic } = overload;
  if (values.length > params.length && !variadic) return null;
  const slots = new Map<number, Arg>();
  for (const [i, value] of values.entries()) {
    const name = named[i]?.name?.text;
    slots.set(name === undefined ? i : params.findIndex((param) => param.name === name), value);
  }
  const count = Math.max(params.length, values.length);
  const args: Arg[] = [];
  for (let i = 0; i < count; i++) {
    const param = params[Math.min(i, params.length - 1)]!;
    const given = slots.get(i);
    if (given === undefined && param.default === undefined) return null;
    if (
      given !== undefined &&
      !('type' in given && (fits(given.type, param.type) || given.type.kind === 'null'))
    )
      return null;
    args.push(
      given ?? {
        kind: 'constant',
        value: param.default ?? null,
        type: typeof param.default === 'string' ? TEXT : NULL,
      },
    );
  }
  return args;
}

function factsOf(arg: Arg): ArgFacts {
  if (arg.kind === 'constant') return { type: arg.type, domain: domainOfValue(arg.value), value: arg.value };
  if (arg.kind !== 'slot') throw new Error(`${arg.kind} is no value`);
  return { type: arg.type, domain: arg.domain, value: undefined };
}

const domainOf = (fn: FunctionDefinition, facts: readonly ArgFacts[], type: Type) => fn.domain(facts, type);

const I64_POISON = -(2n ** 63n);

/** As a spec would write it. */
export function show(value: Value, type: Type, dictionary?: readonly string[]): string {
  if (value === null) return 'null';
  if (value === 'poison' || value === I64_POISON || (typeof value === 'number' && Number.isNaN(value)))
    return 'fault';
  if (isList(value))
    return `[${value.map((item) => show(item, type.kind === 'vector' ? FLOAT64 : type)).join(', ')}]`;
  if (typeof value === 'string') return value === '\ufffd' ? 'fault' : `'${value}'`;
  switch (type.kind) {
    case 'float':
      return Number.isInteger(value) ? `${value}.0` : String(value);
    case 'date':
      return new Date(Number(value) * 86_400_000).toISOString().slice(0, 10);
    case 'timestamp':
      return new Date(Number(value) / 1000).toISOString().replace('.000Z', 'Z');
    case 'duration':
      return `PT${Number(value) / 1e6}S`;
    case 'enum':
      return value === -1 ? 'fault' : `'${dictionary?.[Number(value)]}'`;
    default:
      return String(value);
  }
}
