import {
  type Arg,
  type ArgFacts,
  type Builder,
  defineFunction,
  type FunctionDefinition,
  type Lowered,
  type Overload,
  type Param,
  type SlotRef,
  type TypePattern,
} from '../define.ts';
import { type Domain, MAX_SET } from '../domain.ts';
import { BOOL, type Type } from '../types.ts';
import { Unsupported } from '../unsupported.ts';
import { isList, isMap, type Value } from '../value.ts';
import { constantOf, integerOf, lowerArg, rangeOf, realOf, truth } from './args.ts';
import { lowerComparison } from './compare.ts';
import { sameTexts, unionOf } from './dictionaries.ts';
import { contains, isKnown, nullableOf, numeric } from './intervals.ts';
import { negate } from './select.ts';

const value = (type: TypePattern): Param => ({ name: 'x', type, doc: 'A value.' });
const set = (type: TypePattern): Param => ({
  name: 'set',
  type,
  doc: 'A list, the keys of a map, or a range `a..b`.',
});

/** Reals, or integers in the wide sense: dates and times are integers. */
const isReal = (type: Type): boolean => type.kind === 'float' || type.kind === 'decimal';

/** lo <= x and x <= hi (or < hi); an end left open is not asked. */
function between(b: Builder, x: Arg, within: Arg): SlotRef {
  const range = rangeOf(within);
  if (range === null) throw new Error('no range');
  const above = lowerComparison(b, 'ge', x, range.lo);
  const below = lowerComparison(b, range.halfOpen ? 'lt' : 'le', x, range.hi);
  if (!above.nullable && !below.nullable) {
    return b.kernel('and_bool', { kind: 'bool' }, [{ slot: above.step }, { slot: below.step }]);
  }
  const operands = [{ slot: above.step }, { valid: above.step }, { slot: below.step }, { valid: below.step }];
  return b.kernel('and_null', { kind: 'bool' }, operands, 'kernel');
}

/** The values of a constant list, or the keys of a constant map. */
function members(of: Value | undefined): readonly Value[] | null {
  if (of === undefined || of === null) return null;
  if (isMap(of)) return [...of.map.keys()];
  return isList(of) ? of : null;
}

function among(b: Builder, x: Arg, all: readonly Value[]): SlotRef {
  const { slot, type } = lowerArg(b, x);
  if (slot.kind === 'code' || slot.kind === 'str') {
    const texts = new Set(all.filter((each) => typeof each === 'string'));
    if (slot.kind === 'str') return amongTexts(b, slot, [...texts]);
    const dictionary = slot.dictionary ?? [];
    const table = Uint8Array.from(dictionary, (text) => (texts.has(text) ? 1 : 0));
    return b.kernel('lookup_bool', { kind: 'bool' }, [
      { slot: slot.step },
      b.blob(table),
      { i32: dictionary.length },
    ]);
  }
  if (slot.kind === 'bool') {
    const codes = b.kernel('bool_to_code', { kind: 'code' }, [{ slot: slot.step }]);
    const table = Uint8Array.from([false, true], (each) => (all.includes(each) ? 1 : 0));
    return b.kernel('lookup_bool', { kind: 'bool' }, [{ slot: codes.step }, b.blob(table), { i32: 2 }]);
  }
  const numbers = all.filter((each) => typeof each === 'number' || typeof each === 'bigint');
  if (isReal(type) || numbers.some((each) => typeof each === 'number' && !Number.isInteger(each))) {
    const sorted = Float64Array.from(numbers, Number).sort();
    return b.kernel('in_f64', { kind: 'bool' }, [
      { slot: realOf(b, x).step },
      b.blob(sorted),
      { i32: sorted.length },
    ]);
  }
  const sorted = BigInt64Array.from(numbers, BigInt).sort();
  return b.kernel('in_i64', { kind: 'bool' }, [{ slot: slot.step }, b.blob(sorted), { i32: sorted.length }]);
}

const amongTexts = (b: Builder, slot: SlotRef, texts: readonly string[]): SlotRef =>
  b.kernel('in_str', { kind: 'bool' }, [{ slot: slot.step }, b.dictionary(texts)]);

/** x in a list that varies by row. */
function inList(b: Builder, x: Arg, list: SlotRef): SlotRef {
  const operands = (item: SlotRef) => [{ slot: item.step }, { slot: list.step }];
  switch (list.kind) {
    case 'f64s':
      return b.kernel('list_has_f64', { kind: 'bool' }, operands(realOf(b, x)));
    case 'i64s':
      return b.kernel('list_has_i64', { kind: 'bool' }, operands(integerOf(b, x)));
    case 'codes':
      return b.kernel('list_has_code', { kind: 'bool' }, operands(itemCode(b, x, list.dictionary ?? [])));
    default:
      throw new Error(`${list.kind} is no list`);
  }
}

