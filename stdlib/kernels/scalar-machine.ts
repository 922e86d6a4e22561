import type { Arg, Builder, Operand, Overload, SlotRef } from '../define.ts';
import { type SlotKind, slotOf, type Type } from '../types.ts';
import type { Value } from '../value.ts';
import { type Kernels, scalarMath } from './load.ts';

/**
 * Carries out steps at once, for one row, on numbers and booleans: constant folding with the kernels that the engine runs.
 * Steps of other kinds throw {@link NotScalar}: such expressions are left as they are.
 */
export type ScalarMachine = {
  readonly builder: Builder;
  readonly read: (slot: SlotRef, type: Type) => Value | typeof POISON;
};

export const POISON: unique symbol = Symbol('poison');
export class NotScalar extends Error {}

const CELL = 16;
const MAX_STEPS = 256;

export function createScalarMachine(kernels: Kernels): ScalarMachine {
  const { memory } = kernels;
  const base = Math.ceil(kernels.heapBase / CELL) * CELL;
  const missing = base + MAX_STEPS * CELL - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
  const view = new DataView(memory.buffer);
  const slots: { readonly kind: SlotKind; readonly isNull: boolean }[] = [];
  const addressOf = (step: number): number => base + step * CELL;
  const add = (kind: SlotKind, isNull: boolean): SlotRef => {
    if (slots.length >= MAX_STEPS) throw new NotScalar('too many steps');
    slots.push({ kind, isNull });
    return { step: slots.length - 1, kind, nullable: isNull };
  };
  const operand = (operand: Operand): number | bigint => {
    if ('slot' in operand) return addressOf(operand.slot);
    if ('i32' in operand) return operand.i32;
    if ('f64' in operand) return operand.f64;
    if ('i64' in operand) return BigInt(operand.i64);
    throw new NotScalar('no scalar operand');
  };
  const unsupported = (): never => {
    throw new NotScalar('no scalar step');
  };
  const builder: Builder = {
    kernel: (name, out, operands, nulls = 'strict') => {
      if (nulls === 'kernel' || !isScalar(out.kind)) return unsupported();
      const isNull = nulls === 'strict' && operands.some((o) => 'slot' in o && slots[o.slot]!.isNull);
      const inputs = operands.map(operand);
      const slot = add(out.kind, isNull);
      const kernel = kernels.exports[name];
      if (!kernel) throw new Error(`kernels.wasm has no ${name}`);
      kernel(1, ...inputs, addressOf(slot.step));
      return slot;
    },
    constant: (value, type) => {
      const kind = slotOf(type);
      if (kind === null || !isScalar(kind)) return unsupported();
      const slot = add(kind, value === null);
      write(view, kind, addressOf(slot.step), value);
      return slot;
    },
    convert: (slot, to) => {
      if (slot.kind === to) return slot;
      if (slot.kind !== 'i64' || to !== 'f64') return unsupported();
      const out = add('f64', slots[slot.step]!.isNull);
      view.setFloat64(addressOf(out.step), Number(view.getBigInt64(addressOf(slot.step), true)), true);
      return out;
    },
    rowId: unsupported,
    blob: unsupported,
    dictionary: unsupported,
    stream: unsupported,
    math: scalarMath(kernels),
  };
  return {
    builder,
    read: (slot, type) => {
      if (slots[slot.step]!.isNull) return null;
      const at = addressOf(slot.step);
      if (slot.kind === 'f64') {
        const value = view.getFloat64(at, true);
        return Number.isNaN(value) ? POISON : value;
      }
      if (slot.kind === 'i64') {
        const value = view.getBigInt64(at, true);
        if (value === -(2n ** 63n)) return POISON;
        return slotOf(type) === 'f64' ? Number(value) : value;
      }
      const value = view.getUint8(at);
      return value === 255 ? POISON : value === 1;
    },
  };
}

/** A function's overload on constants. */
export function runOverload(b: Builder, overload: Overload, args: readonly Constant[], type: Type): SlotRef {
  const { lower } = overload;
  if (typeof lower === 'function')
    return lower(
      b,
      args.map(({ value, type }): Arg => ({ kind: 'constant', value, type })),
      type,
    ).slot;
  const slots = args.map((arg, i) =>
    b.convert(b.constant(arg.value, arg.type), lower.slots[Math.min(i, lower.slots.length - 1)]!),
  );
  return b.kernel(
    lower.kernel,
    { kind: lower.out },
    slots.map(({ step }) => ({ slot: step })),
  );
}

type Constant = { readonly value: Value; readonly type: Type };

const isScalar = (kind: SlotKind): boolean => kind === 'f64' || kind === 'i64' || kind === 'bool';

function write(view: DataView, kind: SlotKind, at: number, value: Value): void {
  if (kind === 'f64') view.setFloat64(at, Number(value ?? 0), true);
  else if (kind === 'i64')
    view.setBigInt64(at, typeof value === 'bigint' ? value : BigInt(Number(value ?? 0)), true);
  else view.setUint8(at, value === true ? 1 : 0);
}
