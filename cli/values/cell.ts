import type {
  OutputColumn,
  PhysicalPlan,
  PhysicalTable,
  Slot,
} from '../../compiler/5-lower/physical-plan.ts';
import type { Batch, ColumnView } from '../../runtime/engine/column-view.ts';
import type { Type } from '../../stdlib/types.ts';

/** A stored value out of a batch. Integers, decimals (scaled), dates and instants are bigint, reals are number. */
export type Cell =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Cell[]
  | { readonly fields: readonly Cell[] };

/** Reads one stored column of a row of the batch. */
export type CellReader = (batch: Batch, row: number) => Cell;

export function cellReader(
  plan: PhysicalPlan,
  blobs: Uint8Array,
  table: PhysicalTable,
  column: OutputColumn,
): CellReader {
  if (column.body.kind === 'struct') {
    const fields = column.body.fields.map((field) => cellReader(plan, blobs, table, field));
    return (batch, row) => ({ fields: fields.map((read) => read(batch, row)) });
  }
  const number = column.body.step;
  const step = table.steps[number];
  if (!step) throw new Error(`table ${table.name} has no step ${number}`);
  const values = dictionaryOf(plan, blobs, step.slot, column.type);
  return (batch, row) => readCell(batch.column(number), row, step.slot, column.type, values);
}

/** The steps that hold what the columns store. */
export function storedSteps(columns: readonly OutputColumn[]): readonly number[] {
  return columns.flatMap((column) =>
    column.body.kind === 'leaf' ? [column.body.step] : storedSteps(column.body.fields),
  );
}

function readCell(
  view: ColumnView,
  row: number,
  slot: Slot,
  type: Type,
  dictionary: readonly string[],
): Cell {
  if (view.valid && view.valid[row] === 0) return null;
  const { values } = view;
  const item = (i: number): Cell => {
    const value = values[i];
    if (value === undefined) throw new Error(`no value ${i} in a slot of ${values.length}`);
    if (slot.kind === 'code' || slot.kind === 'codes') return dictionary[Number(value)] ?? null;
    return type.kind === 'float' && type.bits === 32 ? Math.fround(Number(value)) : value;
  };
  const span = (): readonly [number, number] => [view.offsets?.[row] ?? 0, view.offsets?.[row + 1] ?? 0];
  switch (slot.kind) {
    case 'f64':
    case 'i64':
    case 'code':
      return item(row);
    case 'bool':
      return values[row] === 1;
    case 'str': {
      const [start, end] = span();
      return utf8.decode(bytes(view).subarray(start, end));
    }
    case 'uuid':
      return uuid(bytes(view).subarray(row * 16, row * 16 + 16));
    case 'vec':
      return Array.from({ length: slot.width }, (_, i) => Math.fround(Number(item(row * slot.width + i))));
    case 'codes':
    case 'i64s':
    case 'f64s': {
      const [start, end] = span();
      return Array.from({ length: end - start }, (_, i) => item(start + i));
    }
  }
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function bytes(view: ColumnView): Uint8Array {
  if (view.values instanceof Uint8Array) return view.values;
  throw new Error(`a ${view.kind} slot without bytes`);
}

function uuid(of: Uint8Array): string {
  const hex = [...of].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Texts by code: u32 count, u32 offsets[count + 1], UTF-8 bytes. */
function dictionaryOf(plan: PhysicalPlan, blobs: Uint8Array, slot: Slot, type: Type): readonly string[] {
  if (slot.dictionary === null) return type.kind === 'enum' ? type.values : [];
  const blob = plan.blobs[slot.dictionary];
  if (!blob) throw new Error(`no dictionary ${slot.dictionary}`);
  const view = new DataView(blobs.buffer, blobs.byteOffset + blob.offset, blob.bytes);
  const count = view.getUint32(0, true);
  const start = 4 + 4 * (count + 1);
  const offset = (i: number): number => start + view.getUint32(4 + 4 * i, true);
  return Array.from({ length: count }, (_, i) =>
    utf8.decode(new Uint8Array(view.buffer, view.byteOffset + offset(i), offset(i + 1) - offset(i))),
  );
}
