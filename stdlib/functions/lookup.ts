import type { Arg, Builder, DataTable, Lowered, SlotRef } from '../define.ts';
import { FLOAT64, INT64, slotOf, type Type } from '../types.ts';
import { Unsupported } from '../unsupported.ts';
import { elementAt, isList, isMap, type Value } from '../value.ts';
import { lowerArg } from './args.ts';
import { lowerSelect } from './select.ts';

/** `cases[code]` for scalars (and vectors, as lists of numbers): a table in the plan. Texts come back as an enum. */
export function lookupCases(b: Builder, by: SlotRef, cases: readonly Value[], type: Type): Lowered {
  const found = values(b, by, cases, type);
  if (!cases.includes(null)) return found;
  const present = b.kernel('lookup_bool', { kind: 'bool' }, [
    { slot: by.step },
    b.blob(Uint8Array.from(cases, (value) => (value === null ? 0 : 1))),
    { i32: cases.length },
  ]);
  return { ...found, slot: lowerSelect(b, present, found.slot, b.constant(null, found.type), found.type) };
}

function values(b: Builder, by: SlotRef, cases: readonly Value[], type: Type): Lowered {
  const count = { i32: cases.length };
  const at = { slot: by.step };
  switch (type.kind) {
    case 'text':
    case 'json':
    case 'enum': {
      const texts = cases.filter((value) => typeof value === 'string');
      const dictionary = type.kind === 'enum' ? type.values : [...new Set(texts)];
      const codes = new Map(dictionary.map((text, code) => [text, code]));
      const table = Int32Array.from(cases, (value) =>
        typeof value === 'string' ? (codes.get(value) ?? -1) : value === null ? 0 : -1,
      );
      const slot = b.kernel('lookup_code', { kind: 'code', dictionary }, [at, b.blob(table), count]);
      return { slot, type: { kind: 'enum', values: dictionary } };
    }
    case 'bool': {
      const table = Uint8Array.from(cases, (value) =>
        typeof value === 'number' ? BOOL_POISON : value === true ? 1 : 0,
      );
      return { slot: b.kernel('lookup_bool', { kind: 'bool' }, [at, b.blob(table), count]), type };
    }
    case 'vector': {
      const table = Float64Array.from(cases.flatMap((value) => reals(value, type.dims)));
      const operands = [at, b.blob(table), count, { i32: type.dims }];
      return { slot: b.kernel('lookup_vec', { kind: 'vec', width: type.dims }, operands), type };
    }
    default: {
      if (slotOf(type) === 'f64') {
        const table = Float64Array.from(cases, (value) => Number(value ?? 0));
        return { slot: b.kernel('lookup_f64', { kind: 'f64' }, [at, b.blob(table), count]), type };
      }
      if (slotOf(type) !== 'i64') throw new Unsupported(`a table of values by row holds no ${type.kind}`);
      const table = BigInt64Array.from(cases, whole);
      return { slot: b.kernel('lookup_i64', { kind: 'i64' }, [at, b.blob(table), count]), type };
    }
  }
}

const I64_POISON = -(2n ** 63n);
const BOOL_POISON = 255;

function whole(value: Value): bigint {
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' ? (Number.isNaN(value) ? I64_POISON : BigInt(Math.round(value))) : 0n;
}

const reals = (value: Value, width: number): readonly number[] =>
  Array.from({ length: width }, (_, i) => (isList(value) ? Number(value[i] ?? Number.NaN) : 0));

/** `g.parent` where g is a drawn row of a data table: its code is the row's number. */
export function lowerDataField(b: Builder, row: SlotRef, data: DataTable, column: string): Lowered {
  const found = data.columns.find((candidate) => candidate.name === column);
  if (found === undefined) throw new Error(`${data.name} has no column ${column}`);
  return lookupCases(b, row, found.values, found.type);
}

/**
 * `of[by]`: a map at an enum, a list at an integer (from 0), a vector at an integer, a data table at a row's number (the
 * row, of which columns are read). A constant at something that varies is a choice: of scalars a slot, of maps and lists a choice again, for what stands around it. `type` is the element's.
 */
export function lowerIndex(b: Builder, of: Arg, by: Arg, type: Type): Arg {
  if (of.kind === 'slot') return slotArg(itemOf(b, of, by), type);
  if (of.kind === 'constant' && by.kind === 'constant')
    return { kind: 'constant', value: element(of.value, by.value), type };
  if (of.kind === 'constant') {
    const { code, cases } = casesOf(b, of.value, by);
    return choiceOf(b, code, cases, type);
  }
  if (of.kind === 'data') {
    const rows: Value = positions(0, of.data.rows - 1);
    return slotArg({ slot: codeOf(b, [rows], by).code, type }, type);
  }
  if (of.kind !== 'choice') throw new Error(`no index into ${of.kind}`);
  if (by.kind === 'constant')
    return choiceOf(
      b,
      of.by,
      of.cases.map((each) => element(each, by.value)),
      type,
    );
  // Two codes as one: the cases of every outer case, side by side.
  const { code, keys } = codeOf(b, of.cases, by);
  const pair = b.kernel('pair_code', { kind: 'code' }, [
    { slot: of.by.step },
    { slot: code.step },
    { i32: of.cases.length },
    { i32: keys.length },
  ]);
  return choiceOf(
    b,
    pair,
    of.cases.flatMap((outer) => keys.map((key) => element(outer, key))),
    type,
  );
}

