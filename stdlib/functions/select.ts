import type { Builder, Operand, SlotRef } from '../define.ts';
import { type SlotKind, slotOf, type Type } from '../types.ts';
import { convertSlot } from './convert.ts';
import { remapCodes, unionOf } from './dictionaries.ts';

/**
 * `if condition then a else b`, row by row: a null condition counts as false, and the branch not taken is not looked at.
 * Both branches are of `type` already (decimals scaled alike); their slots are brought to its kind.
 */
export function lowerSelect(
  b: Builder,
  condition: SlotRef,
  then: SlotRef,
  otherwise: SlotRef,
  type: Type,
): SlotRef {
  const kind = slotOf(type) ?? then.kind;
  const [x, y] = alike(b, convertSlot(b, then, kind), convertSlot(b, otherwise, kind), type);
  return choose(b, condition, x, y, x.nullable || y.nullable);
}

/** The value of `a` where it has one, else that of `b`. */
export function lowerCoalesce(b: Builder, a: SlotRef, other: SlotRef, type: Type): SlotRef {
  if (!a.nullable) return a;
  const kind = slotOf(type) ?? a.kind;
  const [x, y] = alike(b, convertSlot(b, a, kind), convertSlot(b, other, kind), type);
  // Where x is null, y is taken: null only where y is.
  return choose(b, negate(b, isNull(b, x)), x, y, y.nullable);
}

export function isNull(b: Builder, slot: SlotRef): SlotRef {
  if (!slot.nullable) return b.constant(false, { kind: 'bool' });
  return b.kernel('is_null', { kind: 'bool' }, [{ valid: slot.step }], 'never');
}

export const negate = (b: Builder, slot: SlotRef): SlotRef =>
  b.kernel('not_bool', { kind: 'bool' }, [{ slot: slot.step }]);

function choose(b: Builder, condition: SlotRef, x: SlotRef, y: SlotRef, nullable: boolean): SlotRef {
  const out = { kind: x.kind, ...shape(x, y) };
  const [family, shift] = FAMILIES[x.kind];
  const tail: readonly Operand[] =
    x.kind === 'vec' ? [{ i32: x.width ?? 1 }] : shift === null ? [] : [{ i32: shift }];
  const chosen: readonly Operand[] = [{ slot: condition.step }, { valid: condition.step }];
  if (!nullable) {
    return b.kernel(
      `select_${family}`,
      out,
      [...chosen, { slot: x.step }, { slot: y.step }, ...tail],
      'never',
    );
  }
  const branches = [{ slot: x.step }, { valid: x.step }, { slot: y.step }, { valid: y.step }];
  return b.kernel(`select_null_${family}`, out, [...chosen, ...branches, ...tail], 'kernel');
}

/** The kernel's ending, and log2 of an item's bytes where the slot is two arrays. */
const FAMILIES: Readonly<Record<SlotKind, readonly [string, number | null]>> = {
  f64: ['f64', null],
  i64: ['i64', null],
  bool: ['bool', null],
  code: ['code', null],
  uuid: ['uuid', null],
  vec: ['vec', null],
  str: ['list', 0],
  codes: ['list', 2],
  i64s: ['list', 3],
  f64s: ['list', 3],
};

function alike(b: Builder, x: SlotRef, y: SlotRef, type: Type): readonly [SlotRef, SlotRef] {
  if (x.kind !== 'code') return [x, y];
  const texts =
    type.kind === 'enum' ? type.values : x.dictionary && y.dictionary && unionOf(x.dictionary, y.dictionary);
  return texts ? [remapCodes(b, x, texts), remapCodes(b, y, texts)] : [x, y];
}

function shape(x: SlotRef, y: SlotRef): { readonly width?: number; readonly dictionary?: readonly string[] } {
  const width =
    x.width === undefined && y.width === undefined ? {} : { width: Math.max(x.width ?? 1, y.width ?? 1, 1) };
  const dictionary = x.dictionary ?? y.dictionary;
  return dictionary === undefined ? width : { ...width, dictionary };
}
