import type { Slot } from '../../compiler/5-lower/physical-plan.ts';
import type { SlotKind } from '../../stdlib/types.ts';
import { type Arena, SLACK } from './memory.ts';

/**
 * Where a step's values lie: pointers into the kernels' memory. `items` is 0 for slots of one array, else the second
 * array (`data` being the offsets); `valid` is 0 where nothing is null.
 */
export type Cell = { readonly data: number; readonly items: number; readonly valid: number };

/** Bytes of one value; null for slots of two arrays. `width` counts the components of a `vec`. */
export function valueBytes(kind: SlotKind, width: number): number | null {
  switch (kind) {
    case 'f64':
    case 'i64':
      return 8;
    case 'bool':
      return 1;
    case 'code':
      return 4;
    case 'uuid':
      return 16;
    case 'vec':
      return 8 * width;
    case 'str':
    case 'codes':
    case 'i64s':
    case 'f64s':
      return null;
  }
}

/** Bytes of one item of a slot of two arrays. */
export function itemBytes(kind: SlotKind): number {
  switch (kind) {
    case 'codes':
      return 4;
    case 'i64s':
    case 'f64s':
      return 8;
    default:
      return 1;
  }
}

/** Room for `n` values. A list or text gets `width` items a row, and one at least: poison takes an item. */
export function takeSlot(
  arena: Arena,
  slot: Slot,
  n: number,
): { readonly data: number; readonly items: number } {
  const bytes = valueBytes(slot.kind, slot.width);
  if (bytes !== null) return { data: arena.take(n * bytes), items: 0 };
  const data = arena.take((n + 1) * 4);
  return { data, items: arena.take(room(slot, n) * itemBytes(slot.kind) + SLACK) };
}

const room = (slot: Slot, n: number): number => n * Math.max(slot.width, 1);

/** A kernel that writes more items than its slot's width allows has been given a wrong width: a fault of the plan. */
export function checkRoom({ memory }: Arena, slot: Slot, cell: Cell, n: number): Cell {
  const items = cell.items === 0 ? 0 : (new Uint32Array(memory.buffer, cell.data, n + 1)[n] ?? 0);
  if (items > room(slot, n)) {
    throw new Error(`plan: ${items} items of ${slot.kind} in ${n} rows, of ${slot.width} at most`);
  }
  return cell;
}

/** Poison as a 64-bit pattern, to be cut to the size of a value or item. */
export function poisonPattern(kind: SlotKind): bigint {
  switch (kind) {
    case 'f64':
    case 'vec':
    case 'f64s':
      return 0x7ff8n << 48n;
    case 'i64':
    case 'i64s':
      return -(2n ** 63n);
    default:
      return -1n;
  }
}
