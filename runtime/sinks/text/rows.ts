import type { OutputColumn } from '../../../compiler/5-lower/physical-plan.ts';
import type { Type } from '../../../stdlib/types.ts';
import type { Batch } from '../../engine/column-view.ts';
import type { TableEncoder } from '../sink.ts';
import { cellWriter } from './cells.ts';
import type { Notation } from './notation.ts';
import type { Out } from './out.ts';
import { createOut, utf8, writeBytes } from './out.ts';

/** A table as text: what comes before the rows, and each row as cells with the same text between them. */
export type TextTable = { readonly head: string; readonly row: RowText };
export type RowText = {
  readonly notation: Notation;
  readonly cells: readonly { readonly before: string; readonly type: Type; readonly step: number }[];
  readonly after: string;
};

/** A stored column without fields of its own, by its path. */
export type Leaf = {
  readonly path: readonly string[];
  readonly column: OutputColumn;
  readonly step: number;
};

export const leavesOf = (columns: readonly OutputColumn[], path: readonly string[] = []): readonly Leaf[] =>
  columns.flatMap((column): readonly Leaf[] => {
    const here = [...path, column.name];
    return column.body.kind === 'leaf'
      ? [{ path: here, column, step: column.body.step }]
      : leavesOf(column.body.fields, here);
  });

/** Writes the rows of one batch after another, cells read where they lie. */
export function rowWriter({ after, cells, notation }: RowText): (out: Out, batch: Batch) => void {
  const writers = cells.map(({ step, type }) => cellWriter(type, step, notation));
  const befores = cells.map(({ before }) => utf8(before));
  const end = utf8(after);
  return (out, batch) => {
    for (const writer of writers) writer.begin(batch);
    for (let row = 0; row < batch.rows; row++) {
      for (let i = 0; i < writers.length; i++) {
        writeBytes(out, befores[i]!);
        writers[i]!.write(out, row);
      }
      writeBytes(out, end);
    }
  };
}

/** Bytes a piece, about: what is written at once. */
const PIECE = 1 << 18;

/** Files of text: head and rows. */
export function textEncoder({ head, row }: TextTable): TableEncoder {
  const write = rowWriter(row);
  const out = createOut(2 * PIECE);
  return {
    async *encode(rows, source) {
      out.at = 0;
      writeBytes(out, utf8(head));
      for (let next = rows.start; next < rows.end; ) {
        const batch = source(next, rows.end - next);
        write(out, batch);
        next += batch.rows;
        if (out.at < PIECE && next < rows.end) continue;
        yield out.bytes.subarray(0, out.at);
        out.at = 0;
      }
    },
  };
}
