import fc from 'fast-check';
import type { Spec } from './spec.ts';

/** Small specs of finite columns, each perhaps drawn from a law that an earlier one chooses; constraints and weights of them. */
export const randomSpecs: fc.Arbitrary<Spec & { readonly names: readonly string[] }> = fc
  .array(fc.nat(999), { minLength: 160, maxLength: 160 })
  .map(specFrom);

type Column = {
  readonly name: string;
  readonly kind: 'label' | 'number' | 'item' | 'flag';
  readonly expr: string;
};
/** A number below n. */
type Choose = (n: number) => number;

const LABELS = ['u', 'v', 'w', 'x'] as const;
const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='] as const;

function specFrom(entropy: readonly number[]) {
  let at = 0;
  const choose: Choose = (n) => entropy[at++ % entropy.length]! % n;
  const lets: Record<string, unknown> = {};
  const columns: Column[] = [];
  const count = 2 + choose(4);
  for (let i = 0; i < count; i++) columns.push(columnAt(i, columns, lets, choose));
  const constraints = Array.from({ length: 1 + choose(4) }, () => condition(columns, choose, 2));
  const factors = Array.from({ length: choose(3) }, () => weight(columns[choose(columns.length)]!, choose));
  return {
    ...(Object.keys(lets).length > 0 ? { let: lets } : {}),
    columns: Object.fromEntries(columns.map(({ name, expr }) => [name, expr])),
    constraints,
    ...(factors.length > 0 ? { weigh: factors.join(' * ') } : {}),
    names: columns.map(({ name }) => name),
  };
}

/** Not all of them zero. */
function weights(choose: Choose): Record<string, number> {
  const size = 2 + choose(3);
  const entries = LABELS.slice(0, size).map((label) => [label, choose(6)] as const);
  return Object.fromEntries(entries.map(([label, weight], i) => [label, i === 0 ? weight + 1 : weight]));
}

function columnAt(
  i: number,
  before: readonly Column[],
  lets: Record<string, unknown>,
  choose: Choose,
): Column {
  const name = `c${i}`;
  const of = (kind: Column['kind']): readonly Column[] => before.filter((column) => column.kind === kind);
  const [labels, numbers] = [of('label'), of('number')];
  const free = Object.entries(weights(choose)).map(([label, weight]) => `${label}=${weight}`);
  switch (choose(8)) {
    case 1:
      return { name, kind: 'number', expr: `~histogram(1..${2 + choose(4)}=1, 7..8=${choose(3)})` };
    case 2:
      return { name, kind: 'flag', expr: `~bernoulli(${(1 + choose(9)) / 10})` };
    case 3: {
      const parent = labels[choose(Math.max(labels.length, 1))];
      if (!parent) break;
      lets[`m${i}`] = Object.fromEntries(LABELS.map((label) => [label, weights(choose)]));
      return { name, kind: 'label', expr: `~categorical(m${i}[${parent.name}])` };
    }
    case 4: {
      const parent = numbers[choose(Math.max(numbers.length, 1))];
      if (!parent) break;
      return { name, kind: 'flag', expr: `~bernoulli(${parent.name} % 7 / 10.0)` };
    }
    case 5: {
      const parent = labels[choose(Math.max(labels.length, 1))];
      if (!parent) break;
      return { name, kind: 'flag', expr: `~bernoulli(if ${parent.name} == 'u' then 0.2 else 0.7)` };
    }
    case 6: {
      const [a, b] = [numbers[choose(Math.max(numbers.length, 1))], numbers[0]];
      if (!a || !b) break;
      return { name, kind: 'number', expr: `${a.name} + ${b.name} * 2 - 3` };
    }
    case 7:
      return { name, kind: 'item', expr: `~pick([1, 2, ${1 + choose(4)}, 5])` };
    default:
  }
  return { name, kind: 'label', expr: `~categorical(${free.join(', ')})` };
}

/** A number in 0..1, perhaps 0 for some values. */
function weight({ name, kind }: Column, choose: Choose): string {
  const share = (): string => `${choose(11) / 10}`;
  if (kind === 'flag') return `(if ${name} then ${share()} else 0.6)`;
  if (kind === 'label') return `(if ${name} == '${LABELS[choose(2)]!}' then ${share()} else 0.9)`;
  return `(if ${name} > ${choose(6)} then ${share()} else if ${name} == 1 then 0.25 else 1.0)`;
}

function condition(columns: readonly Column[], choose: Choose, depth: number): string {
  const inner = (): string => condition(columns, choose, depth - 1);
  const column = columns[choose(columns.length)]!;
  const others = columns.filter((other) => other.kind === column.kind && other !== column);
  const other = others[choose(Math.max(others.length, 1))];
  switch (depth > 0 ? choose(8) : choose(4) + 4) {
    case 0:
      return `(${inner()} or ${inner()})`;
    case 1:
      return `(${inner()} implies ${inner()})`;
    case 2:
      return `not (${inner()} and ${inner()})`;
    case 3:
      return `(${inner()} and ${inner()})`;
    default:
  }
  if (column.kind === 'flag')
    return other && choose(2) === 0 ? `${column.name} != ${other.name}` : column.name;
  if (column.kind === 'label') {
    if (other && choose(2) === 0) return `${column.name} ${choose(2) === 0 ? '==' : '!='} ${other.name}`;
    return choose(2) === 0 ? `${column.name} != '${LABELS[choose(2)]!}'` : `${column.name} in ['v', 'u']`;
  }
  return `${column.name} ${COMPARISONS[choose(6)]!} ${other && choose(2) === 0 ? other.name : 1 + choose(6)}`;
}
