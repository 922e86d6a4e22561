import { showType, type Type } from '../../../stdlib/types.ts';
import type { OutputColumn, Step } from '../physical-plan.ts';
import type { Costs, StoredLayout, Written } from './costs.ts';
import { costOf, variableBytes } from './step-cost.ts';

/** Nanoseconds a row from a batch to bytes of a file, compressed. */
export function columnCost(
  { body, type, nullable }: OutputColumn,
  steps: readonly Step[],
  written: Written,
  costs: Costs,
): number {
  if (body.kind === 'struct')
    return body.fields.reduce((sum, field) => sum + columnCost(field, steps, written, costs), 0);
  const of = costs.columns[written];
  const bytes = storedBytes(type, variableBytes(steps[body.step]!.slot));
  return costOf(of[storedLayout(type)], bytes) + (nullable ? costOf(of.nulls) : 0);
}

export function storedLayout(type: Type): StoredLayout {
  switch (type.kind) {
    case 'bool':
    case 'decimal':
    case 'uuid':
    case 'enum':
    case 'list':
    case 'vector':
      return type.kind;
    case 'text':
    case 'json':
      return 'text';
    case 'date':
      return 'narrow';
    case 'int':
    case 'float':
      return type.bits === 64 ? 'wide' : 'narrow';
    case 'timestamp':
    case 'duration':
    case 'ref':
      return 'wide';
    default:
      throw new Error(`${showType(type)} is not stored`);
  }
}

/** Of what has no fixed size: a vector's components are stored as 32 bits. */
const storedBytes = (type: Type, bytes: number): number => (type.kind === 'vector' ? bytes / 2 : bytes);
