import type { Struct, StructField, Value } from './compact.ts';
import { decodeStruct, encodeStruct } from './compact.ts';

/** What the footer shall say beyond what the writer wrote into it. */
export type Mending = {
  /** Logical types of leaf columns; the path's parts are joined by {@link pathKey}. */
  readonly logical: ReadonlyMap<string, LogicalType>;
  /** The file's key-value metadata, in this order; the writer's own is dropped. */
  readonly metadata: readonly (readonly [key: string, value: string])[];
};
export type LogicalType = 'uuid' | 'json';

/** Parts may contain dots, but no NUL. */
export const pathKey = (path: readonly string[]): string => path.join('\0');

// Field numbers of parquet.thrift.
const FILE_SCHEMA = 2;
const FILE_METADATA = 5;
const ELEMENT_NAME = 4;
const ELEMENT_CHILDREN = 5;
const ELEMENT_CONVERTED = 6;
const ELEMENT_LOGICAL = 10;
const LOGICAL: Readonly<Record<LogicalType, number>> = { json: 12, uuid: 14 };
const CONVERTED: Readonly<Record<LogicalType, bigint | null>> = { json: 19n, uuid: null };
const STRUCT = 12;
const MAGIC = 'PAR1';

/** `tail` is the end of a Parquet file, its whole footer included; the result replaces it. */
export function mendFooter(tail: Uint8Array, mending: Mending): Uint8Array {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  const end = tail.length - 8;
  const start = end < 0 ? -1 : end - view.getUint32(end, true);
  if (start < 0 || new TextDecoder().decode(tail.subarray(end + 4)) !== MAGIC) {
    throw new Error('the end of the Parquet file holds no whole footer');
  }
  const footer = encodeStruct(mendFile(decodeStruct(tail.subarray(start, end)), mending));
  const mended = new Uint8Array(start + footer.length + 8);
  mended.set(tail.subarray(0, start));
  mended.set(footer, start);
  new DataView(mended.buffer).setUint32(start + footer.length, footer.length, true);
  mended.set(tail.subarray(end + 4), start + footer.length + 4);
  return mended;
}

function mendFile(file: Struct, mending: Mending): Struct {
  const schema = list(find(file, FILE_SCHEMA));
  const metadata = mending.metadata.map(
    ([key, value]): Struct =>
      struct([
        [1, text(key)],
        [2, text(value)],
      ]),
  );
  const structs = (items: readonly Value[]): Value => ({ type: 'list', element: STRUCT, items });
  return put(
    put(file, FILE_SCHEMA, structs(mendSchema(schema, mending.logical))),
    FILE_METADATA,
    structs(metadata),
  );
}

/** The schema is a tree in pre-order; its root is no part of a column's path. */
function mendSchema(elements: readonly Value[], logical: Mending['logical']): readonly Value[] {
  const mended: Value[] = [];
  const walk = (path: readonly string[] | null): void => {
    const element = elements[mended.length];
    if (element?.type !== 'struct') throw new Error('parquet: the schema ends early');
    const here = path === null ? [] : [...path, string(find(element, ELEMENT_NAME))];
    const type = logical.get(pathKey(here));
    mended.push(type === undefined ? element : withLogicalType(element, type));
    for (let left = integer(find(element, ELEMENT_CHILDREN)); left > 0; left--) walk(here);
  };
  walk(null);
  return mended;
}

function withLogicalType(element: Struct, type: LogicalType): Struct {
  const converted = CONVERTED[type];
  const bare: Struct = {
    type: 'struct',
    fields: element.fields.filter((field) => field.id !== ELEMENT_CONVERTED),
  };
  const old = converted === null ? bare : put(bare, ELEMENT_CONVERTED, { type: 'i32', value: converted });
  return put(old, ELEMENT_LOGICAL, struct([[LOGICAL[type], struct([])]]));
}

function put(target: Struct, id: number, value: Value): Struct {
  const others = target.fields.filter((field) => field.id !== id);
  return { type: 'struct', fields: [...others, { id, value }].sort((a, b) => a.id - b.id) };
}

const struct = (fields: readonly (readonly [number, Value])[]): Struct => ({
  type: 'struct',
  fields: fields.map(([id, value]): StructField => ({ id, value })),
});
const text = (value: string): Value => ({ type: 'binary', bytes: new TextEncoder().encode(value) });
const find = (value: Struct, id: number): Value | undefined =>
  value.fields.find((field) => field.id === id)?.value;
const list = (value: Value | undefined): readonly Value[] => (value?.type === 'list' ? value.items : []);
const integer = (value: Value | undefined): number => (value?.type === 'i32' ? Number(value.value) : 0);
const string = (value: Value | undefined): string =>
  value?.type === 'binary' ? new TextDecoder().decode(value.bytes) : '';
