import type { Builder, SlotRef } from '../define.ts';
import type { SlotKind } from '../types.ts';

/** The same values in another kind of slot: integers as reals, booleans as integers, codes as their texts. */
export function convertSlot(b: Builder, slot: SlotRef, to: SlotKind): SlotRef {
  if (slot.kind === to) return slot;
  switch (`${slot.kind} → ${to}`) {
    case 'i64 → f64':
      return b.kernel('i64_to_f64', { kind: 'f64' }, [{ slot: slot.step }]);
    case 'bool → i64':
      return b.kernel('bool_to_i64', { kind: 'i64' }, [{ slot: slot.step }]);
    case 'bool → f64':
      return convertSlot(b, convertSlot(b, slot, 'i64'), 'f64');
    case 'code → str': {
      const dictionary = slot.dictionary ?? [];
      return b.kernel('code_to_str', { kind: 'str', width: widest(dictionary) }, [
        { slot: slot.step },
        b.dictionary(dictionary),
      ]);
    }
    default:
      throw new Error(`no conversion from ${slot.kind} to ${to}`);
  }
}

/** The most bytes of the texts; at least 1, which a fault takes. */
const widest = (texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, Buffer.byteLength(text)), 1);
