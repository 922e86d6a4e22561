import { mix64 } from './random';
import { I64_POISON, setPoisonUuid } from './slots';

const HALF: u64 = 0x1fffffffffffffff;

/**
 * UUIDs, injective in x for a key: a Feistel network on 122 bits, then the version (4) and variant bits of RFC 9562.
 */
export function uuid_of(n: i32, key: i64, x: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const value = load<u64>(x + (<usize>i << 3));
    if (<i64>value == I64_POISON) {
      setPoisonUuid(out, i);
      continue;
    }
    let left = value >>> 61;
    let right = value & HALF;
    for (let round: u64 = 0; round < 6; round += 2) {
      left ^= mix64(right ^ mix64(key + round * 0x9e3779b97f4a7c15)) & HALF;
      right ^= mix64(left ^ mix64(key + (round + 1) * 0x9e3779b97f4a7c15)) & HALF;
    }
    // 48 bits · version · 12 bits | variant · 62 bits; the 122 bits are left (61) then right (61).
    const high = ((left >>> 13) << 16) | 0x4000 | ((left >>> 1) & 0xfff);
    const low = 0x8000000000000000 | ((left & 1) << 61) | right;
    store<u64>(out + (<usize>i << 4), bswap<u64>(high));
    store<u64>(out + (<usize>i << 4), bswap<u64>(low), 8);
  }
}
