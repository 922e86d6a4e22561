import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { streamKey } from '../../../stdlib/kernels/streams.ts';
import { harness } from '../harness.ts';
import { chiSquare, rejected } from '../statistics.ts';
import { permute } from '../twins/permutation.ts';

function images(size: number | bigint, key: string, xs: readonly (number | bigint)[]) {
  const h = harness({ rows: xs.length });
  const there = h.b.kernel('permute', { kind: 'i64' }, [
    { i64: key },
    { slot: h.column('i64', [...xs]).step },
    { i64: String(size) },
  ]);
  const back = h.b.kernel('unpermute', { kind: 'i64' }, [
    { i64: key },
    { slot: there.step },
    { i64: String(size) },
  ]);
  return {
    there: h.values(there).map((x) => BigInt(Number(x))),
    back: h.values(back).map((x) => BigInt(Number(x))),
  };
}

describe('permutations', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8, 15, 16, 17, 99, 100, 101, 1000, 65_535, 65_536, 65_537, 99_999])(
    'are bijections of 0 … %i',
    (size) => {
      const { there, back } = images(
        size,
        streamKey(5n, 'p'),
        Array.from({ length: size }, (_, i) => i),
      );
      expect(new Set(there).size).toBe(size);
      expect(there.every((x) => x >= 0n && x < BigInt(size))).toBe(true);
      expect(back.every((x, i) => x === BigInt(i))).toBe(true);
    },
  );

  test('are undone the same with a table of the first images', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(5, 1000, 70_000, 10 ** 9),
        fc.array(fc.integer({ min: 0, max: 10 ** 9 }), { minLength: 1, maxLength: 50 }),
        (size, wanted) => {
          const hot = Math.min(size, 20);
          const h = harness({ rows: 70 });
          const xs = [...Array.from({ length: 20 }, (_, i) => i), ...wanted].map((x) => x % size);
          const column = h.column(
            'i64',
            Array.from({ length: 70 }, (_, i) => xs[i] ?? 0),
          ).step;
          const [key, n] = [{ i64: '77' }, { i64: String(size) }] as const;
          const plain = h.b.kernel('unpermute', { kind: 'i64' }, [key, { slot: column }, n]);
          const first = BigInt64Array.from(h.values(plain).slice(0, hot), (x) => BigInt(Number(x)));
          const table = [h.b.blob(first), { i32: hot }] as const;
          const looked = h.b.kernel('unpermute_hot', { kind: 'i64' }, [key, { slot: column }, n, ...table]);
          expect(h.values(looked)).toEqual(h.values(plain));
        },
      ),
      { numRuns: 50, seed: 2 },
    );
  });

  test('equal their twin, and are undone, up to 2^48', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.bigInt(1n, 2n ** 16n), fc.bigInt(1n, 2n ** 32n)),
        fc.bigInt({ min: 0n, max: 2n ** 64n }),
        fc.bigInt(0n, 2n ** 63n - 1n),
        (size, pick, key) => {
          const x = pick % size;
          const { there, back } = images(size, String(key), [x]);
          expect(there).toEqual([permute(key, x, size)]);
          expect(back).toEqual([x]);
        },
      ),
      { numRuns: 30 },
    );
    for (const size of [2n ** 48n, 2n ** 48n - 59n]) {
      const xs = [0n, 1n, size / 3n, size - 1n];
      expect(images(size, '-77', xs).back).toEqual(xs);
    }
  });

  test('outside of 0 … size − 1 there is poison', () => {
    expect(images(10, '3', [-1, 10]).there).toEqual([-(2n ** 63n), -(2n ** 63n)]);
  });

  /** False alarms over all: 10^-4. */
  test('send each value anywhere, and neighbours apart', () => {
    const tests = new Map<string, number>();
    for (const [kernel, size] of ['permute', 'permute_by'].flatMap((name) =>
      [2, 3, 5, 12, 100].map((size) => [name, size] as const),
    )) {
      const first = new Array<number>(size).fill(0);
      const steps = new Array<number>(size).fill(0);
      const keys = 20_000;
      for (let k = 0; k < keys; k++) {
        const there = images2(kernel, size, streamKey(9n, String(k)));
        first[there[0]!]! += 1;
        steps[(there[1]! - there[0]! + size) % size]! += 1;
      }
      tests.set(
        `${kernel}: image of 0 of ${size}`,
        chiSquare(
          first,
          first.map(() => keys / size),
        ),
      );
      tests.set(
        `${kernel}: step of ${size}`,
        chiSquare(
          steps.slice(1),
          steps.slice(1).map(() => keys / (size - 1)),
        ),
      );
    }
    expect(rejected(tests, 1e-4)).toEqual([]);
  });

  test('of a size for each row are those of that size', () => {
    const sizes = [5n, 65_535n, 65_536n, 1n, POISON, 0n, 5n, 5n];
    const xs = [4n, 65_534n, 0n, 0n, 3n, 0n, 5n, POISON];
    const h = harness({ rows: sizes.length });
    const image = h.b.kernel('permute_by', { kind: 'i64' }, [
      { i64: '77' },
      { slot: h.column('i64', xs).step },
      { slot: h.column('i64', sizes).step },
    ]);
    const expected = sizes.map((size, i) =>
      size > 0n && xs[i]! >= 0n && xs[i]! < size ? permute(77n, xs[i]!, size) : POISON,
    );
    expect([...h.view(image)]).toEqual(expected);
  });
});
const POISON = -(2n ** 63n);

