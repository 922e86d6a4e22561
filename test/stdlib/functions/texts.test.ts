import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Arg, Operand, SlotRef } from '../../../stdlib/define.ts';
import { compareText } from '../../../stdlib/functions/dictionaries.ts';
import { functions, lowerCast } from '../../../stdlib/functions/index.ts';
import { BOOL, FLOAT64, INT64, TEXT, type Type } from '../../../stdlib/types.ts';
import type { Value } from '../../../stdlib/value.ts';
import { type Harness, harness } from '../harness.ts';

const slotArg = (slot: SlotRef, type: Type): Arg => ({
  kind: 'slot',
  slot,
  type,
  domain: { kind: 'any', nullable: slot.nullable },
});
const textArg = (value: string): Arg => ({ kind: 'constant', value, type: TEXT });

function call(h: Harness, name: string, args: readonly Arg[], first: string, type: Type): SlotRef {
  const overload = functions.get(name)?.overloads.find(({ params }) => params[0]?.type === first);
  if (typeof overload?.lower !== 'function') throw new Error(name);
  return overload.lower(h.b, args, type).slot;
}

const texts = [
  ...fc.sample(fc.string({ unit: 'grapheme', maxLength: 12 }), { seed: 21, numRuns: 400 }),
  '',
  'a',
  'ab',
  '\u{10ffff}',
  '\uffff',
  'é',
  'z',
];
const others = [...texts.slice(7), ...texts.slice(0, 7)];

describe('order of texts', () => {
  const bytes = (text: string) => Buffer.from(text);
  const COMPARE: Readonly<Record<string, (sign: number) => boolean>> = {
    eq: (s) => s === 0,
    ne: (s) => s !== 0,
    lt: (s) => s < 0,
    le: (s) => s <= 0,
    gt: (s) => s > 0,
    ge: (s) => s >= 0,
  };
  test.each(Object.keys(COMPARE))('%s is that of their UTF-8 bytes', (name) => {
    const h = harness({ rows: texts.length });
    const [a, b] = [h.column('str', texts), h.column('str', others)];
    const got = h.values(call(h, name, [slotArg(a, TEXT), slotArg(b, TEXT)], 'text', BOOL));
    expect(got).toEqual(
      texts.map((text, i) => COMPARE[name]!(Buffer.compare(bytes(text), bytes(others[i]!)))),
    );
  });

  test('the compiler orders them alike', () => {
    for (const [i, text] of texts.entries()) {
      expect(Math.sign(compareText(text, others[i]!))).toBe(Buffer.compare(bytes(text), bytes(others[i]!)));
    }
  });

  test.each(Object.keys(COMPARE))('%s of enums, with texts and with each other', (name) => {
    const [x, y] = [
      ['pear', 'apple', 'fig'],
      ['fig', 'quince', 'apple', 'date'],
    ];
    const pairs = x.flatMap((a) => y.map((b) => [a, b] as const));
    const h = harness({ rows: pairs.length });
    const left = slotArg(
      h.column(
        'code',
        pairs.map(([a]) => a),
        x,
      ),
      { kind: 'enum', values: x },
    );
    const right = slotArg(
      h.column(
        'code',
        pairs.map(([, b]) => b),
        y,
      ),
      { kind: 'enum', values: y },
    );
    const holds = COMPARE[name]!;
    expect(h.values(call(h, name, [left, right], 'text', BOOL))).toEqual(
      pairs.map(([a, b]) => holds(compareText(a, b))),
    );
    expect(h.values(call(h, name, [left, textArg('fig')], 'text', BOOL))).toEqual(
      pairs.map(([a]) => holds(compareText(a, 'fig'))),
    );
    expect(h.values(call(h, name, [textArg('eel'), right], 'text', BOOL))).toEqual(
      pairs.map(([, b]) => holds(compareText('eel', b))),
    );
  });
});

