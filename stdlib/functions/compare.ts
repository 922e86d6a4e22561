import {
  type Arg,
  type ArgFacts,
  type Builder,
  defineFunction,
  type FunctionDefinition,
  type Lowered,
  type Overload,
  type SlotRef,
} from '../define.ts';
import type { Domain } from '../domain.ts';
import { BOOL, type Type } from '../types.ts';
import { integerOf, kernelOn, lowerArg, realOf, textOf, truth } from './args.ts';
import { infix } from './arithmetic.ts';
import { compareText, remapCodes, unionOf } from './dictionaries.ts';
import { contains, type Interval, isKnown, nullableOf, numeric } from './intervals.ts';

type Comparison = {
  readonly name: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';
  readonly operator: string;
  /** The kernels' family, and whether they see the operands exchanged: a > b is b < a. */
  readonly kernel: 'eq' | 'ne' | 'lt' | 'le';
  readonly exchanged: boolean;
  /** Of the sign of a − b. */
  readonly holds: (sign: number) => boolean;
  readonly summary: string;
};

const COMPARISONS: readonly Comparison[] = [
  {
    name: 'eq',
    operator: '==',
    kernel: 'eq',
    exchanged: false,
    holds: (sign) => sign === 0,
    summary: 'Whether two values are equal.',
  },
  {
    name: 'ne',
    operator: '!=',
    kernel: 'ne',
    exchanged: false,
    holds: (sign) => sign !== 0,
    summary: 'Whether two values differ.',
  },
  {
    name: 'lt',
    operator: '<',
    kernel: 'lt',
    exchanged: false,
    holds: (sign) => sign < 0,
    summary: 'Whether the left value is below the right.',
  },
  {
    name: 'le',
    operator: '<=',
    kernel: 'le',
    exchanged: false,
    holds: (sign) => sign <= 0,
    summary: 'Whether the left value is not above the right.',
  },
  {
    name: 'gt',
    operator: '>',
    kernel: 'lt',
    exchanged: true,
    holds: (sign) => sign > 0,
    summary: 'Whether the left value is above the right.',
  },
  {
    name: 'ge',
    operator: '>=',
    kernel: 'le',
    exchanged: true,
    holds: (sign) => sign >= 0,
    summary: 'Whether the left value is not below the right.',
  },
];

type Compare = (b: Builder, comparison: Comparison, x: Arg, y: Arg) => SlotRef;

const reals: Compare = (b, { kernel, exchanged }, x, y) =>
  pair(b, `${kernel}_f64`, exchanged, realOf(b, x), realOf(b, y));
const integers: Compare = (b, { kernel, exchanged }, x, y) =>
  pair(b, `${kernel}_i64`, exchanged, integerOf(b, x), integerOf(b, y));

function pair(b: Builder, kernel: string, exchanged: boolean, x: SlotRef, y: SlotRef): SlotRef {
  return kernelOn(b, kernel, BOOL, ...(exchanged ? [y, x] : [x, y])).slot;
}

/** Texts by code points. Enums are compared by code where one dictionary serves, by rank for order. */
const texts: Compare = (b, comparison, x, y) => {
  const [left, right] = [codesOf(b, x), codesOf(b, y)];
  if (left && y.kind === 'constant' && typeof y.value === 'string')
    return againstText(b, comparison, left, y.value, 1);
  if (right && x.kind === 'constant' && typeof x.value === 'string')
    return againstText(b, comparison, right, x.value, -1);
  if (left && right) {
    const all = unionOf(left.dictionary ?? [], right.dictionary ?? []);
    const equality = comparison.kernel === 'eq' || comparison.kernel === 'ne';
    const order = equality ? all : [...all].sort(compareText);
    return pair(
      b,
      `${comparison.kernel}_code`,
      comparison.exchanged,
      remapCodes(b, left, order),
      remapCodes(b, right, order),
    );
  }
  const operands = [textOf(b, x), textOf(b, y)];
  const [first, second] = comparison.exchanged ? [operands[1]!, operands[0]!] : [operands[0]!, operands[1]!];
  return b.kernel(`${comparison.kernel}_str`, { kind: 'bool' }, [
    { slot: first.step },
    { slot: second.step },
  ]);
};

/** The argument as codes, if that is what it is. */
function codesOf(b: Builder, arg: Arg): SlotRef | null {
  if (arg.kind === 'constant') return null;
  const { slot } = lowerArg(b, arg);
  return slot.kind === 'code' ? slot : null;
}

/** One answer a code. */
function againstText(b: Builder, { holds }: Comparison, codes: SlotRef, text: string, side: 1 | -1): SlotRef {
  const dictionary = codes.dictionary ?? [];
  const table = Uint8Array.from(dictionary, (entry) => (holds(side * compareText(entry, text)) ? 1 : 0));
  return b.kernel('lookup_bool', { kind: 'bool' }, [
    { slot: codes.step },
    b.blob(table),
    { i32: dictionary.length },
  ]);
}

const booleans: Compare = (b, { kernel }, x, y) =>
  pair(b, `${kernel}_bool`, false, lowerArg(b, x).slot, lowerArg(b, y).slot);

/** uuids; references to rows of one table; rows of one data table. */
const identities: Compare = (b, { kernel }, x, y) => {
  const [left, right] = [lowerArg(b, x).slot, lowerArg(b, y).slot];
  return pair(b, `${kernel}_${left.kind}`, false, left, right);
};