/** The code in the list's dictionary, one beyond it for what it lacks. */
function itemCode(b: Builder, x: Arg, dictionary: readonly string[]): SlotRef {
  const constant = constantOf(x);
  if (typeof constant === 'string')
    return b.constant(constant, { kind: 'enum', values: unionOf(dictionary, [constant]) });
  const { slot } = lowerArg(b, x);
  if (slot.kind === 'code' && sameTexts(slot.dictionary ?? [], dictionary)) return slot;
  const own = slot.kind === 'code' ? (slot.dictionary ?? []) : [];
  const codes = new Map(dictionary.map((text, code) => [text, code]));
  if (slot.kind !== 'code')
    throw new Unsupported('a text that varies is sought in a list: give it a finite set of values');
  return b.kernel('lookup_code', { kind: 'code' }, [
    { slot: slot.step },
    b.blob(Int32Array.from(own, (text) => codes.get(text) ?? dictionary.length)),
    { i32: own.length },
  ]);
}

function isIn(b: Builder, [x, within]: readonly Arg[]): SlotRef {
  if (x === undefined || within === undefined) throw new Error('in takes two operands');
  const all = within.kind === 'constant' && within.type.kind !== 'range' ? members(within.value) : null;
  if (all) return among(b, x, all);
  if (rangeOf(within)) return between(b, x, within);
  return inList(b, x, lowerArg(b, within).slot);
}

const asTruth =
  (lower: (b: Builder, args: readonly Arg[]) => SlotRef) =>
  (b: Builder, args: readonly Arg[]): Lowered =>
    truth(lower(b, args));

function domain(args: readonly ArgFacts[]): Domain {
  const [x, within] = args;
  const nullable = nullableOf(args);
  const both: Domain = { kind: 'set', values: [false, true], nullable };
  if (!x || within?.value === undefined) return both;
  const only = (answer: boolean): Domain => ({ kind: 'set', values: [answer], nullable });
  if (within.type.kind === 'range' && isList(within.value)) {
    if (!isKnown(x)) return both;
    const [lo, hi] = [Number(within.value[0]), Number(within.value[1])];
    const halfOpen = within.value[2] === true;
    const a = numeric(x);
    const inside = a.lo >= lo && (halfOpen ? a.hi < hi || (a.hi === hi && a.hiOpen) : a.hi <= hi);
    const outside =
      a.hi < lo || a.lo > hi || (a.hi === lo && a.hiOpen) || (a.lo === hi && (halfOpen || a.loOpen));
    return inside ? only(true) : outside ? only(false) : both;
  }
  const all = members(within.value);
  if (!all) return both;
  if (x.domain.kind === 'set') {
    const answers = new Set(
      x.domain.values.map((each) =>
        all.some((other) => (typeof other === 'bigint' ? Number(other) : other) === each),
      ),
    );
    return { kind: 'set', values: [false, true].filter((answer) => answers.has(answer)), nullable };
  }
  if (x.domain.kind !== 'interval') return both;
  const range = x.domain;
  const reached = all.filter(
    (each) => (typeof each === 'bigint' || typeof each === 'number') && contains(range, Number(each)),
  );
  if (reached.length === 0) return only(false);
  const size = range.integer ? range.hi - range.lo + 1 : range.lo === range.hi ? 1 : Infinity;
  return size <= MAX_SET && new Set(reached.map(Number)).size === size ? only(true) : both;
}

const PATTERNS: readonly (readonly [TypePattern, TypePattern])[] = [
  ['real', 'range'],
  ['date', 'range'],
  ['timestamp', 'range'],
  ['duration', 'range'],
  ['text', 'list'],
  ['real', 'list'],
  ['date', 'list'],
  ['timestamp', 'list'],
  ['duration', 'list'],
  ['bool', 'list'],
  ['text', 'map'],
];

const overloads = (lower: (b: Builder, args: readonly Arg[]) => SlotRef): readonly Overload[] =>
  PATTERNS.map(([x, within]) => ({ params: [value(x), set(within)], result: BOOL, lower: asTruth(lower) }));

export const isMember: FunctionDefinition = defineFunction({
  name: 'in',
  operator: 'in',
  summary: 'Whether a value is in a range, a list, or among the keys of a map.',
  doc: 'The range `a..b` holds both ends, `a..<b` the first. Null where x is.',
  overloads: overloads(isIn),
  nulls: 'strict',
  domain,
  examples: [
    { expr: '3 in 1..3', gives: 'true' },
    { expr: '3 in 1..<3', gives: 'false' },
    { expr: "'b' in ['a', 'b']", gives: 'true' },
    { expr: '2.5 in [1, 2, 2.5]', gives: 'true' },
    { expr: '2024-02-29 in 2024-01-01..2024-12-31', gives: 'true' },
  ],
});

export const isNoMember: FunctionDefinition = defineFunction({
  name: 'not_in',
  operator: 'not in',
  summary: 'Whether a value is outside a range, a list, or the keys of a map.',
  doc: 'Null where x is.',
  overloads: overloads((b, args) => negate(b, isIn(b, args))),
  nulls: 'strict',
  domain: (args) => {
    const inside = domain(args);
    if (inside.kind !== 'set') return inside;
    return { ...inside, values: [false, true].filter((answer) => inside.values.includes(!answer)) };
  },
  examples: [{ expr: "'c' not in ['a', 'b']", gives: 'true' }],
});

export const isBetween: FunctionDefinition = defineFunction({
  name: 'between',
  summary: 'Whether a value is in a range.',
  doc: 'What `x in a..b` means.',
  overloads: overloads(isIn).filter(({ params }) => params[1]?.type === 'range'),
  nulls: 'strict',
  domain,
  examples: [{ expr: 'between(2, 1..3)', gives: 'true' }],
});
