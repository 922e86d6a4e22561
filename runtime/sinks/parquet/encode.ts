import type { RecordBatch } from 'parquet-wasm';
import type { PhysicalPlan, PhysicalTable } from '../../../compiler/5-lower/physical-plan.ts';
import { arrowSchema } from '../arrow/schema.ts';
import { createUnit } from '../arrow/unit.ts';
import { fileMetadata } from '../metadata.ts';
import type { TableEncoder } from '../sink.ts';
import { type FileOrder, mendFooter } from './footer/mend.ts';
import { type Leaf, leavesOf } from './leaves.ts';
import type { Library } from './library.ts';
import { writerProperties } from './properties.ts';
import { logicalTypes, storedSchema } from './schema.ts';

/** The encoder's memory (an encode unit, some copies of it) serves one shard after another. */
export function createEncoder(library: Library, plan: PhysicalPlan, table: PhysicalTable): TableEncoder {
  const { arrow, parquet } = library;
  const leaves = leavesOf(table.columns);
  const flat = { ...table, columns: leaves };
  const unit = createUnit(arrow, flat, arrowSchema(arrow, flat, 'everywhere', 'plain'));
  const mending = {
    logical: logicalTypes(leaves),
    order: fileOrder(leaves),
    metadata: [['ARROW:schema', storedSchema(arrow, table)] as const, ...fileMetadata(plan, table)],
  };
  return {
    async *encode(rows, source) {
      unit.clear();
      let next = rows.start;
      let cause: unknown = null;
      const fill = (): RecordBatch | undefined => {
        const end = Math.min(next + table.unitRows, rows.end);
        while (next < end) {
          const batch = source(next, end - next);
          unit.append(batch);
          next += batch.rows;
        }
        const ipc = arrow.RecordBatchStreamWriter.writeAll([unit.take()]).toUint8Array(true);
        const stream = parquet.Table.fromIPCStream(ipc);
        const batch = stream.recordBatch(0);
        stream.free();
        return batch;
      };
      const units = new ReadableStream(
        {
          pull(controller) {
            try {
              controller.enqueue(fill());
              if (next === rows.end) controller.close();
            } catch (error) {
              // On its way through parquet-wasm an error loses what it carries.
              cause = error;
              controller.error(error);
            }
          },
        },
        { highWaterMark: 0 },
      );
      // The footer is all in the last piece, which is therefore held back.
      let held: Uint8Array | null = null;
      try {
        for await (const piece of await parquet.transformParquetStream(
          units,
          writerProperties(parquet, plan, table, leaves),
        )) {
          if (held !== null) yield held;
          held = piece;
        }
      } catch (error) {
        throw cause ?? error;
      }
      if (cause !== null) throw cause;
      yield mendFooter(held ?? new Uint8Array(), mending);
    },
  };
}

/** The first column that runs one way; equal values leave open how the others lie. */
function fileOrder(leaves: readonly Leaf[]): FileOrder | null {
  const column = leaves.findIndex(({ body }) => body.order !== null);
  return column < 0 ? null : { column, descending: leaves[column]!.body.order?.direction === 'descending' };
}
