/** The hash, slowly: arithmetic modulo 2^64 on bigint. */
const M = (1n << 64n) - 1n;

export function mix64(value: bigint): bigint {
  let x = value & M;
  x = ((x ^ (x >> 30n)) * 0xbf58476d1ce4e5b9n) & M;
  x = ((x ^ (x >> 27n)) * 0x94d049bb133111ebn) & M;
  return x ^ (x >> 31n);
}

export function word(stream: bigint, row: bigint, attempt: bigint, lane: bigint): bigint {
  const s = stream & M;
  const inner = mix64(s + row * 0x9e3779b97f4a7c15n) ^ s;
  return mix64(inner + ((attempt << 32n) + lane) * 0xd1342543de82ef95n);
}

/** (w's upper 52 bits + 1/2) / 2^52. */
export const uniform = (w: bigint): number => (2 * Number(w >> 12n) + 1) / 2 ** 53;
