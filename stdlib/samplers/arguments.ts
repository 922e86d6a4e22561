import type { Arg, Builder, DrawContext, LawDefinition, SlotRef } from '../define.ts';
import { FLOAT64 } from '../types.ts';
import { isList, isMap, type Value } from '../value.ts';
import { LawFault } from './fault.ts';
import type { Within } from './truncated.ts';

/** A law's arguments in the order of its parameters, defaults in place. */
export function parametersOf(law: LawDefinition, draw: DrawContext): readonly Arg[] {
  return law.params.map((param) => {
    const arg = draw.args.get(param.name);
    if (arg !== undefined) return arg;
    if (param.default === undefined) throw new LawFault(`${law.name} lacks ${param.name}`, param.name);
    return { kind: 'constant', value: param.default, type: FLOAT64 };
  });
}

export function numberOf(value: Value | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  throw new LawFault('a number is needed here');
}

/** The numbers, where all are constants. */
export function constants(args: readonly Arg[]): readonly number[] | null {
  const numbers = args.flatMap((arg) => (arg.kind === 'constant' ? [numberOf(arg.value)] : []));
  return numbers.length === args.length ? numbers : null;
}

/** A law's parameters and bounds in numbers. */
export type LawCase = { readonly p: readonly number[]; readonly within: Within | null };

/** The law, where nothing varies. */
export function constantCase(args: readonly Arg[], bounds: DrawContext['within']): LawCase | null {
  const p = constants(args);
  const within = constantWithin(bounds);
  return p === null || (bounds !== null && within === null) ? null : { p, within };
}

/** The law case by case, where all that varies is chosen by one and the same code. */
export function casesOf(
  args: readonly Arg[],
  bounds: DrawContext['within'],
): { readonly by: SlotRef; readonly cases: readonly LawCase[] } | null {
  const all = bounds ? [...args, bounds.lo, bounds.hi] : args;
  const choices = all.flatMap((arg) => (arg.kind === 'choice' ? [arg] : []));
  const [first] = choices;
  if (first === undefined || !choices.every((choice) => choice.by.step === first.by.step)) return null;
  if (!all.every((arg) => arg.kind === 'choice' || arg.kind === 'constant')) return null;
  const cases = first.cases.map((_, i): LawCase => {
    const numbers = all.map((arg) =>
      numberOf(arg.kind === 'choice' ? arg.cases[i] : arg.kind === 'constant' ? arg.value : undefined),
    );
    const [lo, hi] = numbers.slice(args.length);
    const within = bounds && { lo: lo!, hi: hi!, halfOpen: bounds.halfOpen };
    return { p: numbers.slice(0, args.length), within };
  });
  return { by: first.by, cases };
}

export function constantWithin(within: DrawContext['within']): Within | null {
  if (within === null) return null;
  const ends = constants([within.lo, within.hi]);
  return ends === null ? null : { lo: ends[0]!, hi: ends[1]!, halfOpen: within.halfOpen };
}

/** A parameter as a slot of reals. */
export function realSlot(b: Builder, arg: Arg): SlotRef {
  switch (arg.kind) {
    case 'constant':
      return b.constant(numberOf(arg.value), FLOAT64);
    case 'slot':
      return b.convert(arg.slot, 'f64');
    case 'choice': {
      const values = b.blob(Float64Array.from(arg.cases, numberOf));
      return b.kernel('table_f64', { kind: 'f64' }, [
        { slot: arg.by.step },
        values,
        { i32: arg.cases.length },
      ]);
    }
    case 'range':
    case 'data':
    case 'table':
    case 'piece':
      throw new LawFault('a number is needed here');
  }
}

/** Items with their weights: a list (equal weights, or those given) or a map of weights. Keys are texts. */
export function weightedItems(
  value: Value,
  weights: Value,
): { readonly items: readonly Value[]; readonly weights: readonly number[] } {
  if (isMap(value)) return { items: [...value.map.keys()], weights: [...value.map.values()].map(numberOf) };
  if (!isList(value)) throw new LawFault('a list or a map of weights is needed here');
  if (weights === null) return { items: value, weights: value.map(() => 1) };
  if (!isList(weights) || weights.length !== value.length)
    throw new LawFault('there must be one weight an item', 'weight');
  return { items: value, weights: weights.map(numberOf) };
}
