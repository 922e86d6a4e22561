import type { Arg, ArgFacts, Builder, Lowered, SlotRef } from '../define.ts';
import type { Type } from '../types.ts';
import { kernelOn, lowerArg } from './args.ts';
import { lowerCast } from './cast.ts';

type Decimal = Extract<Type, { kind: 'decimal' }>;

/** Digits that a decimal's slot holds. */
const DIGITS = 18;

const scaleOf = (type: Type | undefined): number => (type?.kind === 'decimal' ? type.scale : 0);

/** Sums and differences of decimals (and integers) are decimals: of the finer scale, exact. */
export const finerDecimal = (args: readonly ArgFacts[]): Decimal => ({
  kind: 'decimal',
  precision: DIGITS,
  scale: Math.max(...args.map(({ type }) => scaleOf(type))),
});

/** Each argument in units of the result, then the kernel on whole numbers. */
export const onDecimals =
  (kernel: string) =>
  (b: Builder, args: readonly Arg[], type: Type): Lowered =>
    kernelOn(b, kernel, type, ...args.map((arg) => unitsOf(b, arg, type)));

/** An integer times a decimal: the decimal's units times the integer. */
export const timesInteger = (b: Builder, args: readonly Arg[], type: Type): Lowered =>
  kernelOn(b, 'mul_i64', type, ...args.map((arg) => lowerArg(b, arg).slot));

function unitsOf(b: Builder, arg: Arg, type: Type): SlotRef {
  const { slot, type: from } = lowerArg(b, arg, type);
  return scaleOf(from) === scaleOf(type) && from.kind === 'decimal' ? slot : lowerCast(b, slot, from, type);
}
