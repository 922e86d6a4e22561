import type { PhysicalTable } from '../../../compiler/5-lower/physical-plan.ts';
import type { Arrow } from '../arrow/library.ts';
import { arrowSchema } from '../arrow/schema.ts';
import type { LogicalType } from './footer/mend.ts';
import type { Leaf } from './leaves.ts';

/**
 * What readers of Arrow shall make of the file, under `ARROW:schema`: an encapsulated schema message in base64. PyArrow
 * cannot read dictionaries inside structs and lists ("Nested data conversions not implemented"): there, enums are text.
 */
export function storedSchema(arrow: Arrow, table: PhysicalTable): string {
  const stream = arrow.tableToIPC(new arrow.Table(arrowSchema(arrow, table, 'top', 'plain')), 'stream');
  const length = new DataView(stream.buffer, stream.byteOffset).getInt32(4, true);
  return Buffer.from(stream.subarray(0, 8 + length)).toString('base64');
}

/** Columns whose logical type parquet-wasm 0.8 does not write. */
export const logicalTypes = (leaves: readonly Leaf[]): Map<string, LogicalType> =>
  new Map(
    leaves.flatMap(({ name, type }) =>
      type.kind === 'uuid' || type.kind === 'json' ? [[name, type.kind] as const] : [],
    ),
  );
