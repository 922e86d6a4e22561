import type { Slot } from '../../compiler/5-lower/physical-plan.ts';
import type { Frame, Machine } from './frame.ts';
import { type Cell, itemBytes, poisonPattern, takeSlot, valueBytes } from './slots.ts';

/** The values of `of`, null where `when` is true. Where `when` is poison the value is. */
export function mask(machine: Machine, { n }: Frame, slot: Slot, of: Cell, when: Cell): Cell {
  const { arena, kernels } = machine;
  const valid = arena.take(n);
  const faulty = Number(kernels.validMask(n, of.valid, when.data, when.valid, valid));
  return { ...(faulty < 0 ? of : poisoned(machine, n, slot, of, when)), valid };
}

function poisoned({ arena, kernels }: Machine, n: number, slot: Slot, of: Cell, when: Cell): Cell {
  const { data, items } = takeSlot(arena, slot, n);
  const pattern = poisonPattern(slot.kind);
  const bytes = valueBytes(slot.kind, slot.width);
  if (bytes === null) {
    const size = itemBytes(slot.kind);
    kernels.poisonItems(n, when.data, when.valid, of.data, of.items, size, pattern, data, items);
  } else {
    const size = Math.min(bytes, 8);
    kernels.poisonValues(n, when.data, when.valid, of.data, bytes / size, size, pattern, data);
  }
  return { data, items, valid: of.valid };
}
