import type { Operand } from '../../../stdlib/define.ts';
import type { Kernels } from '../../../stdlib/kernels/load.ts';
import type { SlotKind } from '../../../stdlib/types.ts';
import type { Value } from '../../../stdlib/value.ts';
import type { Step } from '../../5-lower/physical-plan.ts';
import { NotFinite } from './not-finite.ts';

/** Steps that lead to one value, as phase 5 makes them; kernel `input` stands for codes that are put in. */
export type Program = {
  readonly steps: readonly Step[];
  readonly result: number;
  /** Texts by code, where the result is codes of an enum. */
  readonly dictionary: readonly string[] | null;
  readonly blobs: { readonly bytes: Uint8Array; readonly blobs: readonly { readonly offset: number }[] };
};
export const INPUT = 'input';
export const FAULT: unique symbol = Symbol('fault');
export type Result = Value | typeof FAULT;

const CHUNK = 4096;
/** Of a value; of an offset, for texts. */
const BYTES: Partial<Record<SlotKind, number>> = { f64: 8, i64: 8, bool: 1, code: 4, str: 4 };
/** What text kernels may write beyond a text's end. */
const SLACK = 64;

/** `items` is 0 but for texts, whose offsets `data` holds; `valid` is 0 where nothing is null. */
type Place = { readonly data: number; readonly items: number; readonly valid: number };

/** The result for every cell, by the kernels that would compute it a row. `fill` writes the codes of an input. */
export function runSteps(
  { exports, memory, heapBase }: Kernels,
  program: Program,
  cells: number,
  fill: (input: number, firstCell: number, codes: Int32Array) => void,
): readonly Result[] {
  const { steps, blobs } = program;
  let end = align(heapBase);
  const take = (bytes: number): number => {
    const at = end;
    end = align(end + bytes);
    return at;
  };
  const tables = take(blobs.bytes.length);
  const places = steps.map(({ slot }): Place => {
    const bytes = BYTES[slot.kind];
    if (bytes === undefined) throw new NotFinite('it computes a list');
    const data = take((CHUNK + 1) * bytes);
    const items = slot.kind === 'str' ? take(CHUNK * Math.max(slot.width, 1) + SLACK) : 0;
    return { data, items, valid: slot.nullable ? take(CHUNK) : 0 };
  });
  const missing = end - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
  const { buffer } = memory;
  new Uint8Array(buffer, tables).set(blobs.bytes);

  const arrays = ({ data, items }: Place): readonly number[] => (items === 0 ? [data] : [data, items]);
  const parameters = (operand: Operand): readonly (number | bigint)[] => {
    if ('slot' in operand) return arrays(places[operand.slot]!);
    if ('valid' in operand) return [places[operand.valid]!.valid];
    if ('blob' in operand) return [tables + blobs.blobs[operand.blob]!.offset];
    if ('i32' in operand) return [operand.i32];
    if ('f64' in operand) return [operand.f64];
    if ('i64' in operand) return [BigInt(operand.i64)];
    throw new NotFinite('it computes what needs a row');
  };
  const compute = (step: Step, number: number, first: number, n: number): void => {
    const place = places[number]!;
    const { data, valid } = place;
    const { body, slot } = step;
    if (body.op === 'constant') {
      if (valid !== 0) new Uint8Array(buffer, valid, n).fill(body.value === null ? 0 : 1);
      fillConstant(buffer, slot.kind, place, n, body.value);
      return;
    }
    if (body.op !== 'kernel') throw new NotFinite('it computes a text from several parts');
    const [head] = body.operands;
    if (body.kernel === INPUT && head && 'i32' in head) {
      fill(head.i32, first, new Int32Array(buffer, data, n));
      return;
    }
    const kernel = exports[body.kernel];
    if (!kernel) throw new Error(`kernels.wasm has no ${body.kernel}`);
    kernel(
      n,
      ...body.operands.flatMap(parameters),
      ...arrays(place),
      ...(body.nulls === 'kernel' ? [valid] : []),
    );
    if (body.nulls !== 'strict' || valid === 0) return;
    const all = new Uint8Array(buffer, valid, n).fill(1);
    for (const operand of body.operands) {
      const from = 'slot' in operand ? places[operand.slot]!.valid : 0;
      if (from === 0) continue;
      const one = new Uint8Array(buffer, from, n);
      for (let i = 0; i < n; i++) all[i] = all[i]! & one[i]!;
    }
  };
  const results: Result[] = [];
  for (let first = 0; first < cells; first += CHUNK) {
    const n = Math.min(CHUNK, cells - first);
    steps.forEach((step, number) => {
      compute(step, number, first, n);
    });
    read(buffer, program, places[program.result]!, n, results);
  }
  return results;
}

const align = (address: number): number => Math.ceil(address / 16) * 16;

function fillConstant(
  buffer: ArrayBufferLike,
  kind: SlotKind,
  { data: at, items }: Place,
  n: number,
  value: string | number | boolean | null,
): void {
  if (kind === 'str') {
    const text = Buffer.from(String(value ?? ''), 'utf8');
    new Uint32Array(buffer, at, n + 1).forEach((_, i, offsets) => {
      offsets[i] = i * text.length;
    });
    for (let i = 0; i < n; i++) new Uint8Array(buffer, items + i * text.length).set(text);
  } else if (kind === 'f64') new Float64Array(buffer, at, n).fill(Number(value));
  else if (kind === 'i64') new BigInt64Array(buffer, at, n).fill(BigInt(value ?? 0));
  else if (kind === 'code') new Int32Array(buffer, at, n).fill(Number(value));
  else new Uint8Array(buffer, at, n).fill(value === true ? 1 : 0);
}

function read(
  buffer: ArrayBufferLike,
  { steps, result, dictionary }: Program,
  { data, items, valid }: Place,
  n: number,
  results: Result[],
): void {
  const present = valid === 0 ? null : new Uint8Array(buffer, valid, n);
  const at = reader(buffer, steps[result]!.slot.kind, { data, items }, n, dictionary);
  for (let i = 0; i < n; i++) results.push(present?.[i] === 0 ? null : at(i));
}

/** Poison as kernels/README.md has it is a fault. */
function reader(
  buffer: ArrayBufferLike,
  kind: SlotKind,
  { data, items }: Omit<Place, 'valid'>,
  n: number,
  dictionary: readonly string[] | null,
): (i: number) => Result {
  if (kind === 'f64') {
    const values = new Float64Array(buffer, data, n);
    return (i) => (Number.isNaN(values[i]) ? FAULT : values[i]!);
  }
  if (kind === 'str') {
    const offsets = new Uint32Array(buffer, data, n + 1);
    const bytes = Buffer.from(buffer, items);
    return (i) => bytes.toString('utf8', offsets[i], offsets[i + 1]);
  }
  if (kind === 'i64') {
    const values = new BigInt64Array(buffer, data, n);
    return (i) => (values[i] === -(2n ** 63n) ? FAULT : values[i]!);
  }
  if (kind === 'code') {
    const codes = new Int32Array(buffer, data, n);
    return (i) => (codes[i]! < 0 ? FAULT : (dictionary?.[codes[i]!] ?? BigInt(codes[i]!)));
  }
  const values = new Uint8Array(buffer, data, n);
  return (i) => (values[i] === 255 ? FAULT : values[i] === 1);
}
