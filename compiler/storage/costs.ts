import type { ScalarMath } from '../../stdlib/define.ts';
import type { Type } from '../../stdlib/types.ts';
import type { LogicalPlan, LogicalTable } from '../3-plan/logical-plan.ts';
import { outputOptions } from '../5-lower/output.ts';
import type { Encoding } from './encoding.ts';
import type { Facts } from './facts.ts';
import { distinctAmong, even, NEVER } from './recurrence.ts';
import { meanBytes, SNAPPY_COPY, snappyBytes } from './texts.ts';

/** What a value costs in a file: bytes after compression, and nanoseconds of parquet-wasm's time. */
export type Cost = { readonly bytes: number; readonly ns: number };
export type Setting = {
  /** Rows of a row group. */
  readonly rows: number;
  readonly compressed: boolean;
  readonly math: ScalarMath;
};

/** A row group has no more rows. */
export const MOST_ROWS = 2 ** 17;

/** As Parquet files of the plan would be, whatever format a run writes. */
export const settingOf = (table: LogicalTable, plan: LogicalPlan, math: ScalarMath): Setting => ({
  rows: Math.min(MOST_ROWS, table.rows),
  compressed: outputOptions(plan.output, 'parquet').compression !== 'none',
  math,
});

/**
 * Measured by `npm run bench -- encodings` (parquet-wasm 0.8, snappy, row groups of 131,072; one core of an EPYC). Only
 * their proportions count.
 */
const NS = {
  /** A number, and what snappy adds where it finds something to copy. */
  plain: 8,
  copied: 10,
  delta: 15,
  /** A look-up in the writer's hash table, and what a value that is new to it adds. */
  lookup: 32,
  entry: 75,
  /** A text, and each of its bytes; in a dictionary. */
  text: 30,
  textByte: 3.2,
  textLookup: 55,
  /** What a text's and a UUID's least and greatest cost. */
  statistics: 20,
} as const;

/** Null where the type has no such encoding, or where too little is known to say what it takes. */
export function costOf(values: Encoding['values'], facts: Facts, setting: Setting): Cost | null {
  const present = 1 - facts.missing;
  const holes = facts.missing > 0 ? 1 / 8 : 0;
  const cost = presentCost(values, facts, setting);
  return cost && { bytes: present * cost.bytes + holes, ns: present * cost.ns };
}

function presentCost(values: Encoding['values'], facts: Facts, setting: Setting): Cost | null {
  const { type } = facts;
  if (type.kind === 'list') return list(values, facts, type.of, setting);
  if (type.kind === 'vector')
    return values === 'plain' ? { bytes: 4 * type.dims, ns: NS.plain * type.dims } : null;
  switch (values) {
    case 'plain':
      return plain(facts, setting);
    case 'dictionary':
      return dictionary(facts, setting);
    case 'delta':
      return integerBytes(type) === null ? null : delta(facts);
    case 'delta-length':
      return type.kind === 'text' || type.kind === 'json' ? text(facts, setting, 1) : null;
  }
}

/** Bytes of a value in a plain page; null where they vary. */
function plainBytes(type: Type): number | null {
  switch (type.kind) {
    case 'bool':
      return 1 / 8;
    case 'float':
      return type.bits / 8;
    case 'uuid':
      return 16;
    default:
      return integerBytes(type);
  }
}

/** Of what Parquet stores as integers: small ones take four bytes, decimals as many as their digits need. */
function integerBytes(type: Type): number | null {
  switch (type.kind) {
    case 'int':
      return type.bits === 64 ? 8 : 4;
    case 'date':
      return 4;
    case 'timestamp':
    case 'duration':
      return 8;
    case 'decimal':
      return type.precision <= 9 ? 4 : 8;
    default:
      return null;
  }
}

