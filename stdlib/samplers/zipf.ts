import type { Builder, DrawContext, ScalarMath, SlotRef } from '../define.ts';
import { aliasCells } from './alias.ts';

const LARGEST_HEAD = 2 ** 16;
/** The head may be small once so little is left over. */
const SMALL_TAIL = 0.01;

/**
 * Ranks 1 … n (plus `shift`) with probability ∝ rank^−s. The first ranks come from an alias table, whose last cell stands
 * for the rest, drawn by rejection-inversion: exact, and as fast as the head is heavy.
 */
export function zipfRanks(b: Builder, key: DrawContext['key'], n: number, s: number, shift: number): SlotRef {
  const cells = aliasCells(headWeights(b.math, n, s));
  return b.kernel('zipf', { kind: 'i64' }, [
    key,
    b.blob(cells),
    { i32: cells.length },
    { i64: String(n) },
    { f64: s },
    { i64: String(shift) },
  ]);
}

/** Weights of the ranks below some power of two, then that of all the others together. */
export function headWeights(m: ScalarMath, n: number, s: number): readonly number[] {
  const weights: number[] = [];
  const most = Math.min(n, LARGEST_HEAD);
  let sum = 0;
  for (let k = 1; k < most; k++) {
    const weight = m.pow(k, -s);
    weights.push(weight);
    sum += weight;
    if (k >= 255 && ((k + 1) & k) === 0) {
      const rest = tailWeight(m, k + 1, n, s);
      if (rest < SMALL_TAIL * (sum + rest)) break;
    }
  }
  return [...weights, tailWeight(m, weights.length + 1, n, s)];
}

/** Σ k^−s, k = a … n, by the Euler–Maclaurin formula from 256 on. */
function tailWeight(m: ScalarMath, a: number, n: number, s: number): number {
  let sum = 0;
  let from = a;
  for (; from <= n && from < 256; from++) sum += m.pow(from, -s);
  if (from > n) return sum;
  const log = (x: number) => m.log(x);
  // (n^(1−s) − a^(1−s)) / (1 − s), also near s = 1.
  const exponent = (1 - s) * log(n / from);
  const ratio = Math.abs(exponent) < 1e-9 ? 1 + exponent / 2 : m.expm1(exponent) / exponent;
  const integral = m.pow(from, 1 - s) * log(n / from) * ratio;
  const ends = (m.pow(from, -s) + m.pow(n, -s)) / 2;
  const slope = (s / 12) * (m.pow(from, -s - 1) - m.pow(n, -s - 1));
  const third = ((s * (s + 1) * (s + 2)) / 720) * (m.pow(from, -s - 3) - m.pow(n, -s - 3));
  return sum + integral + ends + slope - third;
}
