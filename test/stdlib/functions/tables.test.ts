import { describe, expect, test } from 'vitest';
import type { Arg, DataTable, SlotRef } from '../../../stdlib/define.ts';
import { functions, lowerDataField, lowerIndex, lowerIndexed } from '../../../stdlib/functions/index.ts';
import { FLOAT64, INT64, TEXT, type Type } from '../../../stdlib/types.ts';
import type { Value } from '../../../stdlib/value.ts';
import { type Harness, harness } from '../harness.ts';

const map = (entries: Readonly<Record<string, Value>>): Value => ({ map: new Map(Object.entries(entries)) });
const constant = (value: Value, type: Type = FLOAT64): Arg => ({ kind: 'constant', value, type });
const slotArg = (slot: SlotRef, type: Type): Arg => ({
  kind: 'slot',
  slot,
  type,
  domain: { kind: 'any', nullable: slot.nullable },
});
const enumArg = (h: Harness, texts: readonly string[], values: readonly string[]): Arg =>
  slotArg(h.column('code', texts, values), { kind: 'enum', values });

describe('a map at an enum', () => {
  test('by the enum’s texts, whatever their codes', () => {
    const h = harness({ rows: 3 });
    const by = enumArg(h, ['b', 'a', 'c'], ['c', 'a', 'b']);
    const found = lowerIndexed(h.b, constant(map({ a: 1, b: 2.5, c: 3 })), by, FLOAT64);
    expect(h.values(found.slot)).toEqual([2.5, 1, 3]);
  });

  test('a key that the map lacks is a fault of its rows only', () => {
    const h = harness({ rows: 2 });
    const by = enumArg(h, ['a', 'b'], ['a', 'b']);
    expect(h.values(lowerIndexed(h.b, constant(map({ a: 1 })), by, FLOAT64).slot)).toEqual([1, Number.NaN]);
    expect(h.values(lowerIndexed(h.b, constant(map({ a: 1n })), by, INT64).slot)).toEqual([1n, -(2n ** 63n)]);
    expect(h.values(lowerIndexed(h.b, constant(map({ a: 'x' })), by, TEXT).slot)).toEqual([0, -1]);
  });

  test('of maps is a choice, and at a second enum a value', () => {
    const h = harness({ rows: 4 });
    const [x, y] = [
      enumArg(h, ['p', 'q', 'p', 'q'], ['p', 'q']),
      enumArg(h, ['u', 'u', 'v', 'v'], ['v', 'u']),
    ];
    const table = constant(map({ p: map({ u: 1, v: 2 }), q: map({ u: 3, v: 4 }) }));
    const choice = lowerIndex(h.b, table, x, { kind: 'map', keys: ['u', 'v'], of: FLOAT64 });
    expect(choice.kind).toBe('choice');
    expect(h.values(lowerIndexed(h.b, choice, y, FLOAT64).slot)).toEqual([1, 3, 2, 4]);
    expect(h.values(lowerIndexed(h.b, choice, constant('v', TEXT), FLOAT64).slot)).toEqual([2, 4, 2, 4]);
  });

  test('of nulls is null there', () => {
    const h = harness({ rows: 2 });
    const found = lowerIndexed(
      h.b,
      constant(map({ a: null, b: 2 })),
      enumArg(h, ['a', 'b'], ['a', 'b']),
      FLOAT64,
    );
    expect(h.values(found.slot)).toEqual([null, 2]);
  });

  test('a list at an integer, from 0; beyond it is a fault', () => {
    const h = harness({ rows: 4 });
    const by = slotArg(h.column('i64', [0n, 2n, 3n, -1n]), INT64);
    expect(h.values(lowerIndexed(h.b, constant([10n, 20n, 30n], INT64), by, INT64).slot)).toEqual([
      10n,
      30n,
      -(2n ** 63n),
      -(2n ** 63n),
    ]);
  });
});

