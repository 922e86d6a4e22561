import type { ArgAst, ColumnAst, ExprAst, PlainAst, SpecAst, TableAst } from '../../compiler/1-parse/ast.ts';
import { parseSpec } from '../../compiler/1-parse/parse.ts';

/** Slow and obvious: every combination of every draw of a table of finite laws, straight from the syntax tree. */
export type Cell = null | boolean | number | string | Row;
type Row = ReadonlyMap<string, Cell>;
type Known = Cell | Map<string, Known> | readonly Known[];
type Env = ReadonlyMap<string, Known>;
/** Values with their probabilities. */
type Law<T> = readonly (readonly [T, number])[];

const certain = <T>(value: T): Law<T> => [[value, 1]];
const then = <T, U>(law: Law<T>, next: (value: T) => Law<U>): Law<U> =>
  law.flatMap(([value, p]) => next(value).map(([after, q]) => [after, p * q] as const));
const sequence = <T>(laws: readonly Law<T>[]): Law<readonly T[]> =>
  laws.reduce<Law<readonly T[]>>(
    (heads, law) => then(heads, (head) => then(law, (value) => certain([...head, value]))),
    certain([]),
  );

export type Joint = ReadonlyMap<string, number>;
/** Cells of the columns as one text. */
export const keyOf = (cells: readonly unknown[]): string => cells.map(String).join(' ');

/**
 * P(columns | the table's constraints and weight), and the share of candidates that these accept; null where it is 0.
 * Missing values are complete here.
 */
export function referenceLaw(
  text: string,
  columns: readonly string[],
): { readonly joint: Joint; readonly acceptance: number } | null {
  const { value: spec } = parseSpec({ name: 'reference', text });
  const table = spec?.tables[0];
  if (!spec || !table) throw new Error('the spec does not parse');
  const rows = rowsOf(table, constantsOf(spec));
  const accepted = rows
    .filter(([env]) => table.constraints.every((each) => holds(each, env)))
    .map(([env, p]) => [env, p * (table.weigh ? Number(evaluate(table.weigh, env)[0]![0]) : 1)] as const)
    .filter(([, p]) => p > 0);
  const total = accepted.reduce((sum, [, p]) => sum + p, 0);
  if (total === 0) return null;
  const joint = new Map<string, number>();
  for (const [env, p] of accepted) {
    const key = keyOf(columns.map((path) => env.get(path)));
    joint.set(key, (joint.get(key) ?? 0) + p / total);
  }
  return { joint, acceptance: total };
}

function holds({ check, when }: TableAst['constraints'][number], env: Env): boolean {
  const value = (expr: ExprAst): Known => evaluate(expr, env)[0]![0];
  return (when !== null && value(when) !== true) || value(check) !== false;
}

/** Columns in the order of writing: each must come after those that it reads. */
const rowsOf = (table: TableAst, constants: Env): Law<Env> =>
  table.columns.reduce<Law<Env>>(
    (rows, column) => then(rows, (env) => withColumn(column, env)),
    certain(constants),
  );

const withColumn = ({ name, body }: ColumnAst, env: Env): Law<Env> => {
  if (body.kind === 'struct') throw new Error('the reference knows no structs');
  return then(evaluate(body.expr, env), (value) => certain(new Map([...env, [name.text, value]])));
};

function constantsOf(spec: SpecAst): Env {
  const env = new Map<string, Known>();
  for (const { name, value } of spec.lets)
    env.set(
      name.text,
      value.kind.startsWith('plain-') ? plain(value as PlainAst) : evaluate(value as ExprAst, env)[0]![0],
    );
  for (const { name, source } of spec.data)
    if (source.kind === 'inline') env.set(name.text, plain(source.value));
  return env;
}

function plain(node: PlainAst): Known {
  switch (node.kind) {
    case 'plain-scalar':
      return typeof node.value === 'bigint' ? Number(node.value) : node.value;
    case 'plain-list':
      return node.items.map(plain);
    case 'plain-map':
      return new Map(node.entries.map(({ key, value }) => [key.text, plain(value)]));
  }
}

