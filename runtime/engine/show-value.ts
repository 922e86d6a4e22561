import type { Slot } from '../../compiler/5-lower/physical-plan.ts';
import { columnView } from './column-view.ts';
import type { Machine } from './frame.ts';
import { firstPoison } from './poison.ts';
import type { Cell } from './slots.ts';

/** The only value of a slot of one row, for messages. Dates, instants and decimals show as the integers that they are. */
export function showValue(machine: Machine, slot: Slot, cell: Cell): string {
  const { memory } = machine.arena;
  const { values, valid } = columnView(memory, slot, cell, 1);
  if (valid?.[0] === 0) return 'null';
  if (firstPoison(machine, slot, cell, 1) === 0) return 'no result';
  const codes = slot.dictionary === null ? null : dictionaryAt(memory, machine.blobs[slot.dictionary] ?? 0);
  const text = (code: number): string => {
    const found = codes?.(code);
    return found === undefined ? String(code) : quoted(found);
  };
  switch (slot.kind) {
    case 'f64':
    case 'i64':
      return String(values[0]);
    case 'bool':
      return values[0] === 0 ? 'false' : 'true';
    case 'code':
      return text(Number(values[0]));
    case 'str':
      return quoted(new TextDecoder().decode(bytesOf(values)));
    case 'uuid':
      return hyphened(Buffer.from(bytesOf(values)).toString('hex'));
    case 'codes':
      return `[${[...values].map((code) => text(Number(code))).join(', ')}]`;
    case 'vec':
    case 'i64s':
    case 'f64s':
      return `[${[...values].join(', ')}]`;
  }
}

const hyphened = (uuid: string): string => uuid.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const bytesOf = (values: ReturnType<typeof columnView>['values']): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** A dictionary blob: u32 count, u32 offsets[count + 1], UTF-8 bytes. */
function dictionaryAt({ buffer }: WebAssembly.Memory, pointer: number): (code: number) => string | undefined {
  const count = new Uint32Array(buffer, pointer, 1)[0] ?? 0;
  const offsets = new Uint32Array(buffer, pointer + 4, count + 1);
  const bytes = pointer + 8 + count * 4;
  return (code) => {
    const from = offsets[code];
    const to = offsets[code + 1];
    if (from === undefined || to === undefined) return undefined;
    return new TextDecoder().decode(new Uint8Array(buffer, bytes + from, to - from));
  };
}