function plain(facts: Facts, setting: Setting): Cost | null {
  const { type } = facts;
  const width = plainBytes(type);
  if (width === null) return type.kind === 'text' || type.kind === 'json' ? text(facts, setting, 4) : null;
  if (!setting.compressed || type.kind === 'bool') return { bytes: width, ns: NS.plain };
  const window = lookedBackAt(width, setting);
  const distinct = distinctAmong(facts.recurrence, window, setting.math) / window;
  // Snappy takes larger strides the longer it finds nothing: in random bytes much that comes again escapes it.
  const known = (1 - distinct) * (1 - distinct);
  const fresh = type.kind === 'uuid' || type.kind === 'float' ? 1 - known : distinct;
  const bytes = fresh * freshBytes(facts, width) + (1 - fresh) * Math.min(width, SNAPPY_COPY - 1);
  return { bytes, ns: NS.plain + NS.copied * (1 - bytes / width) };
}

/** Snappy looks back within blocks of 64 KiB. */
const lookedBackAt = (bytes: number, { rows }: Setting): number => Math.min(rows, 65_536 / bytes);

/** Of an 8-byte integer the upper bytes are the last value's; one whose steps are small has one byte of its own. */
function freshBytes({ order, span }: Facts, width: number): number {
  if (span === null || width < 8) return width;
  const own = order === null ? Math.ceil(bitsOf(span) / 8) : 1;
  return Math.min(width, own + SNAPPY_COPY);
}

/** Bits of an integer from 0 to `most`. */
export function bitsOf(most: number): number {
  let bits = 0;
  for (let reach = 1; reach <= most; reach *= 2) bits++;
  return bits;
}

/** Headers of blocks and miniblocks, a value. */
const DELTA_HEAD = 0.03;
/** Differences of independent values, among 32 in a miniblock, reach over 1.7 times the span. */
const REACH = 1.7;

/** Values in order follow the row's number: they rise by about as much each time, or stand still in between. */
function delta({ order, span }: Facts): Cost | null {
  if (span === null && order === null) return null;
  const bits = order === null ? bitsOf(REACH * span!) : order.strict ? 0 : 1;
  return { bytes: bits / 8 + DELTA_HEAD, ns: NS.delta };
}

/** Numbers whose dictionary could outgrow the writer's limit of 64 KiB have none. */
const MOST_NUMBERS = 8192;

function dictionary(facts: Facts, setting: Setting): Cost | null {
  const { recurrence, type } = facts;
  const { math, rows } = setting;
  const names = type.kind === 'enum' ? type.values : null;
  const width = names
    ? names.reduce((sum, name) => sum + 4 + Buffer.byteLength(name), 0) / names.length
    : plainBytes(type);
  if (width === null || type.kind === 'bool' || type.kind === 'uuid') return null;
  if (names === null && recurrence.values > MOST_NUMBERS) return null;
  const distinct = distinctAmong(recurrence, rows, math);
  const bytes = Math.max(1, bitsOf(distinct - 1)) / 8 + (distinct * width) / rows;
  return { bytes, ns: (names ? NS.textLookup + NS.statistics : NS.lookup) + (NS.entry * distinct) / rows };
}

/** Each item has a bit that says whether it begins a row. */
function list(values: Encoding['values'], facts: Facts, of: Type, setting: Setting): Cost | null {
  const recurrence = of.kind === 'enum' ? even(of.values.length) : NEVER;
  const item = costOf(values, { ...facts, type: of, missing: 0, recurrence }, setting);
  return item && { bytes: facts.items * (item.bytes + 1 / 8), ns: facts.items * item.ns };
}

/** `lengths`: bytes of each length, apart or before its text. */
function text({ text: model }: Facts, setting: Setting, lengths: 1 | 4): Cost | null {
  if (!model) return null;
  const { compressed, math } = setting;
  const long = meanBytes(model);
  const ns = NS.text + (compressed ? NS.textByte : 0) * long - (lengths === 1 ? 10 : 0);
  if (!compressed) return { bytes: long + lengths, ns };
  // Of a length before its text one byte differs, and breaks a copy.
  const head = lengths === 1 ? 1 : SNAPPY_COPY - 1;
  return { bytes: snappyBytes(model, lookedBackAt(long + lengths, setting), math) + head, ns };
}
