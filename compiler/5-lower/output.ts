import type { PlainAst } from '../1-parse/ast.ts';
import { CODECS, FORMATS } from '../output-formats.ts';
import type { OutputFormat, PhysicalPlan } from './physical-plan.ts';

/** What `output:` asks for, checked before; `format` overrides it, in the same folder. */
export function outputOptions(
  output: PlainAst | null,
  override: OutputFormat | undefined,
): PhysicalPlan['output'] {
  const named = FORMATS.find((one) => entry(output, one) !== null);
  const options = named === undefined ? null : entry(output, named);
  const written = named ?? FORMATS.find((one) => one === text(output, 'format')) ?? 'parquet';
  const format = override ?? written;
  const codec = CODECS.find((one) => one === text(options, 'compression')) ?? 'snappy';
  return {
    path: text(options, 'path') ?? './out',
    format,
    compression: format === 'parquet' ? codec : 'none',
  };
}

const entry = (map: PlainAst | null, key: string): PlainAst | null =>
  map?.kind === 'plain-map'
    ? (map.entries.find((candidate) => candidate.key.text === key)?.value ?? null)
    : null;

function text(map: PlainAst | null, key: string): string | null {
  const value = entry(map, key);
  return value?.kind === 'plain-scalar' && typeof value.value === 'string' ? value.value : null;
}
