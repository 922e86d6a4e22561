import { describe, expect, test } from 'vitest';
import type { Arg, SlotRef } from '../../../stdlib/define.ts';
import { functions } from '../../../stdlib/functions/index.ts';
import { isNull, lowerCoalesce, lowerSelect } from '../../../stdlib/functions/select.ts';
import { BOOL, FLOAT64, INT64, type SlotKind, TEXT, type Type, UUID } from '../../../stdlib/types.ts';
import type { Value } from '../../../stdlib/value.ts';
import { type Harness, harness } from '../harness.ts';

const TRUTHS = [true, false, null] as const;
const pairs = TRUTHS.flatMap((x) => TRUTHS.map((y) => [x, y] as const));

/** SQL:1999, part 2, 8.15: and, or; `x implies y` is `not x or y`. */
const TABLES = {
  and: [true, false, null, false, false, false, null, false, null],
  or: [true, true, true, true, false, null, true, null, null],
  implies: [true, false, null, true, true, true, true, null, null],
};

const slotArg = (slot: SlotRef, type: Type): Arg => ({
  kind: 'slot',
  slot,
  type,
  domain: { kind: 'any', nullable: slot.nullable },
});
function apply(h: Harness, name: string, slots: readonly SlotRef[], type: Type): SlotRef {
  const overload = functions.get(name)?.overloads[0];
  if (typeof overload?.lower !== 'function') throw new Error(name);
  return overload.lower(
    h.b,
    slots.map((slot) => slotArg(slot, type)),
    type,
  ).slot;
}

describe('three-valued logic', () => {
  test.each(Object.entries(TABLES))('%s', (name, table) => {
    const h = harness({ rows: 9 });
    const [x, y] = [
      h.column(
        'bool',
        pairs.map(([a]) => a),
      ),
      h.column(
        'bool',
        pairs.map(([, c]) => c),
      ),
    ];
    expect(h.values(apply(h, name, [x, y], BOOL))).toEqual(table);
  });

  test('without nulls', () => {
    const h = harness({ rows: 4 });
    const [x, y] = [
      h.column('bool', [true, true, false, false]),
      h.column('bool', [true, false, true, false]),
    ];
    expect(h.values(apply(h, 'and', [x, y], BOOL))).toEqual([true, false, false, false]);
    expect(h.values(apply(h, 'or', [x, y], BOOL))).toEqual([true, true, true, false]);
    expect(h.values(apply(h, 'implies', [x, y], BOOL))).toEqual([true, false, true, true]);
  });

  test('a fault beside what settles the result is none', () => {
    const h = harness({ rows: 4 });
    const faulty = h.b.kernel('eq_f64', { kind: 'bool' }, [
      { slot: h.column('f64', Array(4).fill(Number.NaN)).step },
      { slot: h.column('f64', Array(4).fill(1)).step },
    ]);
    const known = h.column('bool', [true, false, true, false]);
    expect(h.values(apply(h, 'and', [faulty, known], BOOL))).toEqual(['poison', false, 'poison', false]);
    expect(h.values(apply(h, 'or', [known, faulty], BOOL))).toEqual([true, 'poison', true, 'poison']);
  });
});