/** The images of 0 and 1, on one shared instance. */
const shared = harness({ rows: 2 });
const zeroOne = shared.column('i64', [0, 1]);
const sizesOf = new Map<number, number>();
function images2(kernel: string, size: number, key: string): readonly number[] {
  const known = sizesOf.get(size) ?? shared.column('i64', [size, size]).step;
  sizesOf.set(size, known);
  const slot = shared.b.kernel(kernel, { kind: 'i64' }, [
    { i64: key },
    { slot: zeroOne.step },
    kernel === 'permute' ? { i64: String(size) } : { slot: known },
  ]);
  return shared.values(slot).map(Number);
}

describe('uuids', () => {
  const uuids = (xs: readonly (number | bigint)[], key = '42') => {
    const h = harness({ rows: xs.length });
    return h
      .values(
        h.b.kernel('uuid_of', { kind: 'uuid' }, [{ i64: key }, { slot: h.column('i64', [...xs]).step }]),
      )
      .map(String);
  };
  test('are of version 4, distinct, and another for another key', () => {
    const all = uuids(Array.from({ length: 100_000 }, (_, i) => i));
    expect(new Set(all).size).toBe(all.length);
    for (const uuid of all.slice(0, 1000))
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuids([0], '43')).not.toEqual(uuids([0], '42'));
  });
  test('of a fault are all ones, as no other is', () => {
    expect(uuids([-(2n ** 63n)])).toEqual(['ffffffff-ffff-ffff-ffff-ffffffffffff']);
  });
  test('differ wherever one bit of x differs', () => {
    const xs = [0n, ...Array.from({ length: 63 }, (_, bit) => 1n << BigInt(bit))];
    expect(new Set(uuids(xs)).size).toBe(xs.length);
  });
  test('have balanced bits', () => {
    const all = uuids(Array.from({ length: 20_000 }, (_, i) => i)).map((uuid) =>
      BigInt(`0x${uuid.replaceAll('-', '')}`),
    );
    for (let bit = 0n; bit < 128n; bit++) {
      const ones = all.filter((value) => (value >> bit) & 1n).length / all.length;
      // 122 binomial tests at 6 standard deviations: false alarm 3 · 10^-7.
      if ((bit < 76n || bit > 79n) && bit !== 62n && bit !== 63n)
        expect(Math.abs(ones - 0.5)).toBeLessThan((6 * 0.5) / Math.sqrt(20_000));
    }
  });
});
