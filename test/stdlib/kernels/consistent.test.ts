import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadKernels } from '../../../stdlib/kernels/load.ts';
import { chiSquare, rejected } from '../statistics.ts';
import { consistentIndex } from '../twins/consistent.ts';
import { mix64 } from '../twins/random.ts';

const { exports } = loadKernels();
const index = (word: bigint, size: bigint) => BigInt(String(exports.consistentIndex!(word, size)));

test('equals its twin', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 64n - 1n), fc.bigInt(1n, 2n ** 48n), (word, size) => {
      expect(index(word, size)).toBe(consistentIndex(word, size));
    }),
  );
});

test('from size to size + 1 a word keeps its index or moves to the new one', () => {
  for (let i = 0n; i < 300n; i++) {
    const word = mix64(i);
    let before = 0n;
    for (let size = 2n; size < 600n; size++) {
      const after = index(word, size);
      if (after !== before) expect(after).toBe(size - 1n);
      before = after;
    }
  }
});

/** False alarms over all: 10^-4. */
test('is uniform', () => {
  const tests = new Map<string, number>();
  const words = 200_000;
  for (const size of [1, 2, 3, 5, 8, 9, 100, 127, 128, 129, 1000]) {
    const counts = new Array<number>(size).fill(0);
    for (let i = 0; i < words; i++) counts[Number(index(mix64(BigInt(i) * 3n + 1n), BigInt(size)))]! += 1;
    tests.set(
      String(size),
      chiSquare(
        counts,
        counts.map(() => words / size),
      ),
    );
  }
  expect(rejected(tests, 1e-4)).toEqual([]);
});
