import fc from 'fast-check';
import type { Spec } from './spec.ts';

/** Random specs of finite draws and draws on the line, with what the exact reference needs of them beside the text. */
export type LineSpec = {
  readonly text: Spec;
  readonly columns: readonly Column[];
  readonly constraints: readonly Condition[];
};

export type Env = ReadonlyMap<string, Cell>;
export type Cell = string | number | boolean | null;
export type Condition = { readonly text: string; readonly holds: (env: Env) => boolean | null };
export type Column =
  | {
      readonly kind: 'label' | 'number' | 'flag';
      readonly name: string;
      readonly text: string;
      readonly law: Finite;
    }
  | {
      readonly kind: 'line';
      readonly name: string;
      readonly text: string;
      readonly rounded: boolean;
      readonly law: Line;
    };
type Finite = (env: Env) => readonly (readonly [Cell, number])[];
/** Families by their cdf, or their mass function; bounds are closed. */
export type Line = (env: Env) => { readonly family: Family; readonly within: readonly [number, number] };
export type Family =
  | { readonly name: 'uniform' | 'normal'; readonly p: readonly [number, number] }
  | { readonly name: 'exponential' | 'poisson'; readonly p: readonly [number] };

export const lineSpecs: fc.Arbitrary<LineSpec> = fc
  .array(fc.nat(9999), { minLength: 200, maxLength: 200 })
  .map(specFrom);

/** A number below n. */
type Choose = (n: number) => number;
type Lets = Record<string, Record<string, number>>;

const LABELS = ['u', 'v', 'w'] as const;

function specFrom(entropy: readonly number[]): LineSpec {
  let at = 0;
  const choose: Choose = (n) => entropy[at++ % entropy.length]! % n;
  const lets: Lets = {};
  const columns: Column[] = [];
  const finite = 1 + choose(3);
  for (let i = 0; i < finite; i++) columns.push(finiteColumn(`f${i}`, columns, choose));
  const lines = 1 + choose(2);
  for (let i = 0; i < lines; i++) {
    columns.push(lineColumn(`x${i}`, columns, lets, choose));
    if (choose(3) === 0) columns.push(flagBy(`g${i}`, columns, choose));
  }
  const constraints = Array.from({ length: 1 + choose(3) }, () => condition(columns, lets, choose, 2));
  const text: Spec = {
    ...(Object.keys(lets).length > 0 ? { let: lets } : {}),
    columns: Object.fromEntries(columns.map((column) => [column.name, column.text])),
    constraints: constraints.map((each) => each.text),
  };
  return { text, columns, constraints };
}

const pickOf = <T>(items: readonly T[], choose: Choose): T | undefined =>
  items[choose(Math.max(items.length, 1))];

function finiteColumn(name: string, before: readonly Column[], choose: Choose): Column {
  const parent = pickOf(
    before.filter(({ kind }) => kind === 'label'),
    choose,
  );
  if (parent && choose(3) === 0) {
    const [a, b] = [(1 + choose(4)) / 10, (5 + choose(5)) / 10];
    const p = (env: Env): number => (env.get(parent.name) === 'u' ? a : b);
    const text = `~bernoulli(if ${parent.name} == 'u' then ${a} else ${b})`;
    return {
      kind: 'flag',
      name,
      text,
      law: (env) => [
        [true, p(env)],
        [false, 1 - p(env)],
      ],
    };
  }
  if (choose(2) === 0) {
    const size = 2 + choose(3);
    const law = Array.from({ length: size }, (_, i) => [i + 1, 1 / size] as const);
    return { kind: 'number', name, text: `~histogram(1..${size}=1)`, law: () => law };
  }
  const weights = LABELS.map(() => 1 + choose(5));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const text = `~categorical(${LABELS.map((label, i) => `${label}=${weights[i]}`).join(', ')})`;
  return { kind: 'label', name, text, law: () => LABELS.map((label, i) => [label, weights[i]! / total]) };
}

