import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shardSizes } from '../../compiler/5-lower/shards.ts';

const bytes = fc.double({ min: 0, max: 1e6, noNaN: true });
const rows = fc.oneof(fc.integer({ min: 1, max: 10 ** 6 }), fc.integer({ min: 1, max: 2 ** 48 }));

test('a file is whole row groups, and no table has more than a million files', () => {
  fc.assert(
    fc.property(bytes, rows, (bytesPerRow, count) => {
      const { shardRows, unitRows } = shardSizes(bytesPerRow, count);
      expect(shardRows % unitRows).toBe(0);
      expect(Math.ceil(count / shardRows)).toBeLessThanOrEqual(1_000_000);
    }),
  );
});

test('files are of the same rows however many rows the table has, up to a million files', () => {
  fc.assert(
    fc.property(bytes, rows, (bytesPerRow, count) => {
      const least = shardSizes(bytesPerRow, 1);
      const { shardRows, unitRows } = shardSizes(bytesPerRow, count);
      expect(unitRows).toBe(least.unitRows);
      if (count <= 1_000_000 * least.shardRows) expect(shardRows).toBe(least.shardRows);
      else expect(Math.ceil((2 * count) / shardRows)).toBeGreaterThan(1_000_000);
    }),
  );
});
