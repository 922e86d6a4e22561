import type { Arrow } from '../arrow/library.ts';
import { loadArrow } from '../arrow/library.ts';

export type ParquetWasm = typeof import('parquet-wasm');

/** Apache Arrow and parquet-wasm, loaded when the first file is written: together they cost 100 ms of start-up. */
export type Library = { readonly arrow: Arrow; readonly parquet: ParquetWasm };

export async function loadLibrary(): Promise<Library> {
  const [arrow, parquet] = await Promise.all([loadArrow(), import('parquet-wasm')]);
  return { arrow, parquet };
}
