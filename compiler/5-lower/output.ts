import type { PlainAst } from '../1-parse/ast.ts';

/** What `output:` asks for. */
export type OutputOptions = {
  readonly path: string;
  readonly compression: 'snappy' | 'none' | 'zstd' | 'lz4';
};

const DEFAULTS: OutputOptions = { path: './out', compression: 'snappy' };
const CODECS: readonly OutputOptions['compression'][] = ['snappy', 'none', 'zstd', 'lz4'];

/** `output: { parquet: { path, compression } }`, checked before. */
export function outputOptions(output: PlainAst | null): OutputOptions {
  const parquet = output?.kind === 'plain-map' ? entry(output, 'parquet') : null;
  if (parquet?.kind !== 'plain-map') return DEFAULTS;
  const text = (key: string): string | null => {
    const value = entry(parquet, key);
    return value?.kind === 'plain-scalar' && typeof value.value === 'string' ? value.value : null;
  };
  const compression = text('compression');
  return {
    path: text('path') ?? DEFAULTS.path,
    compression: CODECS.find((codec) => codec === compression) ?? DEFAULTS.compression,
  };
}

const entry = (map: Extract<PlainAst, { kind: 'plain-map' }>, key: string): PlainAst | null =>
  map.entries.find((candidate) => candidate.key.text === key)?.value ?? null;
