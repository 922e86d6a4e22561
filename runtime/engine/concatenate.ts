import type { Step, TextPiece } from '../../compiler/5-lower/physical-plan.ts';
import type { Frame, Machine } from './frame.ts';
import { type Cell, checkRoom, takeSlot } from './slots.ts';

/** Kinds of pieces as stdlib/kernels/assembly/text.ts has them. A piece is five u32: kind, a, b, and two unused. */
const LITERAL = 0;
const STR = 1;
const CODE = 2;
const I64 = 3;
const PIECE = 5;

/** A template: its pieces' texts one after another. */
export function concatenate(
  machine: Machine,
  frame: Frame,
  step: Step,
  pieces: readonly TextPiece[],
  valid: number,
): Cell {
  const { arena, kernels } = machine;
  const { data, items } = takeSlot(arena, step.slot, frame.n);
  const mark = arena.mark();
  const pointer = arena.take(pieces.length * PIECE * 4);
  const records = new Uint32Array(arena.memory.buffer, pointer, pieces.length * PIECE).fill(0);
  for (const [i, piece] of pieces.entries()) records.set(describe(machine, frame, piece), i * PIECE);
  kernels.concat(frame.n, pieces.length, pointer, data, items);
  arena.release(mark);
  return checkRoom(arena, step.slot, { data, items, valid }, frame.n);
}

function describe(machine: Machine, frame: Frame, piece: TextPiece): readonly [number, number, number] {
  if ('literal' in piece) {
    const literal = machine.literals.get(piece.literal);
    if (literal === undefined) throw new Error('a literal was not stored');
    return [LITERAL, literal.pointer, literal.bytes];
  }
  const cell = frame.cells[piece.slot];
  const slot = frame.table.steps[piece.slot]?.slot;
  if (cell === undefined || slot === undefined) throw new Error(`plan: there is no piece ${piece.slot}`);
  switch (slot.kind) {
    case 'str':
      return [STR, cell.data, cell.items];
    case 'i64':
      return [I64, cell.data, 0];
    case 'code': {
      const dictionary = slot.dictionary === null ? undefined : machine.blobs[slot.dictionary];
      if (dictionary === undefined) throw new Error(`plan: step ${piece.slot} has no dictionary`);
      return [CODE, cell.data, dictionary];
    }
    default:
      throw new Error(`plan: a piece of text of kind ${slot.kind}`);
  }
}
