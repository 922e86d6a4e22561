const MASK = 0xffff_ffff_ffff_ffffn;

/**
 * The key of a random stream: a 64-bit hash of the seed and of names (table, column path, ordinal, purpose …), as the
 * decimal digits of the signed integer that kernels take. Each name is hashed with its length, so that `['a', 'bc']` and
 * `['ab', 'c']` are different streams. FNV-1a over the UTF-8 bytes, mixed after each name by splitmix64's finaliser.
 */
export function streamKey(seed: bigint, ...names: readonly string[]): string {
  let hash = mix64(seed + 0x9e37_79b9_7f4a_7c15n);
  for (const name of names) {
    const bytes = new TextEncoder().encode(name);
    let part = (0xcbf2_9ce4_8422_2325n ^ hash) & MASK;
    for (const byte of bytes) part = ((part ^ BigInt(byte)) * 0x100_0000_01b3n) & MASK;
    hash = mix64(part + BigInt(bytes.length) * 0x9e37_79b9_7f4a_7c15n + 1n);
  }
  return BigInt.asIntN(64, hash).toString();
}

function mix64(value: bigint): bigint {
  let x = value & MASK;
  x = ((x ^ (x >> 30n)) * 0xbf58_476d_1ce4_e5b9n) & MASK;
  x = ((x ^ (x >> 27n)) * 0x94d0_49bb_1331_11ebn) & MASK;
  return x ^ (x >> 31n);
}
