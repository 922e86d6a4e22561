import type { Builder, Operand, SlotRef } from '../define.ts';
import { FLOAT64, INT64, type SlotKind, slotOf, type Type } from '../types.ts';
import { convertSlot } from './convert.ts';
import { remapCodes } from './dictionaries.ts';

type Int = Extract<Type, { kind: 'int' }>;
type Decimal = Extract<Type, { kind: 'decimal' }>;

/** The integers that a type holds in its 64-bit slot: −2^63 is the slot's poison, and uint64 ends at 2^63 − 1. */
export function intRange(type: Int): readonly [bigint, bigint] {
  const bits = BigInt(type.bits);
  const top =
    type.signed || type.bits === 64 ? (1n << (type.bits === 64 ? 63n : bits - 1n)) - 1n : (1n << bits) - 1n;
  return [type.signed ? -top - (type.bits === 64 ? 0n : 1n) : 0n, top];
}

/** Whether `as` leads from one type to the other. A null and a value of the same type always do. */
export function canCast(from: Type, to: Type): boolean {
  if (from.kind === 'error' || to.kind === 'error' || from.kind === 'null') return true;
  switch (to.kind) {
    case 'int':
    case 'float':
    case 'decimal':
      return from.kind === 'int' || from.kind === 'float' || from.kind === 'decimal' || from.kind === 'bool';
    case 'text':
      return (
        TEXT_WIDTHS[from.kind] !== undefined ||
        from.kind === 'enum' ||
        from.kind === 'text' ||
        from.kind === 'json'
      );
    case 'enum':
      return from.kind === 'enum' || from.kind === 'text';
    case 'timestamp':
      return from.kind === 'timestamp' || from.kind === 'date';
    case 'json':
      return from.kind === 'json' || from.kind === 'text';
    case 'list':
      return from.kind === 'list' && canCast(from.of, to.of) && slotOf(from) === slotOf(to);
    case 'vector':
      return from.kind === 'vector' && from.dims === to.dims;
    case 'ref':
      return from.kind === 'int' || (from.kind === 'ref' && from.table === to.table);
    case 'row':
      return from.kind === 'row' && from.data === to.data;
    default:
      return from.kind === to.kind;
  }
}

/**
 * `x as T`. To an integer or decimal: to the nearest, halves to even; out of the type's range is a fault. To float32:
 * rounded. A date becomes its midnight, UTC. Everything that is one value becomes text. An integer that becomes a reference
 * is the parent's row, from 0: whoever knows its table has seen that the row is there.
 */
export function lowerCast(b: Builder, slot: SlotRef, from: Type, to: Type): SlotRef {
  if (from.kind === 'null') return b.constant(null, to);
  switch (to.kind) {
    case 'int':
      return toInt(b, slot, from, to);
    case 'float':
      return toFloat(b, slot, from, to.bits);
    case 'decimal':
      return toDecimal(b, slot, from, to);
    case 'text':
      return toText(b, slot, from);
    case 'enum':
      if (slot.kind === 'code') return remapCodes(b, slot, to.values);
      return b.kernel('str_to_code', { kind: 'code', dictionary: to.values }, [
        { slot: slot.step },
        b.dictionary(to.values),
      ]);
    case 'timestamp':
      if (from.kind !== 'date') return slot;
      return call(b, 'mul_i64', 'i64', slot, { slot: b.constant(86_400_000_000n, INT64).step });
    default:
      if (!canCast(from, to)) throw new Error(`no cast from ${from.kind} to ${to.kind}`);
      return slot;
  }
}

const call = (
  b: Builder,
  kernel: string,
  kind: SlotKind,
  slot: SlotRef,
  ...more: readonly Operand[]
): SlotRef => b.kernel(kernel, { kind }, [{ slot: slot.step }, ...more]);

const unit = (scale: number): bigint => 10n ** BigInt(scale);
const digits = (value: bigint): Operand => ({ i64: value.toString() });

