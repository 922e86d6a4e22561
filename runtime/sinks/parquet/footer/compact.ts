/**
 * Thrift's compact protocol, generically: a struct is its fields as they came, so that what we do not know survives a
 * round trip to the byte. https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
export type Value =
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'byte'; readonly value: number }
  | { readonly type: 'i16' | 'i32' | 'i64'; readonly value: bigint }
  | { readonly type: 'double'; readonly bytes: Uint8Array }
  | { readonly type: 'binary'; readonly bytes: Uint8Array }
  | { readonly type: 'list' | 'set'; readonly element: number; readonly items: readonly Value[] }
  | Struct;
export type Struct = { readonly type: 'struct'; readonly fields: readonly StructField[] };
export type StructField = { readonly id: number; readonly value: Value };

const TRUE = 1;
const FALSE = 2;
const CODES = {
  byte: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  struct: 12,
} as const;

export function decodeStruct(bytes: Uint8Array): Struct {
  let at = 0;
  const next = (): number => {
    const byte = bytes[at];
    if (byte === undefined) throw new Error('thrift: the struct ends early');
    at += 1;
    return byte;
  };
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw new Error('thrift: the struct ends early');
    at += length;
    return bytes.subarray(at - length, at);
  };
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = next();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const zigzag = (): bigint => {
    const raw = varint();
    return (raw >> 1n) ^ -(raw & 1n);
  };

  const readValue = (code: number): Value => {
    switch (code) {
      case TRUE:
      case FALSE:
        return { type: 'bool', value: code === TRUE };
      case CODES.byte:
        return { type: 'byte', value: next() };
      case CODES.i16:
        return { type: 'i16', value: zigzag() };
      case CODES.i32:
        return { type: 'i32', value: zigzag() };
      case CODES.i64:
        return { type: 'i64', value: zigzag() };
      case CODES.double:
        return { type: 'double', bytes: take(8) };
      case CODES.binary:
        return { type: 'binary', bytes: take(Number(varint())) };
      case CODES.list:
        return readList('list');
      case CODES.set:
        return readList('set');
      case CODES.struct:
        return readStruct();
      default:
        throw new Error(`thrift: type ${code} is not one that Parquet uses`);
    }
  };
  const readList = (type: 'list' | 'set'): Value => {
    const head = next();
    const element = head & 0x0f;
    const size = head >>> 4 === 15 ? Number(varint()) : head >>> 4;
    const items: Value[] = [];
    // Inside a list a boolean is a byte of its own.
    for (let i = 0; i < size; i++)
      items.push(readValue(element === TRUE || element === FALSE ? next() : element));
    return { type, element, items };
  };
  const readStruct = (): Struct => {
    const fields: StructField[] = [];
    for (let id = 0; ; ) {
      const head = next();
      if (head === 0) return { type: 'struct', fields };
      id = head >>> 4 === 0 ? Number(zigzag()) : id + (head >>> 4);
      fields.push({ id, value: readValue(head & 0x0f) });
    }
  };

  return readStruct();
}

export function encodeStruct(struct: Struct): Uint8Array {
  const out: number[] = [];
  const varint = (value: bigint): void => {
    let rest = value;
    for (; rest >= 0x80n; rest >>= 7n) out.push(Number(rest & 0x7fn) | 0x80);
    out.push(Number(rest));
  };
  const zigzag = (value: bigint): void => varint(value < 0n ? -2n * value - 1n : 2n * value);
  const put = (bytes: Uint8Array): void => {
    for (const byte of bytes) out.push(byte);
  };

  const code = (value: Value): number =>
    value.type === 'bool' ? (value.value ? TRUE : FALSE) : CODES[value.type];
  const writeValue = (value: Value): void => {
    switch (value.type) {
      case 'bool':
        return;
      case 'byte':
        out.push(value.value);
        return;
      case 'i16':
      case 'i32':
      case 'i64':
        zigzag(value.value);
        return;
      case 'double':
        put(value.bytes);
        return;
      case 'binary':
        varint(BigInt(value.bytes.length));
        put(value.bytes);
        return;
      case 'list':
      case 'set':
        if (value.items.length < 15) out.push((value.items.length << 4) | value.element);
        else {
          out.push(0xf0 | value.element);
          varint(BigInt(value.items.length));
        }
        for (const item of value.items) {
          if (item.type === 'bool') out.push(code(item));
          else writeValue(item);
        }
        return;
      case 'struct':
        writeStruct(value);
    }
  };
  const writeStruct = (value: Struct): void => {
    let last = 0;
    for (const field of value.fields) {
      const step = field.id - last;
      if (step > 0 && step < 16) out.push((step << 4) | code(field.value));
      else {
        out.push(code(field.value));
        zigzag(BigInt(field.id));
      }
      writeValue(field.value);
      last = field.id;
    }
    out.push(0);
  };

  writeStruct(struct);
  return Uint8Array.from(out);
}