function evaluate(expr: ExprAst, env: Env): Law<Known> {
  const inside = (...parts: readonly ExprAst[]): Law<readonly Known[]> =>
    sequence(parts.map((part) => evaluate(part, env)));
  switch (expr.kind) {
    case 'int':
      return certain(Number(expr.value));
    case 'real':
    case 'text':
    case 'bool':
      return certain(expr.value);
    case 'null':
      return certain(null);
    case 'name': {
      const value = env.get(expr.name);
      if (value === undefined) throw new Error(`no ${expr.name}`);
      return certain(value);
    }
    case 'field':
      return then(inside(expr.of), ([of]) => certain(at(of, expr.field.text)));
    case 'index':
      return then(inside(expr.of, expr.index), ([of, index]) => certain(at(of, index)));
    case 'template':
      return then(
        sequence(
          expr.parts.map((part) =>
            part.kind === 'literal' ? certain<Known>(part.text) : evaluate(part.expr, env),
          ),
        ),
        (parts) => certain(parts.map(String).join('')),
      );
    case 'list':
      return then(inside(...expr.items), (items) => certain(items));
    case 'range':
      return then(inside(expr.lo, expr.hi), ([lo, hi]) =>
        certain(
          Array.from({ length: Number(hi) - Number(lo) + (expr.halfOpen ? 0 : 1) }, (_, i) => Number(lo) + i),
        ),
      );
    case 'unary':
      return then(inside(expr.operand), ([x]) =>
        certain(x === null || x === undefined ? null : expr.op === 'not' ? !x : -Number(x)),
      );
    case 'binary':
      return then(inside(expr.left, expr.right), ([x, y]) => certain(operate(expr.op, x!, y!)));
    case 'is-null':
      return then(inside(expr.operand), ([x]) => certain((x === null) !== expr.negated));
    case 'cast':
      return inside(expr.operand).map(([[x], p]) => [x!, p]);
    case 'if':
      return then(inside(expr.condition), ([condition]) =>
        evaluate(condition === true ? expr.then : expr.otherwise, env),
      );
    case 'match':
      return then(inside(expr.subject), ([subject]) => {
        const arm = expr.arms.find(
          ({ patterns }) =>
            patterns === null || patterns.some((each) => evaluate(each, env)[0]![0] === subject),
        );
        return evaluate(arm!.value, env);
      });
    case 'call':
      return then(inside(...expr.args.map(({ value }) => value)), (args) =>
        certain(call(expr.callee.text, args)),
      );
    case 'draw':
      return within(drawn(expr.law.text, expr.args, env), expr.within, env);
    default:
      throw new Error(`the reference knows no ${expr.kind}`);
  }
}

function at(of: Known | undefined, key: Known | undefined): Known {
  const found =
    of instanceof Map
      ? of.get(String(key))
      : Array.isArray(of)
        ? (of as readonly Known[])[Number(key)]
        : undefined;
  if (found === undefined) throw new Error(`no ${String(key)}`);
  return found;
}

function operate(op: string, x: Known, y: Known): Known {
  if (op === 'and') return x === false || y === false ? false : x === null || y === null ? null : true;
  if (op === 'or') return x === true || y === true ? true : x === null || y === null ? null : false;
  if (op === 'implies') return operate('or', x === null ? null : !x, y);
  if (x === null || y === null) return null;
  if (op === 'in' || op === 'not in') return (y as readonly Known[]).includes(x) === (op === 'in');
  if (op === '==') return x === y;
  if (op === '!=') return x !== y;
  const [a, b] = typeof x === 'string' ? [x, String(y)] : [Number(x), Number(y)];
  if (op === '<') return a < b;
  if (op === '<=') return a <= b;
  if (op === '>') return a > b;
  if (op === '>=') return a >= b;
  return arithmetic(op, Number(x), Number(y));
}

function arithmetic(op: string, x: number, y: number): number {
  switch (op) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return x / y;
    case '//':
      return Math.floor(x / y);
    case '%':
      return x - y * Math.floor(x / y);
    default:
      throw new Error(`the reference knows no ${op}`);
  }
}

function call(name: string, args: readonly Known[]): Known {
  if (name === 'abs') return Math.abs(Number(args[0]));
  if (name === 'min') return Math.min(...args.map(Number));
  if (name === 'max') return Math.max(...args.map(Number));
  throw new Error(`the reference knows no ${name}`);
}

function drawn(law: string, args: readonly ArgAst[], env: Env): Law<Known> {
  const [first] = args;
  switch (law) {
    case 'bernoulli':
      return then(evaluate(first!.value, env), (p) => [
        [true, Number(p)],
        [false, 1 - Number(p)],
      ]);
    case 'histogram':
      return weighted(args.flatMap((each) => bucket(each, env)));
    default: {
      if (args.every(({ name, key }) => name !== null || key !== null) && law === 'categorical')
        return weighted(args.map((each) => [label(each), Number(evaluate(each.value, env)[0]![0])]));
      const [[of]] = evaluate(first!.value, env) as [readonly [Known, number]];
      const weight = args.find(({ name }) => name?.text === 'weight');
      if (of instanceof Map) return weighted([...of].map(([key, value]) => [key, Number(value)]));
      return weighted(
        (of as readonly Known[]).map((item, i) => [item, weight ? weightOf(weight.value, item, i, env) : 1]),
      );
    }
  }
}

function within(law: Law<Known>, bounds: ExprAst | null, env: Env): Law<Known> {
  if (bounds === null) return law;
  const integers = evaluate(bounds, env)[0]![0] as readonly Known[];
  return weighted(law.filter(([value]) => integers.includes(value)));
}

function weightOf(expr: ExprAst, item: Known, i: number, env: Env): number {
  if (item instanceof Map && expr.kind === 'name') return Number(item.get(expr.name));
  return Number((evaluate(expr, env)[0]![0] as readonly Known[])[i]);
}

const label = ({ name, key }: ArgAst): string =>
  name?.text ?? (key?.kind === 'text' ? key.value : key?.kind === 'int' ? String(key.value) : '?');

function bucket({ key, value }: ArgAst, env: Env): readonly (readonly [Known, number])[] {
  const integers = evaluate(key!, env)[0]![0] as readonly Known[];
  const each = Number(evaluate(value, env)[0]![0]) / integers.length;
  return integers.map((integer) => [integer, each]);
}

function weighted(items: readonly (readonly [Known, number])[]): Law<Known> {
  const total = items.reduce((sum, [, weight]) => sum + weight, 0);
  return items.map(([value, weight]) => [value, weight / total]);
}
