/** Constants as the compiler holds them. Integers (dates, instants, durations too) are bigint, reals are number. */
export type Value = null | boolean | number | bigint | string | readonly Value[] | ValueMap;
export type ValueMap = { readonly map: ReadonlyMap<string, Value> };

export const isMap = (value: Value): value is ValueMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
