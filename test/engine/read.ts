import type { ColumnView } from '../../runtime/engine/engine.ts';

/** Row `i` of a column as the bytes of its value (of all its items), null where it is null. */
export function readBytes(column: ColumnView, i: number): Uint8Array | null {
  if (column.valid?.[i] === 0) return null;
  const { values, offsets, kind, width } = column;
  const items = kind === 'uuid' ? 16 : kind === 'vec' ? width : 1;
  const from = offsets === null ? i * items : (offsets[i] ?? 0);
  const to = offsets === null ? from + items : (offsets[i + 1] ?? 0);
  const { BYTES_PER_ELEMENT: size } = values;
  return new Uint8Array(values.buffer, values.byteOffset + from * size, (to - from) * size).slice();
}

export const readText = (column: ColumnView, i: number): string | null => {
  const bytes = readBytes(column, i);
  return bytes === null ? null : new TextDecoder().decode(bytes);
};
