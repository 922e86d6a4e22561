import type { Type } from '../../../stdlib/types.ts';
import { showType } from '../../../stdlib/types.ts';
import type { Batch, ColumnView } from '../../engine/column-view.ts';
import type { Source } from '../slot-values.ts';
import { bytes as bytesOf, integers, mismatch, reals, wordsOf } from '../slot-values.ts';
import { writeDate, writeInstant } from './instants.ts';
import { writeDecimal, writeInteger } from './integers.ts';
import type { ItemNotation, Notation } from './notation.ts';
import { quoted } from './notation.ts';
import type { Out } from './out.ts';
import { reserve, utf8, writeBytes } from './out.ts';
import { writeFloat32, writeFloat64 } from './reals.ts';
import { textWriter } from './texts.ts';

/** Writes the cells of one stored column. */
export type CellWriter = {
  /** Turns to a batch; its memory is read until the next one. */
  begin(batch: Batch): void;
  write(out: Out, row: number): void;
};

export function cellWriter(type: Type, step: number, notation: Notation): CellWriter {
  const values = valueWriter(type, notation);
  const { nothing } = notation;
  let valid: Uint8Array | null = null;
  return {
    begin(batch) {
      const view = batch.column(step);
      valid = view.valid;
      values.begin(view);
    },
    write(out, row) {
      if (valid !== null && valid[row] === 0) writeBytes(out, nothing);
      else values.write(out, row);
    },
  };
}

type ValueWriter = { begin(view: ColumnView): void; write(out: Out, row: number): void };

function valueWriter(type: Type, notation: Notation): ValueWriter {
  switch (type.kind) {
    case 'bool':
      return bools();
    case 'text':
      return texts(notation.text);
    case 'json':
      return texts(notation.json);
    case 'uuid':
      return uuids(notation.mark);
    case 'list':
      return lists(type.of, notation);
    case 'vector':
      return vectors(type.dims, notation);
    default: {
      const items = itemWriter(type, notation);
      return { begin: ({ values }) => items.begin(values), write: items.write };
    }
  }
}

/** Values of one width, of a column or in lists, by their index. */
type ItemWriter = { begin(values: Source): void; write(out: Out, index: number): void };

function itemWriter(type: Type, notation: ItemNotation): ItemWriter {
  switch (type.kind) {
    case 'int': {
      const { signed } = type;
      return words((out, low, high) => writeInteger(out, low, high, signed));
    }
    case 'ref':
      return words((out, low, high) => writeInteger(out, low, high, true));
    case 'duration':
      return around(
        words((out, low, high) => writeInteger(out, low, high, true)),
        notation.duration,
      );
    case 'decimal': {
      const { scale } = type;
      return words((out, low, high) => writeDecimal(out, low, high, scale));
    }
    case 'date':
      return around(words(writeDate), [notation.mark, notation.mark]);
    case 'timestamp':
      return around(words(writeInstant), [notation.mark, notation.mark]);
    case 'float':
      return floats(type.bits === 32 ? (out, value) => writeFloat32(out, Math.fround(value)) : writeFloat64);
    case 'enum':
      return codes(type.values.map((value) => quoted(value, notation.text)));
    default:
      throw new Error(`a column of type ${showType(type)} cannot be stored`);
  }
}

function words(write: (out: Out, low: number, high: number) => void): ItemWriter {
  let source: Int32Array = new Int32Array();
  return {
    begin(values) {
      source = wordsOf(values);
    },
    write: (out, index) => write(out, source[2 * index]!, source[2 * index + 1]!),
  };
}

function around(
  { begin, write }: ItemWriter,
  [before, after]: readonly [Uint8Array, Uint8Array],
): ItemWriter {
  if (before.length + after.length === 0) return { begin, write };
  return {
    begin,
    write(out, index) {
      writeBytes(out, before);
      write(out, index);
      writeBytes(out, after);
    },
  };
}

function floats(write: (out: Out, value: number) => void): ItemWriter {
  let source: Float64Array = new Float64Array();
  return {
    begin(values) {
      source = reals(values);
    },
    write: (out, index) => write(out, source[index]!),
  };
}

function codes(values: readonly Uint8Array[]): ItemWriter {
  let source: Int32Array = new Int32Array();
  return {
    begin(found) {
      source = integers(found);
    },
    write: (out, index) => writeBytes(out, values[source[index]!]!),
  };
}

function bools(): ValueWriter {
  const [no, yes] = [utf8('false'), utf8('true')];
  let source: Uint8Array = new Uint8Array();
  return {
    begin({ values }) {
      source = bytesOf(values);
    },
    write: (out, row) => writeBytes(out, source[row] === 1 ? yes : no),
  };
}

function texts(notation: Notation['text']): ValueWriter {
  const text = textWriter(notation);
  let offsets: Uint32Array = new Uint32Array();
  return {
    begin(view) {
      offsets = view.offsets ?? mismatch('str');
      text.begin(bytesOf(view.values));
    },
    write: (out, row) => text.write(out, offsets[row]!, offsets[row + 1]!),
  };
}

/** Two digits a byte. */
const HEX = utf8(Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0')).join(''));
const DASH = 0x2d;

function uuids(mark: Uint8Array): ValueWriter {
  let source: Uint8Array = new Uint8Array();
  return {
    begin({ values }) {
      source = bytesOf(values);
    },
    write(out, row) {
      writeBytes(out, mark);
      reserve(out, 36);
      const { bytes } = out;
      let { at } = out;
      for (let i = 0; i < 16; i++) {
        const digits = 2 * source[16 * row + i]!;
        if (i === 4 || i === 6 || i === 8 || i === 10) bytes[at++] = DASH;
        bytes[at++] = HEX[digits]!;
        bytes[at++] = HEX[digits + 1]!;
      }
      out.at = at;
      writeBytes(out, mark);
    },
  };
}

function lists(of: Type, notation: Notation): ValueWriter {
  const write = between(of, notation);
  let offsets: Uint32Array = new Uint32Array();
  return {
    begin(view) {
      offsets = view.offsets ?? mismatch('list');
      write.begin(view.values);
    },
    write: (out, row) => write.write(out, offsets[row]!, offsets[row + 1]!),
  };
}

function vectors(dims: number, notation: Notation): ValueWriter {
  const write = between({ kind: 'float', bits: 32 }, notation);
  return {
    begin({ values, width }) {
      if (width !== dims)
        throw new Error(`the plan's step gives ${width} components, the column has ${dims}`);
      write.begin(values);
    },
    write: (out, row) => write.write(out, row * dims, (row + 1) * dims),
  };
}

const COMMA = utf8(',');

/** Items from one index to another, with what stands around and between them. */
function between(of: Type, { list }: Notation) {
  const items = itemWriter(of, list.items);
  const close = list.close(of);
  return {
    begin: items.begin,
    write(out: Out, from: number, to: number): void {
      writeBytes(out, list.open);
      for (let i = from; i < to; i++) {
        if (i > from) writeBytes(out, COMMA);
        items.write(out, i);
      }
      writeBytes(out, close);
    },
  };
}
