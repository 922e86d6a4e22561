import type { DataType } from 'apache-arrow';
import type { Type } from '../../../../stdlib/types.ts';
import type { Source } from '../../slot-values.ts';
import { bytes, integers, longs, reals, wordsOf } from '../../slot-values.ts';
import type { Arrow } from '../library.ts';
import type { Items } from './items.ts';
import { items } from './items.ts';

/** Types whose values have one width, as the slots f64, i64, code and uuid hold them. */
export type FixedType = Extract<
  Type,
  { kind: 'int' | 'float' | 'decimal' | 'date' | 'timestamp' | 'duration' | 'enum' | 'uuid' | 'ref' }
>;

const FIXED: ReadonlySet<Type['kind']> = new Set<FixedType['kind']>([
  'int',
  'float',
  'decimal',
  'date',
  'timestamp',
  'duration',
  'enum',
  'uuid',
  'ref',
]);
export const isFixed = (type: Type): type is FixedType => FIXED.has(type.kind);

export function fixedItems(arrow: Arrow, type: FixedType, arrowType: DataType, capacity: number): Items {
  switch (type.kind) {
    case 'float': {
      const store = (
        memory: Float32Array | Float64Array,
        at: number,
        source: Source,
        from: number,
        count: number,
      ) => memory.set(reals(source).subarray(from, from + count), at);
      const allocate = (n: number) => (type.bits === 32 ? new Float32Array(n) : new Float64Array(n));
      return items(arrow, { type: arrowType, allocate, width: 1, store }, capacity);
    }
    case 'int':
      if (type.bits === 64) return wide(arrow, arrowType, capacity);
      return narrow(arrow, arrowType, type.bits, type.signed, capacity);
    case 'date':
      return narrow(arrow, arrowType, 32, true, capacity);
    case 'timestamp':
    case 'duration':
    case 'ref':
      return wide(arrow, arrowType, capacity);
    case 'decimal':
      return items(
        arrow,
        { type: arrowType, allocate: (n) => new Int32Array(n), width: 4, store: storeDecimal },
        capacity,
      );
    case 'uuid': {
      const store = (memory: Uint8Array, at: number, source: Source, from: number, count: number) =>
        memory.set(bytes(source).subarray(from * 16, (from + count) * 16), at);
      return items(
        arrow,
        { type: arrowType, allocate: (n) => new Uint8Array(n), width: 16, store },
        capacity,
      );
    }
    case 'enum': {
      const dictionary = arrow.vectorFromArray([...type.values], new arrow.Utf8());
      const allocate = indexMemory(type.values.length);
      return items(arrow, { type: arrowType, allocate, width: 1, store: storeCodes, dictionary }, capacity);
    }
  }
}

/** Bits of the signed indices of a dictionary: the narrowest that hold every code. */
export const indexBits = (values: number): 8 | 16 | 32 =>
  values <= 1 << 7 ? 8 : values <= 1 << 15 ? 16 : 32;

function indexMemory(values: number): (n: number) => Int8Array | Int16Array | Int32Array {
  const bits = indexBits(values);
  return (n) => (bits === 8 ? new Int8Array(n) : bits === 16 ? new Int16Array(n) : new Int32Array(n));
}

function storeCodes(
  memory: Int8Array | Int16Array | Int32Array,
  at: number,
  source: Source,
  from: number,
  count: number,
): void {
  const codes = integers(source);
  for (let i = 0; i < count; i++) memory[at + i] = codes[from + i]!;
}

/** 64-bit integers, signed or not: the slot's bytes as they are. */
function wide(arrow: Arrow, type: DataType, capacity: number): Items {
  const store = (memory: BigInt64Array, at: number, source: Source, from: number, count: number) =>
    memory.set(longs(source).subarray(from, from + count), at);
  return items(arrow, { type, allocate: (n) => new BigInt64Array(n), width: 1, store }, capacity);
}

/** The low words: the plan's casts have checked the range. */
function narrow(arrow: Arrow, type: DataType, bits: 8 | 16 | 32, signed: boolean, capacity: number): Items {
  type Narrow = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array;
  const store = (memory: Narrow, at: number, source: Source, from: number, count: number) => {
    const words = wordsOf(source);
    for (let i = 0; i < count; i++) memory[at + i] = words[2 * (from + i)]!;
  };
  const allocate = (n: number): Narrow => {
    switch (bits) {
      case 8:
        return signed ? new Int8Array(n) : new Uint8Array(n);
      case 16:
        return signed ? new Int16Array(n) : new Uint16Array(n);
      case 32:
        return signed ? new Int32Array(n) : new Uint32Array(n);
    }
  };
  return items(arrow, { type, allocate, width: 1, store }, capacity);
}

/** 64 bits to 128: two words of sign. */
function storeDecimal(memory: Int32Array, at: number, source: Source, from: number, count: number): void {
  const words = wordsOf(source);
  for (let i = 0; i < count; i++) {
    const high = words[2 * (from + i) + 1]!;
    const to = at + 4 * i;
    memory[to] = words[2 * (from + i)]!;
    memory[to + 1] = high;
    memory[to + 2] = high >> 31;
    memory[to + 3] = high >> 31;
  }
}
