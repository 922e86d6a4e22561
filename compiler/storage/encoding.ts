import type { Type } from '../../stdlib/types.ts';

/** How a stored column lies in a Parquet file (https://parquet.apache.org/docs/file-format/data-pages/encodings/). */
export type Encoding = {
  /** `delta`: DELTA_BINARY_PACKED, of integers; `delta-length`: DELTA_LENGTH_BYTE_ARRAY, of texts. */
  readonly values: 'plain' | 'dictionary' | 'delta' | 'delta-length';
  /** Least and greatest of each page and row group, by which readers skip. */
  readonly statistics: boolean;
};

/** What the type alone says. */
export const plainEncoding = (type: Type): Encoding => ({
  values: (type.kind === 'list' ? type.of : type).kind === 'enum' ? 'dictionary' : 'plain',
  statistics: true,
});

export const sameEncoding = (a: Encoding, b: Encoding): boolean =>
  a.values === b.values && a.statistics === b.statistics;
