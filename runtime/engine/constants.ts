import type { PhysicalPlan, Slot } from '../../compiler/5-lower/physical-plan.ts';
import type { Literal, Machine } from './frame.ts';
import type { Arena } from './memory.ts';
import { type Cell, takeSlot } from './slots.ts';

type Constant = string | number | boolean | null;

/** The same constant of the same kind is one array, in whatever table. */
export const constantKey = (slot: Slot, value: Constant): string =>
  `${slot.kind} ${slot.width} ${typeof value} ${value}`;

/** Every constant of the plan as a slot of `n` rows. */
export function fillConstants(plan: PhysicalPlan, arena: Arena, n: number): Machine['constants'] {
  const cells = new Map<string, Cell>();
  for (const { steps } of plan.tables) {
    for (const { body, slot } of steps) {
      if (body.op !== 'constant') continue;
      const key = constantKey(slot, body.value);
      if (!cells.has(key)) cells.set(key, fill(arena, slot, body.value, n));
    }
  }
  return cells;
}

function fill(arena: Arena, slot: Slot, value: Constant, n: number): Cell {
  const text = new TextEncoder().encode(slot.kind === 'str' && value !== null ? String(value) : '');
  const room = { ...slot, width: slot.kind === 'str' ? text.length : slot.width };
  const { data, items } = takeSlot(arena, room, n);
  const valid = value === null ? arena.take(n) : 0;
  const { buffer } = arena.memory;
  if (value === null) {
    new Uint8Array(buffer, data, valid - data).fill(0);
    new Uint8Array(buffer, valid, n).fill(0);
    return { data, items, valid };
  }
  switch (slot.kind) {
    case 'f64':
      new Float64Array(buffer, data, n).fill(Number(value));
      break;
    case 'i64':
      new BigInt64Array(buffer, data, n).fill(BigInt(value));
      break;
    case 'bool':
      new Uint8Array(buffer, data, n).fill(value === true ? 1 : 0);
      break;
    case 'code':
      new Int32Array(buffer, data, n).fill(Number(value));
      break;
    case 'str': {
      const offsets = new Uint32Array(buffer, data, n + 1);
      const bytes = new Uint8Array(buffer, items, n * text.length);
      for (let i = 0; i <= n; i++) offsets[i] = i * text.length;
      for (let i = 0; i < n; i++) bytes.set(text, i * text.length);
      break;
    }
    default:
      throw new Error(`plan: a constant of kind ${slot.kind}`);
  }
  return { data, items, valid };
}

export function storeLiterals(plan: PhysicalPlan, arena: Arena): Machine['literals'] {
  const literals = new Map<string, Literal>();
  for (const { steps } of plan.tables) {
    for (const { body } of steps) {
      if (body.op !== 'text') continue;
      for (const piece of body.pieces) {
        if (!('literal' in piece) || literals.has(piece.literal)) continue;
        const text = new TextEncoder().encode(piece.literal);
        const pointer = arena.take(text.length);
        new Uint8Array(arena.memory.buffer, pointer, text.length).set(text);
        literals.set(piece.literal, { pointer, bytes: text.length });
      }
    }
  }
  return literals;
}