describe('texts', () => {
  test('length counts code points', () => {
    const h = harness({ rows: texts.length });
    expect(h.values(call(h, 'length', [slotArg(h.column('str', texts), TEXT)], 'text', INT64))).toEqual(
      texts.map((text) => BigInt([...text].length)),
    );
  });

  test('case mapping is that of Unicode for every letter with a simple mapping', () => {
    const letters: string[] = [];
    for (let point = 0; point < 0x1ec00; point++)
      if ((point < 0xd800 || point > 0xdfff) && point !== 0xfeff) letters.push(String.fromCodePoint(point));
    const h = harness({ rows: letters.length });
    const all = slotArg(h.column('str', letters), TEXT);
    for (const [name, map] of [
      ['lower', (text: string) => text.toLowerCase()],
      ['upper', (text: string) => text.toUpperCase()],
    ] as const) {
      const got = h.values(call(h, name, [all], 'text', TEXT));
      // Where the full mapping has several code points the simple one is another, or none.
      const differing = letters.filter(
        (letter, i) => [...map(letter)].length === 1 && got[i] !== map(letter),
      );
      const wrong = differing.filter((letter) => got[letters.indexOf(letter)] !== letter);
      expect(wrong).toEqual([]);
      // Letters that the host's Unicode has and ours, older, does not.
      expect(differing.length, differing.join(' ')).toBeLessThanOrEqual(100);
    }
  });

  test('constants are mapped as rows are', () => {
    const h = harness({ rows: texts.length });
    for (const name of ['lower', 'upper']) {
      const rows = h.values(call(h, name, [slotArg(h.column('str', texts), TEXT)], 'text', TEXT));
      expect(texts.map((text) => h.values(call(h, name, [textArg(text)], 'text', TEXT))[0])).toEqual(rows);
    }
  });

  test('reals as text read back as themselves', () => {
    const reals = [
      ...fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), { seed: 22, numRuns: 2000 }),
      0,
      0.1,
      1e21,
      5e-324,
      123456789,
    ];
    const h = harness({ rows: reals.length });
    const got = h.values(lowerCast(h.b, h.column('f64', reals), FLOAT64, TEXT));
    expect(got.map(Number)).toEqual(reals.map((x) => (Object.is(x, -0) ? 0 : x)));
  });

  test('integers as text', () => {
    const integers = [0n, 1n, -1n, 10n, 2n ** 63n - 1n, -(2n ** 63n) + 1n, 1234567890123456789n];
    const h = harness({ rows: integers.length });
    expect(h.values(lowerCast(h.b, h.column('i64', integers), INT64, TEXT))).toEqual(integers.map(String));
  });
});

describe('concat', () => {
  /** As the engine calls it: pieces by descriptor. */
  function concat(
    h: Harness,
    width: number,
    pieces: readonly { kind: number; a: number; b: number }[],
  ): SlotRef {
    const descriptors = Uint32Array.from(pieces.flatMap(({ kind, a, b }) => [kind, a, b, 0, 0]));
    const blob = h.b.blob(descriptors);
    const operands: Operand[] = [{ i32: pieces.length }, blob];
    return h.b.kernel('concat', { kind: 'str', width: Math.max(1, width) }, operands, 'never');
  }
  const at = (ref: Operand): number => ('blob' in ref ? ref.blob : 0);

  test('literals, texts, codes and integers', () => {
    const rows = texts.length;
    const h = harness({ rows });
    const words = ['', 'one', 'a much longer word than sixteen bytes'];
    const encoded = texts.map((text) => Buffer.from(text));
    const offsets = new Uint32Array(rows + 1);
    for (const [i, text] of encoded.entries()) offsets[i + 1] = offsets[i]! + text.length;
    const literal = Buffer.from(' – ');
    const codes = Int32Array.from(texts, (_, i) => i % 3);
    const numbers = BigInt64Array.from(texts, (_, i) => BigInt(i) * 99_999_999_999n * (i % 2 ? -1n : 1n));
    const pieces = [
      { kind: 1, a: at(h.b.blob(offsets)), b: at(h.b.blob(new Uint8Array(Buffer.concat(encoded)))) },
      { kind: 0, a: at(h.b.blob(new Uint8Array(literal))), b: literal.length },
      { kind: 2, a: at(h.b.blob(codes)), b: at(h.b.dictionary(words)) },
      { kind: 3, a: at(h.b.blob(numbers)), b: 0 },
    ];
    const slot = concat(h, 200, pieces);
    expect(h.values(slot)).toEqual(texts.map((text, i) => `${text} – ${words[codes[i]!]}${numbers[i]}`));
  });

  test('a fault in a piece is a fault of the text', () => {
    const h = harness({ rows: 2 });
    const pieces = [{ kind: 2, a: at(h.b.blob(Int32Array.of(0, -1))), b: at(h.b.dictionary(['x'])) }];
    const slot = concat(h, 4, pieces);
    expect([...h.view(slot)]).toEqual([120, 255]);
  });
});

