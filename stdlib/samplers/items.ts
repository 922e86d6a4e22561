import type { Arg, Builder, DrawContext, Lowered, SlotRef } from '../define.ts';
import type { Type } from '../types.ts';
import type { Value } from '../value.ts';
import { aliasCells, stack } from './alias.ts';
import { numberOf, weightedItems } from './arguments.ts';
import { LawFault } from './fault.ts';

type Weighted = { readonly items: readonly Value[]; readonly weights: readonly number[] };

/** One item of a finite set: free labels, a map of weights, a list, a data table's rows, or a choice of maps or lists. */
export function drawItem(b: Builder, draw: DrawContext, parameter: string): Lowered {
  const { key, type } = draw;
  const of = draw.args.get(parameter);
  if (of?.kind === 'choice') return { slot: drawByCode(b, draw, of), type };
  if (of?.kind === 'data') {
    const weights = dataWeights(of, draw.args.get('weight'));
    return { slot: drawIndex(b, key, weights, {}), type };
  }
  const { items, weights } = itemsOf(of, draw);
  const dictionary = dictionaryOf(type);
  if (dictionary !== null && items.every((item, i) => item === dictionary[i])) {
    return { slot: drawIndex(b, key, weights, { dictionary }), type };
  }
  if (dictionary === null) return { slot: drawValue(b, key, items, weights, type), type };
  return { slot: drawIndex(b, key, byDictionary(items, weights, dictionary), { dictionary }), type };
}

function itemsOf(of: Arg | undefined, draw: DrawContext): Weighted {
  if (of?.kind === 'constant' && of.value !== null) {
    const weight = draw.args.get('weight');
    return weightedItems(of.value, weight?.kind === 'constant' ? weight.value : null);
  }
  if (draw.free.length === 0) throw new LawFault('a constant list or a map of weights is needed here');
  return {
    items: draw.free.map(({ label }) => label),
    weights: draw.free.map(({ weight }) => constantWeight(weight)),
  };
}

export function constantWeight(weight: Arg): number {
  if (weight.kind !== 'constant') throw new LawFault('a weight must be a constant', 'weight');
  return numberOf(weight.value);
}

function dataWeights(of: Extract<Arg, { kind: 'data' }>, weight: Arg | undefined): readonly number[] {
  if (weight === undefined || (weight.kind === 'constant' && weight.value === null))
    return new Array<number>(of.data.rows).fill(1);
  if (weight.kind !== 'constant' || !Array.isArray(weight.value))
    throw new LawFault('the weights must be a column of the table', 'weight');
  return weight.value.map(numberOf);
}

function drawIndex(
  b: Builder,
  key: DrawContext['key'],
  weights: readonly number[],
  out: { dictionary?: readonly string[] },
): SlotRef {
  const [first = 0] = weights;
  if (first > 0 && weights.every((weight) => weight === first)) {
    return b.kernel('uniform_code', { kind: 'code', ...out }, [key, { i32: weights.length }]);
  }
  return b.kernel('alias', { kind: 'code', ...out }, [
    key,
    b.blob(aliasCells(weights)),
    { i32: weights.length },
  ]);
}

/** Numbers: an index, then the number that it stands for. */
function drawValue(
  b: Builder,
  key: DrawContext['key'],
  items: readonly Value[],
  weights: readonly number[],
  type: Type,
): SlotRef {
  const code = { slot: drawIndex(b, key, weights, {}).step };
  const count = { i32: items.length };
  if (type.kind === 'float')
    return b.kernel('table_f64', { kind: 'f64' }, [code, b.blob(Float64Array.from(items, numberOf)), count]);
  const whole = items.map((item) => {
    if (typeof item !== 'bigint') throw new LawFault('only texts and numbers can be picked from a list');
    return item;
  });
  return b.kernel('table_i64', { kind: 'i64' }, [code, b.blob(BigInt64Array.from(whole)), count]);
}

/** The dictionary's texts with their weights; equal items add up, absent ones have none. */
function byDictionary(
  items: readonly Value[],
  weights: readonly number[],
  dictionary: readonly string[],
): readonly number[] {
  const sums = new Array<number>(dictionary.length).fill(0);
  for (const [i, code] of codesOf(items, dictionary).entries()) sums[code]! += weights[i]!;
  return sums;
}

export function dictionaryOf(type: Type): readonly string[] | null {
  return type.kind === 'enum' ? type.values : null;
}

export function codesOf(items: readonly Value[], dictionary: readonly string[]): readonly number[] {
  const codes = new Map(dictionary.map((text, code) => [text, code]));
  return items.map((item) => {
    const code = typeof item === 'string' ? codes.get(item) : undefined;
    if (code === undefined) throw new LawFault(`${String(item)} is none of the values of this law`);
    return code;
  });
}

function drawByCode(b: Builder, draw: DrawContext, of: Extract<Arg, { kind: 'choice' }>): SlotRef {
  const dictionary = dictionaryOf(draw.type);
  if (dictionary === null)
    throw new LawFault('only texts can be drawn from lists that another column chooses');
  const tables = itemTables(of.cases, dictionary);
  return b.kernel('alias_by', { kind: 'code', dictionary }, [
    draw.key,
    { slot: of.by.step },
    { i32: of.cases.length },
    b.blob(tables.directory),
    b.blob(tables.cells),
    b.blob(tables.items),
  ]);
}

/**
 * Stacked alias tables of maps or lists; `items` are the codes, `weights` the weights that the cells stand for. A case
 * that is null (the code has no list) has no cells: poison.
 */
export function itemTables(cases: readonly Value[], dictionary: readonly string[]) {
  const weighted = cases.map((value) =>
    value === null ? { items: [], weights: [] } : weightedItems(value, null),
  );
  const filled = weighted.filter(({ items }) => items.length > 0);
  return {
    ...stack(
      weighted.map(({ weights }) => (weights.length === 0 ? new BigUint64Array(0) : aliasCells(weights))),
    ),
    items: Int32Array.from(weighted.flatMap(({ items }) => codesOf(items, dictionary))),
    weights: Float64Array.from(weighted.flatMap(({ weights }) => weights)),
    /** Items that can be drawn, in the case that has fewest. */
    fewest: Math.min(...filled.map(({ weights }) => weights.filter((weight) => weight > 0).length)),
  };
}
