import type { OutputFormat } from '../../compiler/5-lower/physical-plan.ts';
import type { Sink } from './sink.ts';

/** A sink is loaded when a worker needs it. */
const sinks: Readonly<Record<OutputFormat, () => Promise<Sink>>> = {
  parquet: async () => {
    const [{ createEncoder }, { loadLibrary }] = await Promise.all([
      import('./parquet/encode.ts'),
      import('./parquet/library.ts'),
    ]);
    const library = await loadLibrary();
    return (plan, table) => createEncoder(library, plan, table);
  },
  csv: async () => (await import('./csv/encode.ts')).encodeCsv,
  jsonl: async () => (await import('./jsonl/encode.ts')).encodeJsonl,
  arrow: async () => {
    const [{ createEncoder }, { loadArrow }] = await Promise.all([
      import('./arrow/encode.ts'),
      import('./arrow/library.ts'),
    ]);
    const arrow = await loadArrow();
    return (plan, table) => createEncoder(arrow, plan, table);
  },
};

export const isFormat = (name: unknown): name is OutputFormat =>
  typeof name === 'string' && Object.hasOwn(sinks, name);

export const loadSink = (format: OutputFormat): Promise<Sink> => sinks[format]();
