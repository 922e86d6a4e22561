import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDate } from '../../stdlib/zones/civil.ts';
import { formatDuration, formatTimestamp } from '../../stdlib/zones/format.ts';

describe('formatDate', () => {
  it.each([
    [0n, '1970-01-01'],
    [-1n, '1969-12-31'],
    [19_782n, '2024-02-29'],
    [-719_528n, '0000-01-01'],
    [-719_529n, '-000001-12-31'],
    [2_932_896n, '9999-12-31'],
    [2_932_897n, '+010000-01-01'],
  ])('%s days is %s', (days, text) => expect(formatDate(days)).toBe(text));

  it('agrees with Date where Date reaches', () =>
    fc.assert(
      fc.property(fc.integer({ min: -719_528, max: 2_932_896 }), (days) => {
        expect(formatDate(BigInt(days))).toBe(new Date(days * 86_400_000).toISOString().slice(0, 10));
      }),
    ));
});

it('formatTimestamp agrees with Date to the millisecond', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 }),
      fc.integer({ min: 0, max: 999 }),
      (ms, us) => {
        const expected = `${new Date(ms).toISOString().slice(0, -1)}${String(us).padStart(3, '0')}Z`;
        expect(formatTimestamp(BigInt(ms) * 1000n + BigInt(us))).toBe(expected);
      },
    ),
  ));

describe('formatDuration', () => {
  it.each([
    [0n, '0s'],
    [5_400_000_000n, '90min'],
    [86_400_000_000n, '1d'],
    [1_500_000n, '1500ms'],
    [-7n, '-7us'],
  ])('%s µs is %s', (micros, text) => expect(formatDuration(micros)).toBe(text));
});