/** A number that may vary with what was drawn before. */
type Parameter = { readonly text: string; readonly value: (env: Env) => number };

function parameter(
  values: readonly number[],
  name: string,
  before: readonly Column[],
  lets: Lets,
  choose: Choose,
): Parameter {
  const one = values[choose(values.length)]!;
  const parent = pickOf(before, choose);
  if (!parent || choose(2) === 0) return { text: String(one), value: () => one };
  const other = values[choose(values.length)]!;
  switch (parent.kind) {
    case 'line': {
      const bound = choose(4);
      return {
        text: `(if ${parent.name} < ${bound} then ${one} else ${other})`,
        value: (env) => (Number(env.get(parent.name)) < bound ? one : other),
      };
    }
    case 'label': {
      const map = Object.fromEntries(LABELS.map((label) => [label, values[choose(values.length)]!]));
      lets[name] = map;
      return { text: `${name}[${parent.name}]`, value: (env) => map[String(env.get(parent.name))]! };
    }
    case 'number':
      return {
        text: `(${one} + ${parent.name})`,
        value: (env) => one + Number(env.get(parent.name)),
      };
    case 'flag':
      return {
        text: `(if ${parent.name} then ${one} else ${other})`,
        value: (env) => (env.get(parent.name) === true ? one : other),
      };
  }
}

function lineColumn(name: string, before: readonly Column[], lets: Lets, choose: Choose): Column {
  const of = (values: readonly number[], which: string): Parameter =>
    parameter(values, `${name}_${which}`, before, lets, choose);
  const cut = choose(3) === 0 ? ([-1 + choose(3), 4 + choose(4)] as const) : null;
  const within = cut ?? ([-Infinity, Infinity] as const);
  const shown = cut ? ` within ${cut[0]}..${cut[1]}` : '';
  switch (choose(5)) {
    case 0: {
      const [lo, hi] = [of([-2, 0, 0.5], 'lo'), of([5, 6.5, 8], 'hi')];
      const law: Line = (env) => ({ family: { name: 'uniform', p: [lo.value(env), hi.value(env)] }, within });
      return { kind: 'line', name, text: `~uniform(${lo.text}, ${hi.text})${shown}`, rounded: false, law };
    }
    case 1: {
      const rate = of([0.5, 1, 3.25], 'rate');
      const law: Line = (env) => ({ family: { name: 'poisson', p: [rate.value(env)] }, within });
      return { kind: 'line', name, text: `~poisson(${rate.text})${shown}`, rounded: false, law };
    }
    case 2: {
      const rate = of([0.25, 0.5, 1.5], 'rate');
      const law: Line = (env) => ({ family: { name: 'exponential', p: [rate.value(env)] }, within });
      return { kind: 'line', name, text: `~exponential(${rate.text})${shown}`, rounded: false, law };
    }
    default: {
      const [mu, sigma] = [of([0, 1.5, 3], 'mu'), of([0.5, 1, 2.5], 'sigma')];
      const law: Line = (env) => ({
        family: { name: 'normal', p: [mu.value(env), sigma.value(env)] },
        within,
      });
      const rounded = choose(2) === 0;
      const text = `~normal(${mu.text}, ${sigma.text})${shown}${rounded ? ' as int16' : ''}`;
      return { kind: 'line', name, text, rounded, law };
    }
  }
}

/** A flag whose probability follows from a comparison of a draw on the line. */
function flagBy(name: string, before: readonly Column[], choose: Choose): Column {
  const line = before.findLast(({ kind }) => kind === 'line')!;
  const [bound, a, b] = [choose(4), choose(5) / 10, (5 + choose(6)) / 10];
  const p = (env: Env): number => (Number(env.get(line.name)) < bound ? a : b);
  const text = `~bernoulli(if ${line.name} < ${bound} then ${a} else ${b})`;
  return {
    kind: 'flag',
    name,
    text,
    law: (env) => [
      [true, p(env)],
      [false, 1 - p(env)],
    ],
  };
}

