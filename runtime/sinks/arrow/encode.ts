import type { Schema } from 'apache-arrow';
import type { PhysicalPlan, PhysicalTable } from '../../../compiler/5-lower/physical-plan.ts';
import { fileMetadata } from '../metadata.ts';
import type { TableEncoder } from '../sink.ts';
import type { Arrow } from './library.ts';
import { arrowSchema } from './schema.ts';
import { createUnit } from './unit.ts';

/** Files of Arrow's IPC format, uncompressed: a record batch an encode unit. */
export function createEncoder(arrow: Arrow, plan: PhysicalPlan, table: PhysicalTable): TableEncoder {
  const { fields } = arrowSchema(arrow, table, 'everywhere', 'extended');
  const schema = new arrow.Schema(fields, new Map(fileMetadata(plan, table)));
  const unit = createUnit(arrow, table, schema);
  return {
    async *encode(rows, source) {
      unit.clear();
      const { take, writer } = fileWriter(arrow, schema);
      for (let next = rows.start; next < rows.end; ) {
        const end = Math.min(next + table.unitRows, rows.end);
        while (next < end) {
          const batch = source(next, end - next);
          unit.append(batch);
          next += batch.rows;
        }
        writer.write(unit.take());
        yield take();
      }
      writer.finish();
      yield take();
    },
  };
}

/** Arrow's writer, whose bytes are taken when they are there: its own queue is read asynchronously, one buffer a turn. */
function fileWriter(arrow: Arrow, schema: Schema) {
  const pieces: Uint8Array[] = [];
  const queue = new arrow.AsyncByteQueue();
  queue.write = (piece) => {
    if (piece instanceof Uint8Array) pieces.push(piece);
    else throw new Error('Arrow wrote something else than bytes');
  };
  const writer = new arrow.RecordBatchFileWriter();
  writer.reset(queue, schema);
  return { writer, take: (): Uint8Array => Buffer.concat(pieces.splice(0)) };
}
