import type { OutputFormat, PhysicalPlan } from './5-lower/physical-plan.ts';

/** What a run can write, by the key under `output:`; each is also the extension of its files. */
export const FORMATS = ['parquet', 'csv', 'jsonl', 'arrow'] as const satisfies readonly OutputFormat[];

/**
 * Of Parquet's pages; the other formats are written as they are, since what a compressor makes differs between versions
 * of Node and the bytes of a file may not.
 */
export const CODECS: readonly PhysicalPlan['output']['compression'][] = ['snappy', 'none', 'zstd', 'lz4'];
