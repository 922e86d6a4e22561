import type { ScalarMath } from '../../stdlib/define.ts';
import type { Layout, LogicalPlan, LogicalTable } from '../3-plan/logical-plan.ts';
import { costOf, settingOf } from './costs.ts';
import { plainEncoding } from './encoding.ts';
import { factsOf, storedType } from './facts.ts';

/** Bytes that a row takes in a Parquet file, to be expected of its columns' laws and encodings. */
export function parquetBytes(table: LogicalTable, plan: LogicalPlan, math: ScalarMath): number {
  const setting = settingOf(table, plan, math);
  const columns = new Map(table.columns.map((column) => [column.path, column]));
  const bytesOf = (entry: Layout): number => {
    if (entry.kind === 'struct') return entry.fields.reduce((sum, field) => sum + bytesOf(field), 0);
    const column = columns.get(entry.path)!;
    const { values } = entry.encoding ?? plainEncoding(storedType(column));
    return costOf(values, factsOf(column, table, plan, math), setting)?.bytes ?? 0;
  };
  return table.layout.reduce((sum, entry) => sum + bytesOf(entry), 0);
}
