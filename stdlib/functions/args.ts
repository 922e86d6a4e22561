import type { Arg, Builder, Lowered, SlotRef } from '../define.ts';
import { BOOL, FLOAT64, INT64, TEXT, type Type } from '../types.ts';
import { Unsupported } from '../unsupported.ts';
import { isList, type Value } from '../value.ts';
import { asReal } from './cast.ts';
import { convertSlot } from './convert.ts';
import { lookupCases } from './lookup.ts';

const WITHOUT_VALUE = {
  data: 'a data table',
  table: 'a table',
  range: 'a range',
  piece: 'a part of a law',
} as const;

/** What an argument holds as a slot of its own kind, with its type. A bare null takes the type `as`. */
export function lowerArg(b: Builder, arg: Arg | undefined, as: Type = INT64): Lowered {
  if (arg === undefined) throw new Error('no argument where a value belongs');
  switch (arg.kind) {
    case 'constant': {
      const type = arg.type.kind === 'null' ? as : arg.type;
      return { slot: b.constant(arg.value, type), type };
    }
    case 'slot':
      return { slot: arg.slot, type: arg.type };
    case 'choice':
      return lookupCases(b, arg.by, arg.cases, arg.type);
    default:
      throw new Unsupported(`${WITHOUT_VALUE[arg.kind]} is no value of a row`);
  }
}

export function realOf(b: Builder, arg: Arg | undefined): SlotRef {
  if (arg?.kind === 'constant' && (typeof arg.value === 'number' || typeof arg.value === 'bigint')) {
    if (arg.type.kind !== 'decimal') return b.constant(Number(arg.value), FLOAT64);
  }
  const { slot, type } = lowerArg(b, arg, FLOAT64);
  return asReal(b, slot, type);
}

/** Integers, dates, timestamps, durations. */
export const integerOf = (b: Builder, arg: Arg | undefined): SlotRef => lowerArg(b, arg).slot;

/** Texts and enums as text. */
export const textOf = (b: Builder, arg: Arg | undefined): SlotRef =>
  convertSlot(b, lowerArg(b, arg, TEXT).slot, 'str');

/** A constant argument's value; undefined where it varies or is left out. */
export const constantOf = (arg: Arg | undefined): Value | undefined =>
  arg?.kind === 'constant' ? arg.value : undefined;

export const numberOf = (arg: Arg | undefined): number | undefined => {
  const value = constantOf(arg);
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
};

/** `a..b`, constant or not. */
export function rangeOf(
  arg: Arg | undefined,
): { readonly lo: Arg; readonly hi: Arg; readonly halfOpen: boolean } | null {
  if (arg?.kind === 'range') return arg;
  if (arg?.kind !== 'constant' || arg.type.kind !== 'range' || !isList(arg.value)) return null;
  const [lo, hi, halfOpen] = arg.value;
  const end = (value: Value | undefined): Arg => ({
    kind: 'constant',
    value: value ?? null,
    type: endType(arg.type, value),
  });
  return { lo: end(lo), hi: end(hi), halfOpen: halfOpen === true };
}

const endType = (range: Type, end: Value | undefined): Type => {
  if (typeof end === 'number') return FLOAT64;
  return range.kind === 'range' && range.of.kind !== 'float' ? range.of : INT64;
};

/** A kernel on whole slots that are not null-aware. */
export const kernelOn = (b: Builder, kernel: string, type: Type, ...slots: readonly SlotRef[]): Lowered => ({
  slot: b.kernel(
    kernel,
    { kind: type.kind === 'bool' ? 'bool' : type.kind === 'float' ? 'f64' : 'i64' },
    slots.map((slot) => ({ slot: slot.step })),
  ),
  type,
});

export const truth = (slot: SlotRef): Lowered => ({ slot, type: BOOL });