const not3 = (x: boolean | null): boolean | null => (x === null ? null : !x);
const and3 = (x: boolean | null, y: boolean | null): boolean | null =>
  x === false || y === false ? false : x === null || y === null ? null : true;
const or3 = (x: boolean | null, y: boolean | null): boolean | null => not3(and3(not3(x), not3(y)));

function condition(columns: readonly Column[], lets: Lets, choose: Choose, depth: number): Condition {
  if (depth > 0 && choose(4) > 0) {
    const [a, b] = [condition(columns, lets, choose, depth - 1), condition(columns, lets, choose, depth - 1)];
    switch (choose(4)) {
      case 0:
        return { text: `(${a.text} and ${b.text})`, holds: (env) => and3(a.holds(env), b.holds(env)) };
      case 1:
        return { text: `(${a.text} or ${b.text})`, holds: (env) => or3(a.holds(env), b.holds(env)) };
      case 2:
        return {
          text: `(${a.text} implies ${b.text})`,
          holds: (env) => or3(not3(a.holds(env)), b.holds(env)),
        };
      default:
        return {
          text: `not (${a.text} and ${b.text})`,
          holds: (env) => not3(and3(a.holds(env), b.holds(env))),
        };
    }
  }
  const finite = columns.filter(({ kind }) => kind !== 'line');
  const column =
    choose(3) === 0
      ? pickOf(finite, choose)!
      : pickOf(
          columns.filter(({ kind }) => kind === 'line'),
          choose,
        )!;
  const { name } = column;
  switch (column.kind) {
    case 'flag':
      return { text: name, holds: (env) => env.get(name) === true };
    case 'label':
      return { text: `${name} != 'v'`, holds: (env) => env.get(name) !== 'v' };
    case 'number': {
      const bound = 1 + choose(3);
      return { text: `${name} > ${bound}`, holds: (env) => Number(env.get(name)) > bound };
    }
    case 'line':
      return comparison(column, columns, lets, choose);
  }
}

function comparison(
  line: Extract<Column, { kind: 'line' }>,
  columns: readonly Column[],
  lets: Lets,
  choose: Choose,
): Condition {
  const { name } = line;
  const x = (env: Env): number => Number(env.get(name));
  const whole = line.rounded || line.text.startsWith('~poisson');
  if (whole && choose(5) === 0) {
    const [a, b] = [choose(4), choose(6)];
    return choose(2) === 0
      ? { text: `${name} == ${a}`, holds: (env) => x(env) === a }
      : { text: `${name} not in [${a}, ${b}]`, holds: (env) => x(env) !== a && x(env) !== b };
  }
  if (choose(5) === 0) {
    const [lo, hi] = [-1 + choose(3), 2 + choose(4)];
    return { text: `${name} in ${lo}..<${hi}`, holds: (env) => x(env) >= lo && x(env) < hi };
  }
  const label = columns.find(({ kind }) => kind === 'label');
  if (label && choose(5) === 0) {
    const bound = 1 + choose(3);
    return {
      text: `${name} < (if ${label.name} == 'u' then null else ${bound})`,
      holds: (env) => (env.get(label.name) === 'u' ? null : x(env) < bound),
    };
  }
  const finite = columns.filter(({ kind }) => kind !== 'line');
  const at = parameter([-1, 0.5, 1, 2, 3.5, 5], `at${Object.keys(lets).length}`, finite, lets, choose);
  switch (choose(5)) {
    case 0:
      return { text: `${name} < ${at.text}`, holds: (env) => x(env) < at.value(env) };
    case 1:
      return { text: `${name} <= ${at.text}`, holds: (env) => x(env) <= at.value(env) };
    case 2:
      return { text: `${at.text} < ${name}`, holds: (env) => at.value(env) < x(env) };
    case 3:
      return { text: `${name} >= ${at.text}`, holds: (env) => x(env) >= at.value(env) };
    default:
      return { text: `${at.text} >= ${name}`, holds: (env) => at.value(env) >= x(env) };
  }
}
