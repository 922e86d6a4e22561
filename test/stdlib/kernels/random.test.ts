import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadKernels } from '../../../stdlib/kernels/load.ts';
import { streamKey } from '../../../stdlib/kernels/streams.ts';
import { harness } from '../harness.ts';
import { chiSquare, kolmogorovSmirnov, rejected } from '../statistics.ts';
import * as twin from '../twins/random.ts';

const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const unsigned = (value: unknown) => BigInt.asUintN(64, typeof value === 'bigint' ? value : 0n);

test('the hash equals its twin', () => {
  const { exports } = loadKernels();
  fc.assert(
    fc.property(
      u64,
      fc.bigInt({ min: 0n, max: 2n ** 48n - 1n }),
      fc.nat(2 ** 21),
      fc.nat(5000),
      (stream, row, attempt, lane) => {
        const word = unsigned(exports.word!(stream, row, attempt, lane));
        expect(word).toBe(twin.word(stream, row, BigInt(attempt), BigInt(lane)));
        expect(exports.uniform!(word)).toBe(twin.uniform(word));
      },
    ),
  );
});

test('uniforms lie inside (0, 1), and 1 − u is exact', () => {
  const { exports } = loadKernels();
  for (const word of [0n, 1n, 0xfffn, 2n ** 63n, 2n ** 64n - 1n]) {
    const u = Number(exports.uniform!(word));
    expect(u).toBeGreaterThan(0);
    expect(u).toBeLessThan(1);
    expect(1 - (1 - u)).toBe(u);
  }
});

/** Changing these changes every dataset: only with a new version of the language. */
test('words are pinned', () => {
  const h = harness({ rows: 10_000, start: 1_000_000_007 });
  const sum = (attempts: number, stream: string) => {
    const words = harness({ rows: 10_000, start: 1_000_000_007, attempts });
    const slot = words.b.kernel('words', { kind: 'i64' }, [{ key: stream, group: null }]);
    let total = 0n;
    for (const word of words.view(slot)) total = BigInt.asUintN(64, total * 3n + BigInt(word));
    return total;
  };
  const stream = streamKey(20241204n, 'media', 'title', '0');
  expect(stream).toMatchInlineSnapshot(`"-1399580980671415790"`);
  expect(sum(0, stream)).toMatchInlineSnapshot(`6340680615157076335n`);
  expect(sum(3, stream)).toMatchInlineSnapshot(`2459993181437239381n`);
  let total = 0n;
  for (let row = 0n; row < 10_000n; row++) {
    total = BigInt.asUintN(
      64,
      total * 3n + BigInt.asIntN(64, twin.word(BigInt(stream), row + 1_000_000_007n, 3n, 0n)),
    );
  }
  expect(sum(3, stream)).toBe(total);
  expect(h.values(h.b.kernel('uniforms', { kind: 'f64' }, [{ key: stream, group: null }]))[0]).toBe(
    twin.uniform(twin.word(BigInt(stream), 1_000_000_007n, 0n, 0n)),
  );
});

test('stream keys tell names apart', () => {
  const keys = [
    streamKey(1n),
    streamKey(2n),
    streamKey(1n, ''),
    streamKey(1n, 'a', 'bc'),
    streamKey(1n, 'ab', 'c'),
    streamKey(1n, 'abc'),
    streamKey(1n, 'abc', ''),
    streamKey(1n, '', 'abc'),
    streamKey(-1n, 'abc'),
    streamKey(1n, 'é'),
    streamKey(1n, 'e\u0301'),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) expect(BigInt.asIntN(64, BigInt(key)).toString()).toBe(key);
});

/** False alarms over all tests of this block: 10^-4 (the seeds are fixed). */
test('uniforms are uniform and independent over rows, lanes, attempts and streams', () => {
  const rows = 1_000_000;
  const { exports } = loadKernels();
  const uniform = (stream: bigint, row: number, attempt: number, lane: number) =>
    Number(exports.uniform!(unsigned(exports.word!(stream, BigInt(row), attempt, lane))));
  const tests = new Map<string, number>();
  const walks = {
    rows: (i: number) => uniform(7n, i, 0, 0),
    attempts: (i: number) => uniform(7n, 3, i, 0),
    lanes: (i: number) => uniform(7n, 3, 0, i),
    streams: (i: number) => uniform(BigInt(i), 3, 0, 0),
    'rows a power of two apart': (i: number) => uniform(7n, i * 2 ** 20, 0, 0),
  };
  for (const [name, walk] of Object.entries(walks)) {
    const values = Float64Array.from({ length: rows }, (_, i) => walk(i));
    tests.set(`${name}, law`, kolmogorovSmirnov(values));
    const pairs = new Array<number>(64 * 64).fill(0);
    for (let i = 0; i + 1 < rows; i += 2)
      pairs[Math.floor(values[i]! * 64) * 64 + Math.floor(values[i + 1]! * 64)]! += 1;
    tests.set(
      `${name}, pairs`,
      chiSquare(
        pairs,
        pairs.map(() => rows / 2 / 4096),
      ),
    );
  }
  expect(rejected(tests, 1e-4)).toEqual([]);
});
