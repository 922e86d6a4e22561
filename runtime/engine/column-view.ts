import type { Slot } from '../../compiler/5-lower/physical-plan.ts';
import type { SlotKind } from '../../stdlib/types.ts';
import type { Cell } from './slots.ts';

/** A column of a batch, as views of the kernels' memory: good until the next call of the engine. */
export type ColumnView = {
  readonly kind: SlotKind;
  /** Components of a `vec`; the most bytes or items a row of the others. */
  readonly width: number;
  /** Values; bytes of `uuid`s and texts; items of lists. */
  readonly values: Float64Array | BigInt64Array | Int32Array | Uint8Array;
  /** n + 1 ends into `values`, for slots of two arrays. */
  readonly offsets: Uint32Array | null;
  /** A byte a row, 1 where there is a value; null where nothing is null. */
  readonly valid: Uint8Array | null;
};

export type Batch = { readonly rows: number; column(step: number): ColumnView };

export function columnView(memory: WebAssembly.Memory, slot: Slot, cell: Cell, n: number): ColumnView {
  const { buffer } = memory;
  const { kind, width } = slot;
  const valid = cell.valid === 0 ? null : new Uint8Array(buffer, cell.valid, n);
  const single = (values: ColumnView['values']): ColumnView => ({
    kind,
    width,
    values,
    offsets: null,
    valid,
  });
  const offsets = (): Uint32Array => new Uint32Array(buffer, cell.data, n + 1);
  switch (kind) {
    case 'f64':
      return single(new Float64Array(buffer, cell.data, n));
    case 'vec':
      return single(new Float64Array(buffer, cell.data, n * width));
    case 'i64':
      return single(new BigInt64Array(buffer, cell.data, n));
    case 'bool':
      return single(new Uint8Array(buffer, cell.data, n));
    case 'code':
      return single(new Int32Array(buffer, cell.data, n));
    case 'uuid':
      return single(new Uint8Array(buffer, cell.data, n * 16));
    case 'str': {
      const ends = offsets();
      return { kind, width, values: new Uint8Array(buffer, cell.items, ends[n] ?? 0), offsets: ends, valid };
    }
    case 'codes': {
      const ends = offsets();
      return { kind, width, values: new Int32Array(buffer, cell.items, ends[n] ?? 0), offsets: ends, valid };
    }
    case 'i64s': {
      const ends = offsets();
      return {
        kind,
        width,
        values: new BigInt64Array(buffer, cell.items, ends[n] ?? 0),
        offsets: ends,
        valid,
      };
    }
    case 'f64s': {
      const ends = offsets();
      return {
        kind,
        width,
        values: new Float64Array(buffer, cell.items, ends[n] ?? 0),
        offsets: ends,
        valid,
      };
    }
  }
}
