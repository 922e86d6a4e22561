import type { Slot } from '../../compiler/5-lower/physical-plan.ts';
import type { Machine } from './frame.ts';
import type { Cell } from './slots.ts';

/** The first of `n` rows whose value is poison and not null, or −1. */
export function firstPoison({ kernels }: Machine, slot: Slot, cell: Cell, n: number): number {
  const { data, items, valid } = cell;
  switch (slot.kind) {
    case 'f64':
      return Number(kernels.poisonF64(n, data, 1, valid));
    case 'vec':
      return Number(kernels.poisonF64(n, data, slot.width, valid));
    case 'i64':
      return Number(kernels.poisonI64(n, data, valid));
    case 'bool':
      return Number(kernels.poisonBool(n, data, valid));
    case 'code':
      return Number(kernels.poisonCode(n, data, valid));
    case 'uuid':
      return Number(kernels.poisonUuid(n, data, valid));
    case 'str':
      return Number(kernels.poisonStr(n, data, items, valid));
    case 'f64s':
      return Number(kernels.poisonF64s(n, data, items, valid));
    case 'i64s':
      return Number(kernels.poisonI64s(n, data, items, valid));
    case 'codes':
      return Number(kernels.poisonCodes(n, data, items, valid));
  }
}
