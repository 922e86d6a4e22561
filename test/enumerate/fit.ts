import { expect } from 'vitest';
import { chiSquare } from '../stdlib/statistics.ts';
import type { Joint } from './reference.ts';

/** p of the counts under the law; what cannot occur must not. */
export function fitOf(counts: ReadonlyMap<string, number>, law: Joint, rows: number): number {
  expect([...counts.keys()].filter((key) => !law.has(key))).toEqual([]);
  const keys = [...law.keys()];
  return chiSquare(
    keys.map((key) => counts.get(key) ?? 0),
    keys.map((key) => law.get(key)! * rows),
  );
}
