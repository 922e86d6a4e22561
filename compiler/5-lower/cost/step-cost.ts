import type { Slot, Step } from '../physical-plan.ts';
import { COSTS, type Cost, type Costs } from './costs.ts';
import { hasItems } from './table-facts.ts';

/** A kernel that nobody has measured is taken for one that costs as much as most do. */
const UNKNOWN: Cost = { ns: 4 };

export const kernelCost = (costs: Costs, kernel: string): Cost => costs.kernels[kernel] ?? UNKNOWN;

export const costOf = ({ ns, nsPerByte = 0 }: Cost, bytes = 0): number => ns + nsPerByte * bytes;

/**
 * Nanoseconds that a step takes for one row that it is evaluated for, its inputs being there. `steps` are its table's. Of a
 * parent's column: finding and copying the values; what the parent's own steps cost is not in it.
 */
export function stepCost({ body, slot }: Step, steps: readonly Step[], costs: Costs = COSTS): number {
  const kernel = (name: string, bytes = 0): number => costOf(kernelCost(costs, name), bytes);
  switch (body.op) {
    case 'row-id':
    case 'constant':
      return 0;
    case 'kernel': {
      const read = body.operands.flatMap((operand) => ('slot' in operand ? [operand.slot] : []));
      const slots = [slot, ...[...new Set(read)].map((step) => steps[step]!.slot)];
      return kernel(
        body.kernel,
        slots.reduce((sum, each) => sum + variableBytes(each), 0),
      );
    }
    case 'parent':
      return hasItems(slot)
        ? kernel('engine_gather_items', variableBytes(slot))
        : kernel('engine_gather', fixedBytes(slot));
    case 'masked':
      return kernel('engine_valid_mask');
    case 'text': {
      const { ns, nsPerByte = 0 } = kernelCost(costs, 'concat');
      return ns * body.pieces.length + nsPerByte * variableBytes(slot);
    }
  }
}

/** What a row takes of the longest that it may take: texts are templated from shorter and longer words. */
const TYPICAL = 0.6;

/** Bytes a row of what has no fixed size, typically; of vectors. 0 of all others: their kernels' figures include them. */
export function variableBytes({ kind, width }: Slot): number {
  switch (kind) {
    case 'str':
      return TYPICAL * width;
    case 'codes':
      return TYPICAL * width * 4;
    case 'i64s':
    case 'f64s':
      return TYPICAL * width * 8;
    case 'vec':
      return width * 8;
    case 'f64':
    case 'i64':
    case 'bool':
    case 'code':
    case 'uuid':
      return 0;
  }
}

/** Bytes a row of a slot of one array. */
export function fixedBytes({ kind, width }: Slot): number {
  switch (kind) {
    case 'bool':
      return 1;
    case 'code':
      return 4;
    case 'uuid':
      return 16;
    case 'vec':
      return 8 * width;
    default:
      return 8;
  }
}
