/** Constants as the compiler holds them. Integers (dates, instants, durations too) are bigint, reals are number. */
export type Value = null | boolean | number | bigint | string | readonly Value[] | ValueMap;
export type ValueMap = { readonly map: ReadonlyMap<string, Value> };

export const isMap = (value: Value): value is ValueMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** The element of a map at a key, as its keys are written, or of a list at a position; undefined where there is none. */
export function elementAt(of: Value, key: Value): Value | undefined {
  if (key === null || typeof key === 'object') return undefined;
  if (isMap(of)) return of.map.get(String(key));
  return isList(of) && (typeof key === 'bigint' || typeof key === 'number') ? of[Number(key)] : undefined;
}
