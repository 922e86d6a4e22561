import { mix64 } from './random.ts';

const M = (1n << 64n) - 1n;

/** The image of x under the bijection of 0 … size − 1. */
export function permute(key: bigint, x: bigint, size: bigint): bigint {
  let a = 1n;
  while (a * a < size) a++;
  const b = (size + a - 1n) / a;
  const pass = (from: bigint, second: bigint) => {
    const scramble = (value: bigint, round: bigint, side: bigint) => {
      const roundKey = mix64(key + round * 0x9e3779b97f4a7c15n) ^ second;
      let h = ((value ^ roundKey) * 0xbf58476d1ce4e5b9n) & M;
      h = ((h ^ (h >> 32n)) * 0x94d049bb133111ebn) & M;
      return ((h >> 32n) * side) >> 32n;
    };
    let value = from;
    do {
      let left = value / b;
      let right = value % b;
      for (let round = 0n; round < 6n; round += 2n) {
        left = (left + scramble(right, round, a)) % a;
        right = (right + scramble(left, round + 1n, b)) % b;
      }
      value = left * b + right;
    } while (value >= size);
    return value;
  };
  const once = pass(x, 0n);
  return size < 65_536n ? pass(once, 0xaaaaaaaaaaaaaaaan) : once;
}