/** The same where only a slot will do. */
export function lowerIndexed(b: Builder, of: Arg, by: Arg, type: Type): Lowered {
  return lowerArg(b, lowerIndex(b, of, by, type));
}

const slotArg = ({ slot, type }: Lowered, as: Type): Arg => ({
  kind: 'slot',
  slot,
  type: slot.kind === 'code' ? type : as,
  domain: { kind: 'any', nullable: slot.nullable },
});

function choiceOf(b: Builder, by: SlotRef, cases: readonly Value[], type: Type): Arg {
  if (cases.some((value) => isMap(value) || isList(value)) && type.kind !== 'vector')
    return { kind: 'choice', by, cases, type };
  return slotArg(lookupCases(b, by, cases, type), type);
}

/** What is not there makes a fault when it is reached. */
const element = (of: Value, by: Value): Value => {
  const found = elementAt(of, by);
  return found === undefined ? FAULT : found;
};
/** What no key leads to: no text of any dictionary, not a number. */
const FAULT: Value = Number.NaN;

function casesOf(
  b: Builder,
  of: Value,
  by: Arg,
): { readonly code: SlotRef; readonly cases: readonly Value[] } {
  const { code, keys } = codeOf(b, [of], by);
  return { code, cases: keys.map((key) => element(of, key)) };
}

/** An index as a code, and the key or position that each code stands for. */
function codeOf(
  b: Builder,
  of: readonly Value[],
  by: Arg,
): { readonly code: SlotRef; readonly keys: readonly Value[] } {
  const { slot, type } = lowerArg(b, by);
  const maps = of.filter(isMap);
  const longest = Math.max(0, ...of.map((each) => (isList(each) ? each.length : 0)));
  if (slot.kind === 'code') return { code: slot, keys: slot.dictionary ?? positions(0, longest - 1) };
  if (slot.kind === 'bool')
    return {
      code: b.kernel('bool_to_code', { kind: 'code' }, [{ slot: slot.step }]),
      keys: [false, true],
    };
  if (slot.kind === 'str') {
    const keys = [...new Set(maps.flatMap(({ map }) => [...map.keys()]))];
    const operands = [{ slot: slot.step }, b.dictionary(keys)];
    return { code: b.kernel('str_to_code', { kind: 'code', dictionary: keys }, operands), keys };
  }
  if (slot.kind !== 'i64' || type.kind !== 'int') throw new Unsupported(`a map at a ${type.kind}`);
  const keys =
    maps.length > 0 ? between(maps.flatMap(({ map }) => [...map.keys()])) : positions(0, longest - 1);
  const operands = [{ slot: slot.step }, { i64: String(keys[0] ?? 0) }, { i32: keys.length }];
  return { code: b.kernel('i64_to_code', { kind: 'code' }, operands), keys };
}

const positions = (from: number, to: number): readonly bigint[] =>
  Array.from({ length: to - from + 1 }, (_, i) => BigInt(from + i));

/** Whole keys of a map and those between them, which lead nowhere. */
function between(keys: readonly string[]): readonly bigint[] {
  const whole = keys.filter((key) => /^(0|-?[1-9]\d{0,14})$/.test(key)).map(Number);
  const least = whole.reduce((a, c) => Math.min(a, c), Infinity);
  const most = whole.reduce((a, c) => Math.max(a, c), -Infinity);
  if (most - least >= MOST_KEYS)
    throw new Unsupported(`a map whose keys are as far apart as ${least} and ${most}`);
  return whole.length === 0 ? [] : positions(least, most);
}

/** Of a table of values by key, for integers that are keys. */
const MOST_KEYS = 65_536;

function itemOf(b: Builder, of: Extract<Arg, { kind: 'slot' }>, by: Arg): Lowered {
  const { slot } = of;
  const index = lowerArg(b, by).slot;
  const operands = [{ slot: slot.step }, { slot: index.step }];
  switch (slot.kind) {
    case 'vec': {
      const width = slot.width ?? 1;
      return {
        slot: b.kernel('vec_item', { kind: 'f64' }, [
          { slot: slot.step },
          { i32: width },
          { slot: index.step },
        ]),
        type: FLOAT64,
      };
    }
    case 'codes': {
      const dictionary = slot.dictionary ?? [];
      return {
        slot: b.kernel('item_code', { kind: 'code', dictionary }, operands),
        type: { kind: 'enum', values: dictionary },
      };
    }
    case 'f64s':
      return { slot: b.kernel('item_f64', { kind: 'f64' }, operands), type: FLOAT64 };
    case 'i64s':
      return {
        slot: b.kernel('item_i64', { kind: 'i64' }, operands),
        type: of.type.kind === 'list' ? of.type.of : INT64,
      };
    default:
      throw new Error(`no index into ${slot.kind}`);
  }
}
