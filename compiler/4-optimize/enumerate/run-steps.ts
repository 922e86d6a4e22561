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
const BYTES: Partial<Record<SlotKind, number>> = { f64: 8, i64: 8, bool: 1, code: 4 };

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
  const places = steps.map(({ slot }) => {
    const bytes = BYTES[slot.kind];
    if (bytes === undefined) throw new NotFinite('it computes a text or a list');
    return { data: take(CHUNK * bytes), valid: slot.nullable ? take(CHUNK) : 0 };
  });
  const missing = end - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
  const { buffer } = memory;
  new Uint8Array(buffer, tables).set(blobs.bytes);

  const parameter = (operand: Operand): number | bigint => {
    if ('slot' in operand) return places[operand.slot]!.data;
    if ('valid' in operand) return places[operand.valid]!.valid;
    if ('blob' in operand) return tables + blobs.blobs[operand.blob]!.offset;
    if ('i32' in operand) return operand.i32;
    if ('f64' in operand) return operand.f64;
    if ('i64' in operand) return BigInt(operand.i64);
    throw new NotFinite('it computes what needs a row');
  };
  const compute = (step: Step, number: number, first: number, n: number): void => {
    const { data, valid } = places[number]!;
    const { body, slot } = step;
    if (body.op === 'constant') {
      if (valid !== 0) new Uint8Array(buffer, valid, n).fill(body.value === null ? 0 : 1);
      fillConstant(buffer, slot.kind, data, n, body.value);
      return;
    }
    if (body.op !== 'kernel') throw new NotFinite('it computes a text or reads another row');
    const [head] = body.operands;
    if (body.kernel === INPUT && head && 'i32' in head) {
      fill(head.i32, first, new Int32Array(buffer, data, n));
      return;
    }
    const kernel = exports[body.kernel];
    if (!kernel) throw new Error(`kernels.wasm has no ${body.kernel}`);
    kernel(n, ...body.operands.map(parameter), data, ...(body.nulls === 'kernel' ? [valid] : []));
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
  at: number,
  n: number,
  value: string | number | boolean | null,
): void {
  if (kind === 'f64') new Float64Array(buffer, at, n).fill(Number(value));
  else if (kind === 'i64') new BigInt64Array(buffer, at, n).fill(BigInt(value ?? 0));
  else if (kind === 'code') new Int32Array(buffer, at, n).fill(Number(value));
  else new Uint8Array(buffer, at, n).fill(value === true ? 1 : 0);
}

function read(
  buffer: ArrayBufferLike,
  { steps, result, dictionary }: Program,
  { data, valid }: { readonly data: number; readonly valid: number },
  n: number,
  results: Result[],
): void {
  const present = valid === 0 ? null : new Uint8Array(buffer, valid, n);
  const at = reader(buffer, steps[result]!.slot.kind, data, n, dictionary);
  for (let i = 0; i < n; i++) results.push(present?.[i] === 0 ? null : at(i));
}

/** Poison as kernels/README.md has it is a fault. */
function reader(
  buffer: ArrayBufferLike,
  kind: SlotKind,
  data: number,
  n: number,
  dictionary: readonly string[] | null,
): (i: number) => Result {
  if (kind === 'f64') {
    const values = new Float64Array(buffer, data, n);
    return (i) => (Number.isNaN(values[i]) ? FAULT : values[i]!);
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
