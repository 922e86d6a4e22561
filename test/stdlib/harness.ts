import type { BlobData, BlobRef, Builder, Operand, SlotRef } from '../../stdlib/define.ts';
import { type Kernels, loadKernels, scalarMath } from '../../stdlib/kernels/load.ts';
import { streamKey } from '../../stdlib/kernels/streams.ts';
import { type SlotKind, slotOf } from '../../stdlib/types.ts';
import type { Value } from '../../stdlib/value.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const SIZES: Readonly<Record<SlotKind, number>> = {
  f64: 8,
  i64: 8,
  bool: 1,
  code: 4,
  str: 1,
  uuid: 16,
  vec: 8,
  codes: 4,
  i64s: 8,
  f64s: 8,
};
const LISTS: ReadonlySet<SlotKind> = new Set(['str', 'codes', 'i64s', 'f64s']);

/** Where a slot lies: `offsets` for slots of two arrays, `valid` 0 where nothing is null. */
type Place = {
  readonly slot: SlotRef;
  readonly data: number;
  readonly offsets: number;
  readonly valid: number;
};

/** A batch of `rows` rows starting at `start`; `attempts` is what grouped draws are at. */
export type Batch = { readonly rows: number; readonly start?: number; readonly attempts?: number };

export type Harness = {
  readonly kernels: Kernels;
  readonly b: Builder;
  /** A slot that holds these values (null: null; texts by dictionary where given). `'poison'` is that of `bool` and `str`. */
  readonly column: (kind: SlotKind, values: readonly Value[], dictionary?: readonly string[]) => SlotRef;
  /** What a slot holds; codes stay numbers, lists and vectors are arrays, texts strings, uuids in their usual form. */
  readonly values: (slot: SlotRef) => readonly Value[];
  /** The same as one typed array, for slots of one array. */
  readonly view: (slot: SlotRef) => Float64Array | BigInt64Array | Int32Array | Uint8Array;
  /** The same as reals, one a row (for vectors, one a component). */
  readonly numbers: (slot: SlotRef) => Float64Array;
  /** The stream of a test's draw. */
  readonly key: (name: string) => Extract<Operand, { key: string }>;
};

