import type { Type } from '../../stdlib/types.ts';
import { formatDate } from '../../stdlib/zones/civil.ts';
import type { ColumnView } from '../engine/column-view.ts';

/** What readers of Hive's layout take for null. */
const NULL = '__HIVE_DEFAULT_PARTITION__';

/** `genre=Drama%20%3E%20Noir`: a folder by a column's value. What a path or a shell may not hold is escaped. */
export const component = (name: string, value: string | null): string =>
  `${escaped(name)}=${value === null ? NULL : escaped(value)}`;

const escaped = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** The value of row i of a column, as it stands in a path; null where there is none. */
export function textReader(type: Type): (view: ColumnView, i: number) => string | null {
  const decoder = new TextDecoder();
  return (view, i) => {
    if (view.valid?.[i] === 0) return null;
    const { values, offsets } = view;
    if (values instanceof Uint8Array && offsets)
      return decoder.decode(values.subarray(offsets[i], offsets[i + 1]));
    const value = values[i];
    if (value === undefined) throw new Error(`a batch has no row ${i}`);
    if (type.kind === 'enum') return type.values[Number(value)] ?? null;
    if (type.kind === 'bool') return value === 1 ? 'true' : 'false';
    return type.kind === 'date' ? formatDate(BigInt(value)) : String(value);
  };
}
