import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellToJson } from '../../cli/values/json.ts';
import { formatDecimal, formatFloat32 } from '../../cli/values/number.ts';
import type { Type } from '../../stdlib/types.ts';
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

it('formatFloat32 is the shortest decimal that reads back', () =>
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Math.fround(Number(formatFloat32(value)))).toBe(value + 0);
      expect(formatFloat32(value).length).toBeLessThanOrEqual(String(value).length);
    }),
  ));

it.each([
  [1250n, 2, '12.50'],
  [-5n, 3, '-0.005'],
  [7n, 0, '7'],
])('%s at scale %d is %s', (value, scale, text) => expect(formatDecimal(value, scale)).toBe(text));

describe('cellToJson', () => {
  const int64: Type = { kind: 'int', bits: 64, signed: true };
  it.each([
    [int64, 9_007_199_254_740_993n, '9007199254740993'],
    [{ kind: 'float', bits: 64 }, 0.1, '0.1'],
    [{ kind: 'float', bits: 32 }, Math.fround(0.1), '0.1'],
    [{ kind: 'decimal', precision: 9, scale: 2 }, 1250n, '12.50'],
    [{ kind: 'timestamp' }, 0n, '"1970-01-01T00:00:00.000000Z"'],
    [{ kind: 'duration' }, 90n, '90'],
    [{ kind: 'text' }, 'a "b"\n', '"a \\"b\\"\\n"'],
    [{ kind: 'json' }, '{"a":\n1}', '{"a": 1}'],
    [{ kind: 'list', of: { kind: 'text' } }, ['a', null], '["a",null]'],
    [{ kind: 'vector', dims: 2 }, [Math.fround(0.5), Math.fround(0.1)], '[0.5,0.1]'],
    [{ kind: 'bool' }, true, 'true'],
    [{ kind: 'date' }, null, 'null'],
  ] as const satisfies readonly (readonly [Type, Parameters<typeof cellToJson>[1], string])[])(
    '%j %s is %s',
    (type, cell, text) => {
      expect(cellToJson(type, cell)).toBe(text);
    },
  );
});
