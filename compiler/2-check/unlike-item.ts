import { showType, type Type } from '../../stdlib/types.ts';
import { isList, isMap, type Value } from '../../stdlib/value.ts';
import { typeOfValue } from './constants.ts';

/** The first item of a document's lists that is of another type than those before it: `rows[1].v is text, …`. */
export function unlikeItem(value: Value, path = ''): string | null {
  if (value === null || typeof value !== 'object') return null;
  for (const [key, item] of entriesOf(value, path)) {
    const found = unlikeItem(item, key);
    if (found !== null) return found;
  }
  if (!isList(value) || typeOfValue(value) !== null) return null;
  // Once a prefix is at fault, all longer ones are.
  let [sound, faulty] = [0, value.length];
  while (faulty - sound > 1) {
    const middle = Math.floor((sound + faulty) / 2);
    if (typeOfValue(value.slice(0, middle)) === null) faulty = middle;
    else sound = middle;
  }
  return difference(value.slice(0, sound), value[sound] ?? null, `${path}[${sound}]`);
}

const entriesOf = (value: Extract<Value, object>, path: string): readonly (readonly [string, Value])[] =>
  isMap(value)
    ? [...value.map].map(([key, item]) => [path === '' ? key : `${path}.${key}`, item])
    : value.map((item, i) => [`${path}[${i}]`, item]);

/** Of records, the cell that differs. */
function difference(before: readonly Value[], item: Value, path: string): string {
  if (item !== null && isMap(item)) {
    for (const [key, cell] of item.map) {
      const cells = before.flatMap((other) =>
        other !== null && isMap(other) ? (other.map.get(key) ?? []) : [],
      );
      if (typeOfValue([...cells, cell]) === null) return difference(cells, cell, `${path}.${key}`);
    }
  }
  const [type, others] = [typeOfValue(item), typeOfValue(before)];
  if (type === null || others?.kind !== 'list') return `\`${path}\` is unlike those before it`;
  return `\`${path}\` is ${kindOf(type)}, those before it ${kindOf(others.of)}`;
}

const kindOf = (type: Type): string => (type.kind === 'enum' ? 'text' : showType(type));