function sameKind(args: readonly ArgFacts[]): Type | string {
  const [x, y] = args.map(({ type }) => type);
  if (x?.kind === 'null' || y?.kind === 'null') return 'a comparison with null is always null: say `is null`';
  if (x?.kind === 'uuid' && y?.kind === 'uuid') return BOOL;
  if (x?.kind === 'ref' && y?.kind === 'ref')
    return x.table === y.table ? BOOL : 'the references lead to different tables';
  if (x?.kind === 'row' && y?.kind === 'row')
    return x.data === y.data ? BOOL : 'the rows are of different data';
  return 'the two sides are of kinds that do not compare';
}

function domain({ holds }: Comparison, args: readonly ArgFacts[]): Domain {
  const nullable = nullableOf(args);
  const signs = possible(args);
  const values = [false, true].filter((value) => signs.some((sign) => holds(sign) === value));
  return { kind: 'set', values, nullable };
}

const ANY_SIGN: readonly number[] = [-1, 0, 1];

/** The signs that left − right may have. */
function possible([x, y]: readonly ArgFacts[]): readonly number[] {
  if (!x || !y) return ANY_SIGN;
  const [texts, others] = [textsOf(x), textsOf(y)];
  if (texts && others) {
    if (texts.length * others.length > 65_536) return ANY_SIGN;
    const found = new Set(texts.flatMap((text) => others.map((other) => Math.sign(order(text, other)))));
    return [...found];
  }
  if (!isNumber(x.type) || !isNumber(y.type) || !isKnown(x) || !isKnown(y)) return ANY_SIGN;
  const [a, b] = [numeric(x), numeric(y)];
  return [...(a.lo < b.hi ? [-1] : []), ...(meet(a, b) ? [0] : []), ...(a.hi > b.lo ? [1] : [])];
}

const order = (a: string | boolean, b: string | boolean): number =>
  typeof a === 'string' && typeof b === 'string' ? compareText(a, b) : Number(a) - Number(b);

function textsOf({ domain }: ArgFacts): readonly (string | boolean)[] | null {
  if (domain.kind !== 'set') return null;
  const values = domain.values.filter((value) => typeof value !== 'number');
  return values.length === domain.values.length ? values : null;
}

const isNumber = ({ kind }: Type): boolean =>
  kind === 'int' ||
  kind === 'float' ||
  kind === 'decimal' ||
  kind === 'date' ||
  kind === 'timestamp' ||
  kind === 'duration';

/** Whether a value may be in both. */
function meet(a: Interval, b: Interval): boolean {
  const lo = Math.max(a.lo, b.lo);
  const hi = Math.min(a.hi, b.hi);
  if (lo > hi) return false;
  return lo < hi || (contains(a, lo) && contains(b, lo));
}

function overloads(comparison: Comparison): readonly Overload[] {
  const by =
    (compare: Compare) =>
    (b: Builder, [x, y]: readonly Arg[]): Lowered =>
      truth(compare(b, comparison, x!, y!));
  const ordered = [
    infix('int', 'int', BOOL, by(integers)),
    infix('real', 'real', BOOL, by(reals)),
    infix('text', 'text', BOOL, by(texts)),
    infix('date', 'date', BOOL, by(integers)),
    infix('timestamp', 'timestamp', BOOL, by(integers)),
    infix('duration', 'duration', BOOL, by(integers)),
  ];
  if (comparison.kernel !== 'eq' && comparison.kernel !== 'ne') return ordered;
  return [
    ...ordered,
    infix('bool', 'bool', BOOL, by(booleans)),
    infix('any', 'any', sameKind, by(identities)),
  ];
}

const EXAMPLES: Readonly<Record<Comparison['name'], FunctionDefinition['examples']>> = {
  eq: [
    { expr: "'a' == 'a'", gives: 'true' },
    { expr: '1 == 1.5', gives: 'false' },
    { expr: '9_007_199_254_740_993 == 9_007_199_254_740_992', gives: 'false' },
  ],
  ne: [
    { expr: '1 != 2', gives: 'true' },
    { expr: 'true != true', gives: 'false' },
  ],
  lt: [
    { expr: '2024-01-31 < 2024-02-01', gives: 'true' },
    { expr: "'Z' < 'a'", gives: 'true' },
  ],
  le: [{ expr: '2 <= 2', gives: 'true' }],
  gt: [
    { expr: '2 > 1.5', gives: 'true' },
    { expr: "'é' > 'z'", gives: 'true' },
  ],
  ge: [{ expr: '90min >= 2h', gives: 'false' }],
};

/** `==`, `!=`, `<`, `<=`, `>`, `>=`. */
export const comparisons: readonly FunctionDefinition[] = COMPARISONS.map((comparison) =>
  defineFunction({
    name: comparison.name,
    operator: comparison.operator,
    summary: comparison.summary,
    doc: 'Numbers by size, texts and enums by code points, dates and timestamps by time. A date and a timestamp do not compare: say `date(t)`.',
    overloads: overloads(comparison),
    nulls: 'strict',
    domain: (args) => domain(comparison, args),
    examples: EXAMPLES[comparison.name],
  }),
);

/** `a <op> b` for the functions that are comparisons in disguise. */
export function lowerComparison(b: Builder, name: Comparison['name'], x: Arg, y: Arg): SlotRef {
  const comparison = COMPARISONS.find((each) => each.name === name)!;
  const real = [x, y].some(
    (arg) => 'type' in arg && (arg.type.kind === 'float' || arg.type.kind === 'decimal'),
  );
  return (real ? reals : integers)(b, comparison, x, y);
}
