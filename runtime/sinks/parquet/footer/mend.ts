import { pathOf } from '../leaves.ts';
import type { Struct, StructField, Value } from './compact.ts';
import { decodeStruct, encodeStruct } from './compact.ts';

/** What the footer shall say beyond what the writer wrote into it. */
export type Mending = {
  /** Logical types of leaf columns, by name. */
  readonly logical: ReadonlyMap<string, LogicalType>;
  readonly order: FileOrder | null;
  /** The file's key-value metadata, in this order; the writer's own is dropped. */
  readonly metadata: readonly (readonly [key: string, value: string])[];
};
export type LogicalType = 'uuid' | 'json';
/** The rows run along this leaf column, from 0. */
export type FileOrder = { readonly column: number; readonly descending: boolean };

// Field numbers of parquet.thrift.
const FILE_SCHEMA = 2;
const FILE_ROW_GROUPS = 4;
const FILE_METADATA = 5;
const GROUP_CHUNKS = 1;
const GROUP_ORDER = 4;
const CHUNK_METADATA = 3;
const METADATA_PATH = 3;
const ELEMENT_REPETITION = 3;
const ELEMENT_NAME = 4;
const ELEMENT_CHILDREN = 5;
const ELEMENT_CONVERTED = 6;
const ELEMENT_LOGICAL = 10;
const LOGICAL: Readonly<Record<LogicalType, number>> = { json: 12, uuid: 14 };
const CONVERTED: Readonly<Record<LogicalType, bigint | null>> = { json: 19n, uuid: null };
const REQUIRED = 0n;
const BINARY = 8;
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
  const groups = list(find(file, FILE_ROW_GROUPS)).map((group) => mendGroup(group, mending.order));
  return [
    [FILE_SCHEMA, structs(mendSchema(schema, mending.logical))] as const,
    [FILE_ROW_GROUPS, structs(groups)] as const,
    [FILE_METADATA, structs(metadata)] as const,
  ].reduce((mended, [id, value]) => put(mended, id, value), file);
}

function mendGroup(group: Value, order: FileOrder | null): Struct {
  const chunks = list(find(group, GROUP_CHUNKS)).map((chunk): Value => {
    const metadata = asStruct(find(chunk, CHUNK_METADATA));
    const [leaf = null, ...inside] = list(find(metadata, METADATA_PATH));
    const path = [...pathOf(string(leaf)).map(text), ...inside];
    const mended = put(metadata, METADATA_PATH, { type: 'list', element: BINARY, items: path });
    return put(asStruct(chunk), CHUNK_METADATA, mended);
  });
  const mended = put(asStruct(group), GROUP_CHUNKS, structs(chunks));
  if (order === null) return mended;
  const sorting = struct([
    [1, { type: 'i32', value: BigInt(order.column) }],
    [2, { type: 'bool', value: order.descending }],
    [3, { type: 'bool', value: false }],
  ]);
  return put(mended, GROUP_ORDER, structs([sorting]));
}

/**
 * The schema is a tree in pre-order. Leaf columns came as the root's children, named by their paths: those whose paths
 * begin alike follow one another, and become the fields of a struct again.
 */
function mendSchema(elements: readonly Value[], logical: Mending['logical']): readonly Value[] {
  const [root, ...rest] = elements.map(asStruct);
  if (root === undefined) throw new Error('parquet: the file has no schema');
  const columns: Column[] = [];
  for (let at = 0; at < rest.length; ) {
    const end = endOfColumn(rest, at);
    const name = string(find(rest[at]!, ELEMENT_NAME));
    const type = logical.get(name);
    const [head, ...inside] = rest.slice(at, end);
    columns.push({ path: pathOf(name), head: type ? withLogicalType(head!, type) : head!, inside });
    at = end;
  }
  const fields = nest(columns, 0);
  return [withChildren(root, fields.length), ...fields.flat()];
}

/** `head` is the column's own element, `inside` those of what a list holds. */
type Column = { readonly path: readonly string[]; readonly head: Struct; readonly inside: readonly Struct[] };

function endOfColumn(elements: readonly Struct[], start: number): number {
  let at = start;
  for (let open = 1; open > 0; open--, at++) {
    const element = elements[at];
    if (element === undefined) throw new Error('parquet: the schema ends early');
    open += integer(find(element, ELEMENT_CHILDREN));
  }
  return at;
}

/** The elements of each field of a struct at this depth. */
function nest(columns: readonly Column[], depth: number): readonly (readonly Struct[])[] {
  const fields: Struct[][] = [];
  for (let at = 0; at < columns.length; ) {
    const { head, inside, path } = columns[at]!;
    const name = path[depth] ?? '';
    if (path.length === depth + 1) {
      fields.push([put(head, ELEMENT_NAME, text(name)), ...inside]);
      at += 1;
      continue;
    }
    const others = columns.findIndex((other, i) => i > at && other.path[depth] !== name);
    const end = others < 0 ? columns.length : others;
    const children = nest(columns.slice(at, end), depth + 1);
    const group = struct([
      [ELEMENT_REPETITION, { type: 'i32', value: REQUIRED }],
      [ELEMENT_NAME, text(name)],
    ]);
    fields.push([withChildren(group, children.length), ...children.flat()]);
    at = end;
  }
  return fields;
}

const withChildren = (element: Struct, count: number): Struct =>
  put(element, ELEMENT_CHILDREN, { type: 'i32', value: BigInt(count) });

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
const structs = (items: readonly Value[]): Value => ({ type: 'list', element: STRUCT, items });
const asStruct = (value: Value | undefined): Struct => {
  if (value?.type !== 'struct') throw new Error('parquet: the footer lacks a struct');
  return value;
};
const find = (value: Value, id: number): Value | undefined =>
  value.type === 'struct' ? value.fields.find((field) => field.id === id)?.value : undefined;
const list = (value: Value | undefined): readonly Value[] => (value?.type === 'list' ? value.items : []);
const integer = (value: Value | undefined): number => (value?.type === 'i32' ? Number(value.value) : 0);
const string = (value: Value | null | undefined): string =>
  value?.type === 'binary' ? new TextDecoder().decode(value.bytes) : '';
