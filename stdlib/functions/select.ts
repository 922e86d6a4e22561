import type { Builder, Operand, SlotRef } from '../define.ts';
import { slotOf, type Type } from '../types.ts';
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

/** Looks at the value too, where it cannot be null as well: of a fault nobody knows whether it is one. */
export function isNull(b: Builder, slot: SlotRef): SlotRef {
  const operands = [{ slot: slot.step }, { valid: slot.step }, ...widthOf(slot)];
  return b.kernel(`is_null_${slot.kind}`, { kind: 'bool' }, operands, 'never');
}

export const negate = (b: Builder, slot: SlotRef): SlotRef =>
  b.kernel('not_bool', { kind: 'bool' }, [{ slot: slot.step }]);

function choose(b: Builder, condition: SlotRef, x: SlotRef, y: SlotRef, nullable: boolean): SlotRef {
  const out = { kind: x.kind, ...shape(x, y) };
  const chosen: readonly Operand[] = [{ slot: condition.step }, { valid: condition.step }];
  if (!nullable) {
    return b.kernel(
      `select_${x.kind}`,
      out,
      [...chosen, { slot: x.step }, { slot: y.step }, ...widthOf(x)],
      'never',
    );
  }
  const branches = [{ slot: x.step }, { valid: x.step }, { slot: y.step }, { valid: y.step }];
  return b.kernel(`select_null_${x.kind}`, out, [...chosen, ...branches, ...widthOf(x)], 'kernel');
}

/** Kernels on vectors take their width. */
const widthOf = ({ kind, width }: SlotRef): readonly Operand[] =>
  kind === 'vec' ? [{ i32: width ?? 1 }] : [];

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
