import type { PhysicalPlan, PhysicalTable, Slot, Step } from '../../compiler/5-lower/physical-plan.ts';
import type { Operand } from '../../stdlib/define.ts';
import { loadKernels } from '../../stdlib/kernels/load.ts';

/**
 * What a plan means, by definition: one row at a time, one value at a time. A group's attempts are tried from 0 on
 * until no check is false and the weight keeps the candidate. The kernels are the engine's, called for one row.
 */
export type Reference = { value(table: string, row: number, step: number): Value };

/** Null, or the bytes of a value (of all items, for texts and lists). */
export type Value = Uint8Array | null;

export function createReference(plan: PhysicalPlan, blobs: Uint8Array): Reference {
  const { exports, memory, heapBase } = loadKernels();
  const start = Math.ceil(heapBase / 16) * 16;
  memory.grow(64);
  let top = start;
  const place = (bytes: Uint8Array, room = bytes.length): number => {
    const at = top;
    top = Math.ceil((top + room + 64) / 16) * 16;
    new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
    return at;
  };
  const read = (at: number, bytes: number): Uint8Array => new Uint8Array(memory.buffer.slice(at, at + bytes));
  const call = (name: string, ...parameters: (number | bigint)[]): unknown => exports[name]?.(...parameters);

  /** The attempts of a row's groups and the values that follow: those known, others are found when they are wanted. */
  type Row = {
    readonly table: PhysicalTable;
    readonly row: number;
    readonly attempts: Map<number, number>;
    readonly values: Map<number, Value>;
  };
  const rows = new Map<string, Row>();
  function rowOf(name: string, row: number): Row {
    const key = `${name} ${row}`;
    const table = plan.tables.find((candidate) => candidate.name === name);
    if (table === undefined) throw new Error(`no table ${name}`);
    const known = rows.get(key) ?? { table, row, attempts: new Map(), values: new Map() };
    rows.set(key, known);
    return known;
  }

  function attemptOf(row: Row, number: number): number {
    const known = row.attempts.get(number);
    if (known !== undefined) return known;
    const group = row.table.groups[number];
    for (let attempt = 0; group !== undefined && attempt < group.tries; attempt++) {
      const attempts = new Map(row.attempts).set(number, attempt);
      const candidate: Row = { ...row, attempts, values: new Map() };
      const held = group.checks.every(({ step }) => {
        const value = resultOf(candidate, step);
        return value === null || value[0] === 1;
      });
      if (held && weighed(candidate, attempt, group.weigh)) {
        row.attempts.set(number, attempt);
        return attempt;
      }
    }
    throw new Error(`row ${row.row} is out of tries`);
  }

  function weighed(
    row: Row,
    attempt: number,
    weigh: { readonly step: number; readonly key: string } | null,
  ): boolean {
    if (weigh === null) return true;
    const weight = resultOf(row, weigh.step);
    if (weight === null) throw new Error(`row ${row.row} has no weight`);
    const draw = runKernel('uniforms', [key(row, attempt, weigh.key)], f64, 0).value;
    return asReal(draw) < asReal(weight);
  }

  function resultOf(row: Row, number: number): Value {
    const known = row.values.get(number);
    if (known !== undefined) return known;
    const value = compute(row, number);
    row.values.set(number, value);
    return value;
  }

  function compute(row: Row, number: number): Value {
    const step = row.table.steps[number];
    if (step === undefined) throw new Error('no such step');
    const { body } = step;
    switch (body.op) {
      case 'row-id':
        return bytesOf(row.row);
      case 'constant':
        return constant(step, body.value);
      case 'parent': {
        const ref = resultOf(row, body.ref);
        if (ref === null) return null;
        return resultOf(rowOf(body.table, Number(new DataView(ref.buffer).getBigInt64(0, true))), body.step);
      }
      case 'masked':
        return resultOf(row, body.when)?.[0] === 1 ? null : resultOf(row, body.of);
      case 'text': {
        const texts = body.pieces.map((piece) => {
          if ('literal' in piece) return Buffer.from(piece.literal);
          const value = resultOf(row, piece.slot);
          return value === null ? null : asText(value, row.table.steps[piece.slot]?.slot);
        });
        return texts.every((text) => text !== null) ? new Uint8Array(Buffer.concat(texts)) : null;
      }
      case 'kernel': {
        const inputs = body.operands.map((operand) => argument(row, operand));
        const valid = inputs.every(({ valid: known }) => known);
        if (body.nulls === 'strict' && !valid) return null;
        const result = runKernel(body.kernel, inputs, step.slot, body.nulls === 'kernel' ? 1 : 0);
        return result.valid ? result.value : null;
      }
    }
  }

  /** How an operand is passed, for one row. */
  type Argument = { readonly valid: boolean; pass(): readonly (number | bigint)[] };

  function argument(row: Row, operand: Operand): Argument {
    const given = (...values: readonly (number | bigint)[]): Argument => ({
      valid: true,
      pass: () => values,
    });
    if ('key' in operand) {
      const { key: stream, group } = operand;
      return key(row, group === null ? 0 : attemptOf(row, group), stream);
    }
    if ('slot' in operand) {
      const value = resultOf(row, operand.slot);
      const slot = row.table.steps[operand.slot]?.slot ?? f64;
      return { valid: value !== null, pass: () => passValue(value ?? new Uint8Array(16), slot) };
    }
    if ('valid' in operand) {
      const value = resultOf(row, operand.valid);
      return { valid: true, pass: () => [place(Uint8Array.of(value === null ? 0 : 1))] };
    }
    if ('blob' in operand) {
      const { offset, bytes } = plan.blobs[operand.blob] ?? { offset: 0, bytes: 0 };
      return { valid: true, pass: () => [place(blobs.subarray(offset, offset + bytes))] };
    }
    if ('i32' in operand) return given(operand.i32);
    if ('f64' in operand) return given(operand.f64);
    if ('i64' in operand) return given(BigInt(operand.i64));
    return { valid: true, pass: () => [place(new Uint8Array(operand.scratch))] };
  }

  const key = ({ row }: Row, attempt: number, stream: string): Argument => ({
    valid: true,
    pass: () => [BigInt(stream), place(bytesOf(row)), place(new Uint8Array(Uint32Array.of(attempt).buffer))],
  });

  function passValue(value: Uint8Array, slot: Slot): readonly number[] {
    if (!isPair(slot)) return [place(value)];
    return [place(new Uint8Array(Uint32Array.of(0, value.length / itemSize(slot)).buffer)), place(value)];
  }

  function runKernel(
    name: string,
    inputs: readonly Argument[],
    slot: Slot,
    outputs: 0 | 1,
  ): { readonly value: Uint8Array; readonly valid: boolean } {
    top = start;
    const passed = inputs.flatMap((input) => input.pass());
    const out = place(new Uint8Array(0), Math.max(16, slot.width * 8));
    const items = isPair(slot) ? place(new Uint8Array(0), slot.width * 8) : 0;
    const valid = place(Uint8Array.of(1));
    call(name, 1, ...passed, out, ...(items === 0 ? [] : [items]), ...(outputs === 1 ? [valid] : []));
    const count = new Uint32Array(memory.buffer, out, 2)[1] ?? 0;
    const value = items === 0 ? read(out, valueSize(slot)) : read(items, count * itemSize(slot));
    return { value, valid: read(valid, 1)[0] === 1 };
  }

  function constant({ slot }: Step, value: string | number | boolean | null): Value {
    if (value === null) return null;
    switch (slot.kind) {
      case 'i64':
        return bytesOf(BigInt(value));
      case 'bool':
        return Uint8Array.of(value === true ? 1 : 0);
      case 'code':
        return new Uint8Array(Int32Array.of(Number(value)).buffer);
      case 'str':
        return new Uint8Array(Buffer.from(String(value)));
      default:
        return new Uint8Array(Float64Array.of(Number(value)).buffer);
    }
  }

  function asText(value: Uint8Array, slot: Slot | undefined): Uint8Array {
    const view = new DataView(value.buffer, value.byteOffset);
    if (slot?.kind === 'i64') return Buffer.from(String(view.getBigInt64(0, true)));
    if (slot?.kind !== 'code') return value;
    const at = plan.blobs[slot.dictionary ?? -1]?.offset ?? 0;
    const blob = new DataView(blobs.buffer, blobs.byteOffset + at);
    const code = view.getInt32(0, true);
    const text = at + 8 + blob.getUint32(0, true) * 4;
    return blobs.subarray(
      text + blob.getUint32(4 + code * 4, true),
      text + blob.getUint32(8 + code * 4, true),
    );
  }

  return {
    value: (table, row, step) => resultOf(rowOf(table, row), step),
  };
}

const f64: Slot = { kind: 'f64', width: 0, nullable: false, dictionary: null };
const bytesOf = (value: number | bigint): Uint8Array =>
  new Uint8Array(BigInt64Array.of(BigInt(value)).buffer);
const asReal = (value: Uint8Array): number => new DataView(value.buffer).getFloat64(0, true);

export const isPair = ({ kind }: Slot): boolean => ['str', 'codes', 'i64s', 'f64s'].includes(kind);
export const itemSize = ({ kind }: Slot): number => (kind === 'str' ? 1 : kind === 'codes' ? 4 : 8);
export const valueSize = ({ kind, width }: Slot): number =>
  kind === 'vec' ? 8 * width : ({ bool: 1, code: 4, uuid: 16 }[kind as string] ?? 8);
