import { MAX_SET } from '../../stdlib/domain.ts';
import { BOOL, FLOAT64, INT64, NULL, TEXT, type Type } from '../../stdlib/types.ts';
import { isList, isMap, type Value, type ValueMap } from '../../stdlib/value.ts';
import type { PlainAst } from '../1-parse/ast.ts';

/** YAML data as a constant. Whole numbers are integers; a map keeps the order of its keys. */
export function valueOfPlain(plain: PlainAst): Value {
  switch (plain.kind) {
    case 'plain-scalar':
      return valueOfScalar(plain.value);
    case 'plain-list':
      return plain.items.map(valueOfPlain);
    case 'plain-map':
      return { map: new Map(plain.entries.map(({ key, value }) => [key.text, valueOfPlain(value)])) };
  }
}

const valueOfScalar = (value: string | number | bigint | boolean | null): Value =>
  typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;

/** What a JSON or YAML parser gave, as a constant. Null where it holds what no constant can be. */
export function valueOfJson(json: unknown): Value {
  if (json === null || json === undefined) return null;
  if (
    typeof json === 'number' ||
    typeof json === 'string' ||
    typeof json === 'boolean' ||
    typeof json === 'bigint'
  ) {
    return valueOfScalar(json);
  }
  if (Array.isArray(json)) return json.map(valueOfJson);
  if (json instanceof Map)
    return { map: new Map([...json].map(([key, value]) => [String(key), valueOfJson(value)])) };
  if (typeof json === 'object') {
    return { map: new Map(Object.entries(json).map(([key, value]) => [key, valueOfJson(value)])) };
  }
  return null;
}

/** Null where the items of a list are of different types. */
export function typeOfValue(value: Value): Type | null {
  if (value === null) return NULL;
  if (typeof value === 'boolean') return BOOL;
  if (typeof value === 'bigint') return INT64;
  if (typeof value === 'number') return FLOAT64;
  if (typeof value === 'string') return TEXT;
  if (isMap(value)) return typeOfMap(value);
  let of: Type = NULL;
  for (const item of value) {
    const type = typeOfValue(item);
    const both = type && commonType(of, type);
    if (!both) return recordsOf(value);
    of = both;
  }
  return { kind: 'list', of: of.kind === 'text' ? enumOf(value) : of };
}

/** Of records with equal keys, cell by cell: a null cell is a null of whatever its column holds. */
function recordsOf(items: readonly Value[]): Type | null {
  const records = items.filter((item) => item !== null);
  const maps = records.filter(isMap);
  const names = [...(maps[0]?.map.keys() ?? [])];
  const alike = maps.every(({ map }) => map.size === names.length && names.every((name) => map.has(name)));
  if (maps.length < records.length || !alike) return null;
  const fields: { name: string; type: Type }[] = [];
  for (const name of names) {
    const cells = typeOfValue(maps.map(({ map }) => map.get(name) ?? null));
    if (cells?.kind !== 'list') return null;
    fields.push({ name, type: cells.of });
  }
  return { kind: 'list', of: { kind: 'struct', fields } };
}

/** Texts as an enum, where they are few. */
export function enumOf(values: readonly Value[]): Type {
  const texts = new Set(values.filter((value) => typeof value === 'string'));
  return texts.size > 0 && texts.size <= MAX_SET ? { kind: 'enum', values: [...texts] } : TEXT;
}

/** Equal types for all keys make a map (indexable by a column), others a struct (fields only). */
function typeOfMap(value: ValueMap): Type | null {
  const fields: { name: string; type: Type }[] = [];
  let of: Type | null = NULL;
  for (const [name, item] of value.map) {
    const type = typeOfValue(item);
    if (!type) return null;
    fields.push({ name, type });
    of = of && commonType(of, type);
  }
  return of ? { kind: 'map', keys: [...value.map.keys()], of } : { kind: 'struct', fields };
}

/** The least type that holds both, or null: integers widen to reals, enums join, null is of every type. */
export function commonType(a: Type, b: Type): Type | null {
  if (a.kind === 'error' || b.kind === 'error') return { kind: 'error' };
  if (a.kind === 'null') return b;
  if (b.kind === 'null') return a;
  switch (a.kind) {
    case 'int':
      if (b.kind === 'int') return a.bits === b.bits && a.signed === b.signed ? a : INT64;
      return b.kind === 'float' || b.kind === 'decimal' ? FLOAT64 : null;
    case 'float':
      if (b.kind === 'float') return a.bits === b.bits ? a : FLOAT64;
      return b.kind === 'int' || b.kind === 'decimal' ? FLOAT64 : null;
    case 'decimal':
      if (b.kind === 'decimal') return widerDecimal(a, b) ?? FLOAT64;
      return b.kind === 'int' || b.kind === 'float' ? FLOAT64 : null;
    case 'text':
      return b.kind === 'text' || b.kind === 'enum' ? TEXT : null;
    case 'enum':
      if (b.kind === 'text') return TEXT;
      return b.kind === 'enum' ? enumOf([...a.values, ...b.values]) : null;
    case 'list': {
      const of = b.kind === 'list' ? commonType(a.of, b.of) : null;
      return of && { kind: 'list', of };
    }
    case 'map': {
      const of = b.kind === 'map' ? commonType(a.of, b.of) : null;
      return of && b.kind === 'map' ? { kind: 'map', keys: [...new Set([...a.keys, ...b.keys])], of } : null;
    }
    case 'vector':
      if (b.kind !== 'vector' || a.dims !== b.dims) return null;
      return sameType(a, b) ? a : { kind: 'vector', dims: a.dims };
    case 'range': {
      const of = b.kind === 'range' ? commonType(a.of, b.of) : null;
      return of && { kind: 'range', of };
    }
    default:
      return sameType(a, b) ? a : null;
  }
}

type Decimal = Extract<Type, { kind: 'decimal' }>;

/** Digits enough before the point and after it, where a decimal has as many. */
function widerDecimal(a: Decimal, b: Decimal): Decimal | null {
  const scale = Math.max(a.scale, b.scale);
  const precision = Math.max(a.precision - a.scale, b.precision - b.scale) + scale;
  return precision <= 18 ? { kind: 'decimal', precision, scale } : null;
}

export const sameType = (a: Type, b: Type): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Equal as values of the language: `1` and `1.0` are. */
export function sameValue(a: Value, b: Value): boolean {
  if (isNumber(a) && isNumber(b)) return Number(a) === Number(b);
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (isList(a) && isList(b))
    return a.length === b.length && a.every((item, i) => sameValue(item, b[i] ?? null));
  return false;
}

const isNumber = (value: Value): value is number | bigint =>
  typeof value === 'number' || typeof value === 'bigint';

export function show(value: Value): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (isList(value)) return `[${value.map(show).join(', ')}]`;
  if (value !== null && isMap(value)) return `{${[...value.map.keys()].join(', ')}}`;
  return String(value);
}