describe('in', () => {
  const member = (h: Harness, slot: SlotRef, type: Type, set: readonly Value[]) =>
    h.values(
      call(
        h,
        'in',
        [slotArg(slot, type), { kind: 'constant', value: set, type: { kind: 'list', of: type } }],
        'real',
        BOOL,
      ),
    );

  test('finds texts, codes, integers and reals', () => {
    const h = harness({ rows: 4 });
    const set = (kind: 'in' | 'not_in', args: readonly Arg[], first: string) => {
      const overload = functions
        .get(kind)
        ?.overloads.find(({ params }) => params[0]?.type === first && params[1]?.type === 'list');
      if (typeof overload?.lower !== 'function') throw new Error(kind);
      return h.values(overload.lower(h.b, args, BOOL).slot);
    };
    const list = (value: readonly Value[], of: Type): Arg => ({
      kind: 'constant',
      value,
      type: { kind: 'list', of },
    });
    const words = h.column('str', ['a', 'bb', '', 'a']);
    expect(set('in', [slotArg(words, TEXT), list(['bb', ''], TEXT)], 'text')).toEqual([
      false,
      true,
      true,
      false,
    ]);
    const codes = h.column('code', ['a', 'b', 'c', 'a'], ['a', 'b', 'c']);
    expect(
      set(
        'not_in',
        [slotArg(codes, { kind: 'enum', values: ['a', 'b', 'c'] }), list(['c', 'x'], TEXT)],
        'text',
      ),
    ).toEqual([true, true, false, true]);
    const integers = h.column('i64', [5n, -3n, 2n ** 60n + 1n, 0n]);
    expect(set('in', [slotArg(integers, INT64), list([2n ** 60n + 1n, -3n, 7n], INT64)], 'real')).toEqual([
      false,
      true,
      true,
      false,
    ]);
    const reals = h.column('f64', [5, 0.5, -1, 0]);
    expect(set('in', [slotArg(reals, FLOAT64), list([0.5, 5n], FLOAT64)], 'real')).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(member(h, integers, INT64, [])).toEqual([false, false, false, false]);
  });

  test('looks into a row’s own list', () => {
    const h = harness({ rows: 3 });
    const values = ['x', 'y', 'z'];
    const lists = slotArg(h.column('codes', [[0, 2], [], [1]], values), {
      kind: 'list',
      of: { kind: 'enum', values },
    });
    const overload = functions
      .get('in')
      ?.overloads.find(({ params }) => params[0]?.type === 'text' && params[1]?.type === 'list');
    if (typeof overload?.lower !== 'function') throw new Error('in');
    expect(h.values(overload.lower(h.b, [textArg('z'), lists], BOOL).slot)).toEqual([true, false, false]);
    expect(h.values(overload.lower(h.b, [textArg('nowhere'), lists], BOOL).slot)).toEqual([
      false,
      false,
      false,
    ]);
  });
});
