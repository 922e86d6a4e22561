import type { Data, DataType, Vector } from 'apache-arrow';
import type { Arrow } from '../library.ts';
import type { Nulls } from './column.ts';
import type { Memory } from './items.ts';

export type Parts = {
  readonly values?: Memory;
  readonly offsets?: Int32Array;
  readonly children?: Data[];
  readonly dictionary?: Vector | undefined;
};

/** Arrow's `makeData` for a type that is known at run time only. */
export function arrayData(arrow: Arrow, type: DataType, length: number, nulls: Nulls, parts: Parts): Data {
  const buffers = {
    ...(parts.offsets === undefined ? {} : { [arrow.BufferType.OFFSET]: parts.offsets }),
    ...(parts.values === undefined ? {} : { [arrow.BufferType.DATA]: parts.values }),
    ...(nulls.bitmap === null ? {} : { [arrow.BufferType.VALIDITY]: nulls.bitmap }),
  };
  return new arrow.Data(type, 0, length, nulls.count, buffers, parts.children, parts.dictionary);
}
