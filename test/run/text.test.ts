import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutputColumn, PhysicalTable } from '../../compiler/5-lower/physical-plan.ts';
import type { Batch, ColumnView } from '../../runtime/engine/column-view.ts';
import { csvText } from '../../runtime/sinks/csv/encode.ts';
import { jsonlText } from '../../runtime/sinks/jsonl/encode.ts';
import { sqlText } from '../../runtime/sinks/sql/encode.ts';
import { writeInstant } from '../../runtime/sinks/text/instants.ts';
import { formatDecimal, writeDecimal, writeInteger } from '../../runtime/sinks/text/integers.ts';
import type { Out } from '../../runtime/sinks/text/out.ts';
import { createOut } from '../../runtime/sinks/text/out.ts';
import { shortestFloat32, writeFloat32, writeFloat64 } from '../../runtime/sinks/text/reals.ts';
import type { TextTable } from '../../runtime/sinks/text/rows.ts';
import { rowWriter } from '../../runtime/sinks/text/rows.ts';
import { everyType } from './batches.ts';
import { leaf } from './plan.ts';

function written(write: (out: Out) => void): string {
  const out = createOut(1);
  write(out);
  return new TextDecoder().decode(out.bytes.subarray(0, out.at));
}

/** A bigint as the words that it has in memory. */
const words =
  (write: (out: Out, low: number, high: number) => void) =>
  (value: bigint): string => {
    const [low = 0, high = 0] = new Int32Array(BigInt64Array.of(value).buffer);
    return written((out) => write(out, low, high));
  };
const MIN = -(2n ** 63n);

describe('integers', () => {
  const signed = words((out, low, high) => writeInteger(out, low, high, true));
  const unsigned = words((out, low, high) => writeInteger(out, low, high, false));

  it.each([0n, 9n, 10n, -1n, 999_999_999n, 1_000_000_000n, 2n ** 53n - 1n, 2n ** 53n, MIN, -MIN - 1n])(
    '%s',
    (value) => expect(signed(value)).toBe(value.toString()),
  );

  it('are those of BigInt, at every length', () => {
    const length = fc.integer({ min: 1, max: 64 });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), length, (bits, count) => {
        const value = BigInt.asIntN(count, bits);
        expect(signed(value)).toBe(value.toString());
        expect(unsigned(BigInt.asIntN(64, bits))).toBe(bits.toString());
      }),
    );
  });
});

