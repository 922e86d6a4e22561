/** What `output:` asks for. */
export type OutputOptions = { readonly path: string; readonly compression: 'snappy' | 'none' | 'zstd' | 'lz4' };