describe('if', () => {
  const cases: readonly {
    kind: 'f64' | 'i64' | 'bool' | 'code' | 'str' | 'codes' | 'vec';
    type: Type;
    a: Value[];
    b: Value[];
    dictionary?: string[];
  }[] = [
    { kind: 'f64', type: FLOAT64, a: [1, 2, 3, 4], b: [5, 6, 7, 8] },
    { kind: 'i64', type: INT64, a: [1n, 2n, 3n, 4n], b: [5n, 6n, 7n, 8n] },
    { kind: 'bool', type: BOOL, a: [true, true, true, true], b: [false, false, false, false] },
    { kind: 'str', type: TEXT, a: ['', 'b', 'longer than sixteen bytes', 'd'], b: ['é', 'ff', 'g', ''] },
    {
      kind: 'code',
      type: { kind: 'enum', values: ['x', 'y'] },
      a: [0, 0, 0, 0],
      b: [1, 1, 1, 1],
      dictionary: ['x', 'y'],
    },
    {
      kind: 'codes',
      type: { kind: 'list', of: { kind: 'enum', values: ['x', 'y'] } },
      a: [[0], [0, 1], [], [1]],
      b: [[1, 1], [], [0], [0]],
      dictionary: ['x', 'y'],
    },
    {
      kind: 'vec',
      type: { kind: 'vector', dims: 2 },
      a: [
        [1, 2],
        [3, 4],
        [5, 6],
        [7, 8],
      ],
      b: [
        [0, 0],
        [0, 0],
        [0, 1],
        [0, 0],
      ],
    },
  ];
  const condition = [true, false, null, true];
  test.each(cases)('takes the branch of each row: $kind', ({ kind, type, a, b, dictionary }) => {
    const h = harness({ rows: 4 });
    const chosen = lowerSelect(
      h.b,
      h.column('bool', condition),
      h.column(kind, a, dictionary),
      h.column(kind, b, dictionary),
      type,
    );
    expect(h.values(chosen)).toEqual(condition.map((taken, i) => (taken === true ? a[i] : b[i])));
    expect(chosen.nullable).toBe(false);
  });

  test.each(cases.filter(({ kind }) => kind !== 'vec'))(
    'takes nulls like any value: $kind',
    ({ kind, type, a, b, dictionary }) => {
      const h = harness({ rows: 4 });
      const holed: Value[] = [null, ...a.slice(1)];
      const chosen = lowerSelect(
        h.b,
        h.column('bool', condition),
        h.column(kind, holed, dictionary),
        h.column(kind, b, dictionary),
        type,
      );
      expect(h.values(chosen)).toEqual(condition.map((taken, i) => (taken === true ? holed[i] : b[i])));
    },
  );

  test('enums of other dictionaries are brought to the type’s', () => {
    const h = harness({ rows: 2 });
    const values = ['a', 'b', 'c'];
    const chosen = lowerSelect(
      h.b,
      h.column('bool', [true, false]),
      h.column('code', ['a', 'a'], ['a']),
      h.column('code', ['c', 'c'], ['b', 'c']),
      { kind: 'enum', values },
    );
    expect(chosen.dictionary).toEqual(values);
    expect(h.values(chosen)).toEqual([0, 2]);
  });

  test('coalesce fills holes and sees through several', () => {
    const h = harness({ rows: 3 });
    const overload = functions.get('coalesce')?.overloads[0];
    if (typeof overload?.lower !== 'function') throw new Error('coalesce');
    const slots = [
      h.column('i64', [1n, null, null]),
      h.column('i64', [5n, 6n, null]),
      h.column('i64', [7n, 8n, 9n]),
    ];
    const { slot } = overload.lower(
      h.b,
      slots.map((each) => slotArg(each, INT64)),
      INT64,
    );
    expect(h.values(slot)).toEqual([1n, 6n, 9n]);
    expect(slot.nullable).toBe(false);
  });
});

describe('faults', () => {
  const XY: Type = { kind: 'enum', values: ['x', 'y'] };
  const POISON = -(2n ** 63n);
  /** A value of each kind, and its poison: as columns take it, and as they give it where that differs. */
  const kinds: readonly {
    readonly kind: SlotKind;
    readonly type: Type;
    readonly sound: Value;
    readonly poison: Value;
    readonly shown?: Value;
  }[] = [
    { kind: 'f64', type: FLOAT64, sound: 1, poison: Number.NaN },
    { kind: 'i64', type: INT64, sound: 1n, poison: POISON },
    { kind: 'bool', type: BOOL, sound: true, poison: 'poison' },
    { kind: 'code', type: XY, sound: 1, poison: -1 },
    { kind: 'str', type: TEXT, sound: 'a', poison: 'poison', shown: '\ufffd' },
    {
      kind: 'uuid',
      type: UUID,
      sound: '00000000-0000-4000-8000-000000000001',
      poison: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
    },
    { kind: 'vec', type: { kind: 'vector', dims: 2 }, sound: [1, 2], poison: [Number.NaN, Number.NaN] },
    { kind: 'codes', type: { kind: 'list', of: XY }, sound: [1], poison: [-1] },
    { kind: 'i64s', type: { kind: 'list', of: INT64 }, sound: [1n], poison: [POISON] },
    { kind: 'f64s', type: { kind: 'list', of: FLOAT64 }, sound: [1], poison: [Number.NaN] },
  ];
  const columnOf = (h: Harness, kind: SlotKind, values: readonly Value[]): SlotRef =>
    h.column(kind, values, kind.startsWith('code') ? ['x', 'y'] : undefined);

  test.each(kinds)(
    'of a condition make the choice one: $kind',
    ({ kind, type, sound, poison, shown = poison }) => {
      const h = harness({ rows: 3 });
      const condition = h.column('bool', [true, 'poison', false]);
      const column = columnOf(h, kind, [sound, sound, sound]);
      const holed = columnOf(h, kind, [sound, null, null]);
      expect(h.values(lowerSelect(h.b, condition, column, column, type))).toEqual([sound, shown, sound]);
      expect(h.values(lowerSelect(h.b, condition, column, holed, type))).toEqual([sound, shown, null]);
    },
  );

  test.each(kinds)('are not known to be null or not: $kind', ({ kind, sound, poison }) => {
    const h = harness({ rows: 3 });
    expect(h.values(isNull(h.b, columnOf(h, kind, [sound, null, poison])))).toEqual([false, true, 'poison']);
    expect(h.values(isNull(h.b, columnOf(h, kind, [sound, sound, poison])))).toEqual([
      false,
      false,
      'poison',
    ]);
  });

  test.each(kinds)('are not filled by coalesce: $kind', ({ kind, type, sound, poison, shown = poison }) => {
    const h = harness({ rows: 3 });
    const [x, y] = [columnOf(h, kind, [sound, null, poison]), columnOf(h, kind, [sound, sound, sound])];
    expect(h.values(lowerCoalesce(h.b, x, y, type))).toEqual([sound, sound, shown]);
  });
});
