import { baseAt, laneOf, mix64 } from './random';

/** Retries: each fails with probability below one half, so the bias is below 2^-64. */
const RETRIES: i32 = 64;

/** Another node of the same level of the tree, by the hash alone: what falls from a level spreads over the levels below. */
// @ts-ignore: decorator
@inline
function relocate(node: u64, hash: u64): u64 {
  if (node < 2) return node;
  const level: u64 = 63 - clz(node);
  const first: u64 = 1 << level;
  return first + (mix64(hash + level * 0x9e3779b97f4a7c15) & (first - 1));
}

/**
 * Uniform on 0 … size − 1, and stable: from size to size + 1 a word keeps its index or moves to the new one.
 * M. Coluzzi et al., BinomialHash: a constant time, minimal memory consistent hash algorithm (2024).
 */
export function consistentIndex(word: u64, size: u64): u64 {
  if (size <= 1) return 0;
  const capacity: u64 = 1 << (64 - clz(size - 1));
  const half = capacity >>> 1;
  let hash = word;
  for (let i = 0; i < RETRIES; i++) {
    const node = relocate(hash & (capacity - 1), hash);
    if (node < half) break;
    if (node < size) return node;
    hash = mix64(hash + 0xd1342543de82ef95);
  }
  return relocate(word & (half - 1), word);
}

export function consistent(n: i32, stream: i64, rows: usize, attempts: usize, size: i64, out: usize): void {
  for (let i = 0; i < n; i++) {
    store<i64>(out + (<usize>i << 3), consistentIndex(laneOf(baseAt(stream, rows, attempts, i), 0), size));
  }
}