function toInt(b: Builder, slot: SlotRef, from: Type, to: Int): SlotRef {
  const [lo, hi] = intRange(to);
  const range = [digits(lo), digits(hi)];
  switch (from.kind) {
    case 'float':
      return call(b, 'f64_to_i64', 'i64', slot, ...range);
    case 'decimal':
      if (from.scale === 0) return call(b, 'i64_in_range', 'i64', slot, ...range);
      return call(b, 'decimal_down', 'i64', slot, digits(unit(from.scale)), ...range);
    case 'bool':
      return convertSlot(b, slot, 'i64');
    case 'int': {
      const [least, most] = intRange(from);
      return lo <= least && most <= hi ? slot : call(b, 'i64_in_range', 'i64', slot, ...range);
    }
    default:
      throw new Error(`no cast from ${from.kind} to an integer`);
  }
}

function toFloat(b: Builder, slot: SlotRef, from: Type, bits: 32 | 64): SlotRef {
  const real =
    from.kind === 'decimal'
      ? call(b, 'decimal_to_f64', 'f64', slot, { f64: Number(unit(from.scale)) })
      : convertSlot(b, slot, 'f64');
  const narrow = bits === 32 && !(from.kind === 'float' && from.bits === 32) && from.kind !== 'bool';
  return narrow ? call(b, 'f64_to_f32', 'f64', real) : real;
}

function toDecimal(b: Builder, slot: SlotRef, from: Type, to: Decimal): SlotRef {
  const most = unit(to.precision) - 1n;
  const top = most < 2n ** 63n ? most : 2n ** 63n - 1n;
  const range = [digits(-top), digits(top)];
  switch (from.kind) {
    case 'float':
      return call(b, 'f64_to_decimal', 'i64', slot, { f64: Number(unit(to.scale)) }, ...range);
    case 'bool':
    case 'int':
      return call(b, 'decimal_up', 'i64', convertSlot(b, slot, 'i64'), digits(unit(to.scale)), ...range);
    case 'decimal':
      if (from.scale <= to.scale)
        return call(b, 'decimal_up', 'i64', slot, digits(unit(to.scale - from.scale)), ...range);
      return call(b, 'decimal_down', 'i64', slot, digits(unit(from.scale - to.scale)), ...range);
    default:
      throw new Error(`no cast from ${from.kind} to a decimal`);
  }
}

/** The most bytes of a value as text. */
const TEXT_WIDTHS: Partial<Record<Type['kind'], number>> = {
  int: 20,
  decimal: 22,
  float: 28,
  bool: 5,
  date: 17,
  timestamp: 34,
  duration: 24,
  uuid: 36,
};
const TEXT_KERNELS: Partial<Record<Type['kind'], string>> = {
  int: 'i64_to_str',
  decimal: 'i64_to_str',
  float: 'f64_to_str',
  bool: 'bool_to_str',
  date: 'date_to_str',
  timestamp: 'timestamp_to_str',
  duration: 'duration_to_str',
  uuid: 'uuid_to_str',
};

function toText(b: Builder, slot: SlotRef, from: Type): SlotRef {
  if (slot.kind === 'str' || slot.kind === 'code') return convertSlot(b, slot, 'str');
  const kernel = TEXT_KERNELS[from.kind];
  const width = TEXT_WIDTHS[from.kind];
  if (kernel === undefined || width === undefined) throw new Error(`no cast from ${from.kind} to text`);
  const scale: readonly Operand[] =
    from.kind === 'decimal' ? [{ i32: from.scale }] : from.kind === 'int' ? [{ i32: 0 }] : [];
  return b.kernel(kernel, { kind: 'str', width }, [{ slot: slot.step }, ...scale]);
}

/** Any number as a real. */
export const asReal = (b: Builder, slot: SlotRef, from: Type): SlotRef => lowerCast(b, slot, from, FLOAT64);