/** A {@link Builder} that carries out every step at once, for one batch on its own instance of the kernels. */
export function harness({ rows, start = 0, attempts = 0 }: Batch): Harness {
  const kernels = loadKernels();
  const { memory } = kernels;
  let top = (kernels.heapBase + 15) & ~15;
  const places: Place[] = [];

  const allocate = (bytes: number): number => {
    const at = top;
    top = (top + bytes + 64 + 15) & ~15;
    const missing = top - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65536));
    return at;
  };
  const bytes = (at: number, length: number) => new Uint8Array(memory.buffer, at, length);
  const put = (data: BlobData): number => {
    const at = allocate(data.byteLength);
    bytes(at, data.byteLength).set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return at;
  };
  const place = (slot: number): Place => {
    const found = places[slot];
    if (found === undefined) throw new Error(`no slot ${slot}`);
    return found;
  };
  const add = (
    out: Omit<SlotRef, 'step' | 'nullable'>,
    at: { data: number; offsets?: number; valid?: number },
  ): SlotRef => {
    const slot: SlotRef = { ...out, step: places.length, nullable: (at.valid ?? 0) !== 0 };
    places.push({ slot, data: at.data, offsets: at.offsets ?? 0, valid: at.valid ?? 0 });
    return slot;
  };

  const rowIds = put(BigInt64Array.from({ length: rows }, (_, i) => BigInt(start + i)));
  const attemptIds = put(new Uint32Array(rows).fill(attempts));

  const pointers = (operand: Operand): readonly (number | bigint)[] => {
    if ('slot' in operand) {
      const { slot, data, offsets } = place(operand.slot);
      return LISTS.has(slot.kind) ? [offsets, data] : [data];
    }
    if ('valid' in operand) return [place(operand.valid).valid];
    if ('blob' in operand) return [operand.blob];
    if ('i32' in operand) return [operand.i32];
    if ('f64' in operand) return [operand.f64];
    if ('i64' in operand) return [BigInt(operand.i64)];
    if ('key' in operand) return [BigInt(operand.key), rowIds, attempts === 0 ? 0 : attemptIds];
    return [allocate(operand.scratch * rows)];
  };

  const strictValidity = (operands: readonly Operand[]): number => {
    const inputs = operands
      .flatMap((operand) => ('slot' in operand ? [place(operand.slot).valid] : []))
      .filter(Boolean);
    if (inputs.length === 0) return 0;
    const at = allocate(rows);
    for (let row = 0; row < rows; row++) {
      bytes(at, rows)[row] = inputs.every((valid) => bytes(valid, rows)[row] === 1) ? 1 : 0;
    }
    return at;
  };

  const column: Harness['column'] = (kind, values, dictionary) => {
    const valid = values.includes(null)
      ? put(Uint8Array.from(values, (value) => (value === null ? 0 : 1)))
      : 0;
    const extra = dictionary === undefined ? {} : { dictionary };
    const items = LISTS.has(kind)
      ? values.map((value) =>
          kind !== 'str'
            ? Array.isArray(value)
              ? value
              : []
            : value === 'poison'
              ? [255]
              : [...encoder.encode(String(value ?? ''))],
        )
      : [];
    switch (kind) {
      case 'f64':
        return add({ kind }, { data: put(Float64Array.from(values, Number)), valid });
      case 'i64':
        return add(
          { kind },
          {
            data: put(
              BigInt64Array.from(values, (value) =>
                BigInt(Number.isInteger(value) || typeof value === 'bigint' ? (value as number | bigint) : 0),
              ),
            ),
            valid,
          },
        );
      case 'bool':
        return add(
          { kind },
          {
            data: put(
              Uint8Array.from(values, (value) => (value === 'poison' ? 255 : value === true ? 1 : 0)),
            ),
            valid,
          },
        );
      case 'code':
        return add(
          { kind, ...extra },
          {
            data: put(
              Int32Array.from(values, (value) =>
                typeof value === 'string' ? (dictionary ?? []).indexOf(value) : Number(value),
              ),
            ),
            valid,
          },
        );
      case 'vec': {
        const width = Math.max(...values.map((value) => (Array.isArray(value) ? value.length : 0)));
        return add(
          { kind, width },
          {
            data: put(
              Float64Array.from(
                values.flatMap((value) => (Array.isArray(value) ? value.map(Number) : Array(width).fill(0))),
              ),
            ),
            valid,
          },
        );
      }
      case 'uuid':
        return add(
          { kind },
          {
            data: put(
              Uint8Array.from(
                values.flatMap((value) => [
                  ...Buffer.from(
                    String(value ?? '')
                      .replaceAll('-', '')
                      .padEnd(32, '0'),
                    'hex',
                  ),
                ]),
              ),
            ),
            valid,
          },
        );
      case 'str':
      case 'codes':
      case 'i64s':
      case 'f64s': {
        const offsets = new Uint32Array(rows + 1);
        for (const [row, list] of items.entries()) offsets[row + 1] = (offsets[row] ?? 0) + list.length;
        const flat = items.flat();
        const data =
          kind === 'str'
            ? Uint8Array.from(flat, Number)
            : kind === 'codes'
              ? Int32Array.from(flat, Number)
              : kind === 'i64s'
                ? BigInt64Array.from(flat, (item) => BigInt(Number(item)))
                : Float64Array.from(flat, Number);
        const width = Math.max(0, ...items.map((list) => list.length));
        return add({ kind, width, ...extra }, { data: put(data), offsets: put(offsets), valid });
      }
    }
  };

  const view: Harness['view'] = (slot) => {
    const { data, offsets } = place(slot.step);
    const count = offsets === 0 ? rows : (new Uint32Array(memory.buffer, offsets, rows + 1)[rows] ?? 0);
    switch (slot.kind) {
      case 'f64':
      case 'f64s':
        return new Float64Array(memory.buffer, data, count);
      case 'vec':
        return new Float64Array(memory.buffer, data, rows * (slot.width ?? 1));
      case 'i64':
      case 'i64s':
        return new BigInt64Array(memory.buffer, data, count);
      case 'code':
      case 'codes':
        return new Int32Array(memory.buffer, data, count);
      case 'bool':
      case 'str':
        return bytes(data, count);
      case 'uuid':
        return bytes(data, rows * 16);
    }
  };

  const values: Harness['values'] = (slot) => {
    const { offsets, valid } = place(slot.step);
    const all = view(slot);
    const ends = offsets === 0 ? null : new Uint32Array(memory.buffer, offsets, rows + 1);
    return Array.from({ length: rows }, (_, row): Value => {
      if (valid !== 0 && bytes(valid, rows)[row] === 0) return null;
      const from = ends?.[row] ?? row * (slot.width ?? 1);
      const to = ends?.[row + 1] ?? from + (slot.width ?? 1);
      switch (slot.kind) {
        case 'bool':
          return all[row] === 255 ? 'poison' : all[row] === 1;
        case 'str':
          return decoder.decode(Uint8Array.from(all.subarray(from, to), Number));
        case 'uuid': {
          const hex = [...all.subarray(row * 16, row * 16 + 16)]
            .map((byte) => byte.toString(16).padStart(2, '0'))
            .join('');
          return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
        }
        case 'vec':
        case 'codes':
        case 'i64s':
        case 'f64s':
          return [...all.subarray(from, to)];
        default:
          return all[row] ?? null;
      }
    });
  };

  const b: Builder = {
    kernel(name, out, operands, nulls = 'strict') {
      const run = kernels.exports[name];
      if (run === undefined) throw new Error(`kernels.wasm has no ${name}`);
      const valid = nulls === 'strict' ? strictValidity(operands) : nulls === 'kernel' ? allocate(rows) : 0;
      const offsets = LISTS.has(out.kind) ? allocate(4 * (rows + 1)) : 0;
      const data = allocate(rows * SIZES[out.kind] * (out.width ?? 1));
      const inputs = operands.flatMap(pointers);
      run(
        rows,
        ...inputs,
        ...(offsets === 0 ? [data] : [offsets, data]),
        ...(nulls === 'kernel' ? [valid] : []),
      );
      return add(out, { data, offsets, valid });
    },
    constant(value, type) {
      const kind = slotOf(type);
      if (kind === null) throw new Error(`a constant ${type.kind} has no slot`);
      const dictionary = type.kind === 'enum' ? type.values : undefined;
      return column(kind, Array<Value>(rows).fill(value), dictionary);
    },
    rowId: () =>
      column(
        'i64',
        Array.from({ length: rows }, (_, i) => start + i),
      ),
    blob: (data): BlobRef => ({ blob: put(data) }),
    convert(slot, to) {
      if (slot.kind === to) return slot;
      const source = values(slot);
      if (to === 'f64')
        return column(
          'f64',
          source.map((value) => (value === null ? null : Number(value))),
        );
      if (to === 'str') {
        return column(
          'str',
          source.map((value) => (typeof value === 'number' ? (slot.dictionary?.[value] ?? '') : value)),
        );
      }
      if (to === 'i64') return column('i64', source);
      throw new Error(`no conversion from ${slot.kind} to ${to}`);
    },
    dictionary(texts) {
      const encoded = texts.map((text) => encoder.encode(text));
      const head = new Uint32Array(texts.length + 2);
      head[0] = texts.length;
      for (const [i, text] of encoded.entries()) head[i + 2] = (head[i + 1] ?? 0) + text.length;
      const all = new Uint8Array(head.byteLength + (head[texts.length + 1] ?? 0));
      all.set(new Uint8Array(head.buffer));
      for (const [i, text] of encoded.entries()) all.set(text, head.byteLength + (head[i + 1] ?? 0));
      return { blob: put(all) };
    },
    stream: (purpose) => streamKey(1n, 'harness', purpose),
    math: scalarMath(kernels),
  };

  const key: Harness['key'] = (name) => ({ key: streamKey(1n, name), group: null });
  const numbers: Harness['numbers'] = (slot) => {
    const all = view(slot);
    return Float64Array.from({ length: all.length }, (_, i) => Number(all[i]));
  };
  return { kernels, b, column, values, view, numbers, key };
}
