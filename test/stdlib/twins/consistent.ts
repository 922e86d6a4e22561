import { mix64 } from './random.ts';

/** BinomialHash: the index of a word among `size`, on bigint, by recursion over the capacity's levels. */
export function consistentIndex(word: bigint, size: bigint): bigint {
  if (size <= 1n) return 0n;
  let capacity = 1n;
  while (capacity < size) capacity *= 2n;
  let hash = word;
  for (let retry = 0; retry < 64; retry++) {
    const node = relocate(hash % capacity, hash);
    if (node < capacity / 2n) break;
    if (node < size) return node;
    hash = mix64(hash + 0xd1342543de82ef95n);
  }
  return relocate(word % (capacity / 2n), word);
}

function relocate(node: bigint, hash: bigint): bigint {
  if (node < 2n) return node;
  const level = BigInt(node.toString(2).length - 1);
  const first = 1n << level;
  return first + (mix64(hash + level * 0x9e3779b97f4a7c15n) % first);
}