test('a column of a drawn data row', () => {
  const h = harness({ rows: 4 });
  const data: DataTable = {
    name: 'cities',
    rows: 3,
    hash: '',
    columns: [
      { name: 'country', type: TEXT, values: ['FR', 'MA', 'FR'] },
      { name: 'population', type: INT64, values: [2_000_000n, 3_700_000n, 500_000n] },
      { name: 'area', type: FLOAT64, values: [105.4, null, 47.9] },
    ],
  };
  const row = h.column('code', [2, 0, 1, 0]);
  const country = lowerDataField(h.b, row, data, 'country');
  expect(h.values(country.slot).map((code) => country.slot.dictionary?.[Number(code)])).toEqual([
    'FR',
    'FR',
    'MA',
    'FR',
  ]);
  expect(h.values(lowerDataField(h.b, row, data, 'population').slot)).toEqual([
    500_000n,
    2_000_000n,
    3_700_000n,
    2_000_000n,
  ]);
  expect(h.values(lowerDataField(h.b, row, data, 'area').slot)).toEqual([47.9, 105.4, null, 105.4]);
});

test('a data table at the number of a row', () => {
  const h = harness({ rows: 3 });
  const data: DataTable = {
    name: 'grades',
    rows: 2,
    columns: [{ name: 'low', type: INT64, values: [90n, 70n] }],
    hash: '',
  };
  const by = slotArg(h.column('i64', [1n, 0n, 2n]), INT64);
  const row = lowerIndexed(h.b, { kind: 'data', name: 'grades', data }, by, { kind: 'row', data: 'grades' });
  expect(h.values(row.slot)).toEqual([1, 0, -1]);
  expect(h.values(lowerDataField(h.b, row.slot, data, 'low').slot)).toEqual([70n, 90n, -(2n ** 63n)]);
});

describe('vectors', () => {
  const call = (h: Harness, name: string, args: readonly Arg[], type: Type): SlotRef => {
    const lower = functions.get(name)?.overloads[0]?.lower;
    if (typeof lower !== 'function') throw new Error(name);
    return lower(h.b, args, type).slot;
  };
  const labels = ['x', 'y', 'z', 'w'];
  const type: Type = { kind: 'vector', dims: 4, labels };
  const rows = [
    [0.1, 0.5, 0.4, 0],
    [0.25, 0.25, 0.25, 0.25],
    [0, 0, 0, 1],
    [0.3, 0.1, 0.3, 0.3],
  ];

  test.each([1, 3, 8, 9, 20])('of %i components', (dims) => {
    const h = harness({ rows: 2 });
    const parts = Array.from({ length: dims }, (_, i) => slotArg(h.column('f64', [i, -i - 0.5]), FLOAT64));
    const slot = call(h, 'vector', parts, { kind: 'vector', dims });
    expect(slot.width).toBe(dims);
    expect(h.values(slot)).toEqual([parts.map((_, i) => i), parts.map((_, i) => -i - 0.5)]);
  });

  test('argmax takes the first of the greatest', () => {
    const h = harness({ rows: 4 });
    const slot = call(h, 'argmax', [slotArg(h.column('vec', rows), type)], { kind: 'enum', values: labels });
    expect(h.values(slot)).toEqual([1, 0, 3, 0]);
  });

  test('top takes the greatest above the bound, in order', () => {
    const h = harness({ rows: 4 });
    const vec = slotArg(h.column('vec', rows), type);
    const top = (k: bigint, above: Value) =>
      h.values(call(h, 'top', [vec, constant(k, INT64), constant(above)], { kind: 'list', of: TEXT }));
    expect(top(2n, 0.2)).toEqual([[1, 2], [0, 1], [3], [0, 2]]);
    expect(top(9n, null)).toEqual([
      [1, 2, 0, 3],
      [0, 1, 2, 3],
      [3, 0, 1, 2],
      [0, 2, 3, 1],
    ]);
    expect(top(3n, 0.5)).toEqual([[], [], [3], []]);
  });
});