describe('decimals', () => {
  it.each([
    [1250n, 2, '12.50'],
    [-5n, 3, '-0.005'],
    [7n, 0, '7'],
    [MIN, 2, '-92233720368547758.08'],
    [-1n, 18, '-0.000000000000000001'],
  ])('%s at scale %d is %s', (value, scale, text) => {
    expect(words((out, low, high) => writeDecimal(out, low, high, scale))(value)).toBe(text);
    expect(formatDecimal(value, scale)).toBe(text);
  });

  it('are integers with a point', () =>
    fc.assert(
      fc.property(fc.bigInt({ min: MIN, max: -MIN - 1n }), fc.nat(18), fc.nat(60), (bits, scale, shift) => {
        const value = bits >> BigInt(shift);
        const text = words((out, low, high) => writeDecimal(out, low, high, scale))(value);
        expect(text).toMatch(scale === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${scale}}$`));
        expect(BigInt(text.replace('.', ''))).toBe(value);
      }),
    ));
});

describe('floats', () => {
  const float64 = (value: number): string => written((out) => writeFloat64(out, value));
  const float32 = (value: number): string => written((out) => writeFloat32(out, value));
  const ecma = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

  it('of 64 bits are ECMAScript’s', () => {
    const double = fc.double({ noNaN: true, noDefaultInfinity: true });
    const usual = fc
      .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: -8, max: 18 }))
      .map(([share, exponent]) => share * Number(`1e${exponent}`));
    const rounded = fc.tuple(fc.maxSafeInteger(), fc.nat(22)).map(([n, scale]) => n / Number(`1e${scale}`));
    fc.assert(
      fc.property(fc.oneof(double, usual, rounded), (value) => {
        expect(float64(value)).toBe(ecma(value));
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([0.1, -0, 1e-6, 1e-7, 1e21, 123_456.789, 0.3, 5e-324, 2 ** 53, 999_999_999.999999])('%d', (value) =>
    expect(float64(value)).toBe(ecma(value)),
  );

  /** The definition: the first of the decimals of 1, 2, … digits that reads back. */
  function shortest(value: number): string {
    for (let digits = 1; value !== 0 && digits < 10; digits++) {
      const short = Number(value.toPrecision(digits));
      if (Math.fround(short) === value) return ecma(short);
    }
    return ecma(value);
  }

  it('of 32 bits are the shortest decimals that read back', () => {
    const any = fc.float({ noNaN: true, noDefaultInfinity: true });
    const usual = fc.float({ min: -1000, max: 1000, noNaN: true });
    const rounded = fc.tuple(fc.integer(), fc.nat(9)).map(([n, scale]) => Math.fround(n / 10 ** scale));
    fc.assert(
      fc.property(fc.oneof(any, usual, rounded), (value) => {
        expect(float32(value)).toBe(shortest(value));
        expect(shortestFloat32(value)).toBe(Number(float32(value)));
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('instants', () => {
  const instant = words(writeInstant);

  it('agree with Date to the millisecond', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 }),
        fc.integer({ min: 0, max: 999 }),
        (ms, us) => {
          const expected = `${new Date(ms).toISOString().slice(0, -1)}${String(us).padStart(3, '0')}Z`;
          expect(instant(BigInt(ms) * 1000n + BigInt(us))).toBe(expected);
        },
      ),
    ));

  it.each([
    [-1n, '1969-12-31T23:59:59.999999Z'],
    [86_400_000_000n * 106_751n - 1n, '2262-04-10T23:59:59.999999Z'],
    [MIN, '-290308-12-21T19:59:05.224192Z'],
    [-MIN - 1n, '+294247-01-10T04:00:54.775807Z'],
  ])('%s µs is %s', (micros, text) => expect(instant(micros)).toBe(text));
});

const ENUM = { kind: 'enum', values: ['plain', 'it"s', "it's", 'a\\b', 'a,b\nc', ''] } as const;
const INSTANT = { kind: 'timestamp' } as const;
const COLUMNS: readonly OutputColumn[] = [
  leaf('text', { kind: 'text' }, 0, true),
  leaf('enum', ENUM, 1),
  leaf('list', { kind: 'list', of: ENUM }, 2),
  leaf('instants', { kind: 'list', of: INSTANT }, 3),
  leaf('took', { kind: 'duration' }, 4),
];
const { table: everything } = everyType(1, 1, COLUMNS);

/** Rows of texts, each with an item that repeats `i` times in the lists; every third text is null, every third empty. */
function batchOf(texts: readonly string[]): Batch {
  const rows = texts.map((_, i) => i);
  const utf8 = texts.map((text) => Buffer.from(text));
  const ends = (lengths: readonly number[]): Uint32Array =>
    Uint32Array.from([0, ...lengths].map((_, i) => lengths.slice(0, i).reduce((sum, one) => sum + one, 0)));
  const plain = { width: 0, offsets: null, valid: null };
  const views: readonly ColumnView[] = [
    {
      ...plain,
      kind: 'str',
      values: Buffer.concat(utf8),
      offsets: ends(utf8.map(({ length }) => length)),
      valid: Uint8Array.from(rows, (i) => (i % 3 === 2 ? 0 : 1)),
    },
    { ...plain, kind: 'code', values: Int32Array.from(rows, (i) => i % 6) },
    {
      ...plain,
      kind: 'codes',
      values: Int32Array.from(rows.flatMap((i) => [i % 6, 1])),
      offsets: ends(rows.map(() => 2)),
    },
    {
      ...plain,
      kind: 'i64s',
      values: BigInt64Array.from(rows, () => 0n),
      offsets: ends(rows.map(() => 1)),
    },
    { ...plain, kind: 'i64', values: BigInt64Array.from(rows, BigInt) },
  ];
  return { rows: texts.length, column: (step) => views[step]! };
}
function textOf(of: (table: PhysicalTable) => TextTable, texts: readonly string[]): string {
  const out = createOut(1);
  const { head, row } = of(everything);
  rowWriter(row)(out, batchOf(texts));
  return head + new TextDecoder('utf-8', { ignoreBOM: true }).decode(out.bytes.subarray(0, out.at));
}
const texts = fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { minLength: 1, maxLength: 12 });
const lists = (i: number): string => JSON.stringify([ENUM.values[i % 6], ENUM.values[1]]);

describe('any text', () => {
  it('in CSV, as csv-parse reads it', () =>
    fc.assert(
      fc.property(texts, (values) => {
        const found = parse(textOf(csvText, values), { record_delimiter: '\n' });
        expect(found).toEqual([
          ['text', 'enum', 'list', 'instants', 'took'],
          ...values.map((value, i) => [
            i % 3 === 2 ? '' : value,
            ENUM.values[i % 6],
            lists(i),
            '["1970-01-01T00:00:00.000000Z"]',
            String(i),
          ]),
        ]);
      }),
    ));

  it('in JSON lines, as JSON.parse reads it', () =>
    fc.assert(
      fc.property(texts, (values) => {
        const lines = textOf(jsonlText, values).split('\n').slice(0, -1);
        expect(lines.map((line) => JSON.parse(line))).toEqual(
          values.map((value, i) => ({
            text: i % 3 === 2 ? null : value,
            enum: ENUM.values[i % 6],
            list: JSON.parse(lists(i)),
            instants: ['1970-01-01T00:00:00.000000Z'],
            took: i,
          })),
        );
      }),
    ));
});

it('in CSV a null is nothing, the empty text two quotes, and only texts are quoted', () => {
  expect(textOf(csvText, ['', 'a "b"', '']).split('\n').slice(1, 3)).toEqual([
    '"","plain","[""plain"",""it\\""s""]","[""1970-01-01T00:00:00.000000Z""]",0',
    '"a ""b""","it""s","[""it\\""s"",""it\\""s""]","[""1970-01-01T00:00:00.000000Z""]",1',
  ]);
  expect(textOf(csvText, ['x', 'x', 'gone'])).toContain('\n,"it\'s",');
});

it('in SQL quotes are doubled, backslashes stand for themselves', () => {
  expect(textOf(sqlText, ["a 'b' \\"])).toBe(`CREATE TABLE "everything" (
  "text" text,
  "enum" text NOT NULL,
  "list" text[] NOT NULL,
  "instants" timestamp with time zone[] NOT NULL,
  "took" interval NOT NULL
);
INSERT INTO "everything" ("text", "enum", "list", "instants", "took") VALUES ('a ''b'' \\', 'plain', ARRAY['plain','it"s']::text[], ARRAY['1970-01-01T00:00:00.000000Z']::timestamp with time zone[], '0 microseconds');
`);
});
