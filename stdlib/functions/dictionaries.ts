import type { Builder, SlotRef } from '../define.ts';

/** The texts of both, the first's in front. */
export function unionOf(a: readonly string[], b: readonly string[]): readonly string[] {
  if (sameTexts(a, b)) return a;
  const known = new Set(a);
  return [...a, ...b.filter((text) => !known.has(text))];
}

/** The same texts under the codes of another dictionary; a text that it lacks is a fault. */
export function remapCodes(b: Builder, slot: SlotRef, dictionary: readonly string[]): SlotRef {
  const own = slot.dictionary ?? [];
  if (sameTexts(own, dictionary)) return slot;
  const codes = new Map(dictionary.map((text, code) => [text, code]));
  return b.kernel('lookup_code', { kind: 'code', dictionary }, [
    { slot: slot.step },
    b.blob(Int32Array.from(own, (text) => codes.get(text) ?? -1)),
    { i32: own.length },
  ]);
}

export const sameTexts = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((text, i) => text === b[i]));

/** Order of texts everywhere: by code points, which is that of their UTF-8 bytes. */
export function compareText(a: string, b: string): number {
  const [x, y] = [Array.from(a), Array.from(b)];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const difference = (x[i]?.codePointAt(0) ?? 0) - (y[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return x.length - y.length;
}
