import type {
  Arg,
  ArgFacts,
  Builder,
  Fault,
  FunctionDefinition,
  Lowered,
  Overload,
  Param,
  TypePattern,
} from '../define.ts';
import { defineFunction } from '../define.ts';
import { DATE, DURATION, FLOAT64, INT64, TIMESTAMP, type Type } from '../types.ts';
import { constantOf, integerOf, kernelOn, realOf } from './args.ts';
import { finerDecimal, onDecimals, timesInteger } from './decimals.ts';
import {
  add,
  anyReal,
  divide,
  type Interval,
  isBounded,
  isKnown,
  multiply,
  negate,
  nullableOf,
  numeric,
  overflows,
} from './intervals.ts';

const MICROS_PER_DAY = 86_400_000_000n;

const left = (type: TypePattern): Param => ({ name: 'left', type, doc: 'The left operand.' });
const right = (type: TypePattern): Param => ({ name: 'right', type, doc: 'The right operand.' });

type Lower = (b: Builder, args: readonly Arg[], type: Type) => Lowered;

export const onReals =
  (kernel: string): Lower =>
  (b, args, type) =>
    kernelOn(b, kernel, type, ...args.map((arg) => realOf(b, arg)));
export const onIntegers =
  (kernel: string): Lower =>
  (b, args, type) =>
    kernelOn(b, kernel, type, ...args.map((arg) => integerOf(b, arg)));

/** An infix overload. */
export const infix = (
  a: TypePattern,
  c: TypePattern,
  result: Overload['result'],
  lower: Lower,
): Overload => ({
  params: [left(a), right(c)],
  result,
  lower,
});

/** Integers and decimals, exactly; else reals. */
const numbers = (kernel: string, decimals: readonly Overload[]): readonly Overload[] => [
  infix('int', 'int', INT64, onIntegers(`${kernel}_i64`)),
  ...decimals,
  infix('real', 'real', FLOAT64, onReals(`${kernel}_f64`)),
];

const decimalSums = (kernel: string): readonly Overload[] =>
  (
    [
      ['decimal', 'decimal'],
      ['decimal', 'int'],
      ['int', 'decimal'],
    ] as const
  ).map(([a, c]) => infix(a, c, finerDecimal, onDecimals(kernel)));

const isDate = (arg: ArgFacts | undefined): boolean => arg?.type.kind === 'date';
const isDuration = (arg: ArgFacts | undefined): boolean => arg?.type.kind === 'duration';

/** A duration moves a date only by whole days, which must be known. */
const dateAndDuration = (args: readonly ArgFacts[]): Type | string => {
  const duration = args.find(isDuration)?.value;
  const whole = typeof duration === 'bigint' && duration % MICROS_PER_DAY === 0n;
  return whole ? DATE : 'a date moves by whole days (3d, 2w); a time of day needs a timestamp';
};

const days = (arg: Arg | undefined): Arg => {
  const value = constantOf(arg);
  return { kind: 'constant', value: typeof value === 'bigint' ? value / MICROS_PER_DAY : null, type: INT64 };
};

const micros = (args: readonly ArgFacts[], i: number): Interval => {
  const all = numeric(args[i]!);
  const mixed = args.some(isDate) && isDuration(args[i]);
  return mixed
    ? multiply(all, { ...all, lo: 1 / Number(MICROS_PER_DAY), hi: 1 / Number(MICROS_PER_DAY) }, all.nullable)
    : all;
};

/** Known bounds that 64 bits do not hold. */
export function overflow(args: readonly ArgFacts[], result: Interval, what: string): Fault | null {
  if (!result.integer || !args.every(isKnown)) return null;
  // Bounded operands whose result has no double: an overflow too.
  const infinite = args.every((arg) => isBounded(numeric(arg))) && !isBounded(result);
  if (!overflows(result) && !infinite) return null;
  const sizes = args.map((arg) => Math.max(Math.abs(numeric(arg).lo), Math.abs(numeric(arg).hi)));
  return { reason: `the ${what} may exceed 64 bits`, argument: sizes.indexOf(Math.max(...sizes)) };
}

const sum = (args: readonly ArgFacts[]): Interval => add(micros(args, 0), micros(args, 1), nullableOf(args));
const difference = (args: readonly ArgFacts[]): Interval =>
  add(micros(args, 0), negate(micros(args, 1)), nullableOf(args));
const asType = (result: Interval, type: Type): Interval =>
  type.kind === 'float' || type.kind === 'decimal' || result.integer
    ? result
    : { ...result, lo: Math.floor(result.lo), hi: Math.ceil(result.hi), integer: true };

export const addition: FunctionDefinition = defineFunction({
  name: 'add',
  operator: '+',
  summary: 'The sum of two numbers; a date or timestamp moved by a duration.',
  doc: 'Integers are exact to 64 bits. A date moves by an integer of days or by a constant duration of whole days.',
  overloads: [
    ...numbers('add', decimalSums('add_i64')),
    infix('timestamp', 'duration', TIMESTAMP, onIntegers('add_i64')),
    infix('duration', 'timestamp', TIMESTAMP, onIntegers('add_i64')),
    infix('duration', 'duration', DURATION, onIntegers('add_i64')),
    infix('date', 'int', DATE, onIntegers('add_i64')),
    infix('int', 'date', DATE, onIntegers('add_i64')),
    infix('date', 'duration', dateAndDuration, (b, [date, duration], type) =>
      kernelOn(b, 'add_i64', type, integerOf(b, date), integerOf(b, days(duration))),
    ),
  ],
  nulls: 'strict',
  domain: (args, type) => asType(sum(args), type),
  fault: (args) => overflow(args, sum(args), 'sum'),
  examples: [
    { expr: '1 + 2', gives: '3' },
    { expr: '9_007_199_254_740_993 + 2', gives: '9007199254740995' },
    { expr: '1 + 0.5', gives: '1.5' },
    { expr: '2024-02-28 + 2', gives: '2024-03-01' },
    { expr: '2024-02-28 + 1w', gives: '2024-03-06' },
    { expr: '2024-12-31T23:30Z + 45min', gives: '2025-01-01T00:15:00Z' },
    { expr: '9_223_372_036_854_775_807 + 1', gives: 'fault' },
  ],
});

export const subtraction: FunctionDefinition = defineFunction({
  name: 'sub',
  operator: '-',
  summary: 'The difference of two numbers, of two dates in days, of two timestamps as a duration.',
  doc: 'Integers are exact to 64 bits. A date moves back by an integer of days or by a constant duration of whole days.',
  overloads: [
    ...numbers('sub', decimalSums('sub_i64')),
    infix('date', 'date', INT64, onIntegers('sub_i64')),
    infix('date', 'int', DATE, onIntegers('sub_i64')),
    infix('date', 'duration', dateAndDuration, (b, [date, duration], type) =>
      kernelOn(b, 'sub_i64', type, integerOf(b, date), integerOf(b, days(duration))),
    ),
    infix('timestamp', 'timestamp', DURATION, onIntegers('sub_i64')),
    infix('timestamp', 'duration', TIMESTAMP, onIntegers('sub_i64')),
    infix('duration', 'duration', DURATION, onIntegers('sub_i64')),
  ],
  nulls: 'strict',
  domain: (args, type) => asType(difference(args), type),
  fault: (args) => overflow(args, difference(args), 'difference'),
  examples: [
    { expr: '1 - 3', gives: '-2' },
    { expr: '2024-03-01 - 2024-02-01', gives: '29' },
    { expr: '2024-03-01 - 1d', gives: '2024-02-29' },
    { expr: '2024-01-01T10:00Z - 2024-01-01T09:15Z', gives: 'PT2700S' },
  ],
});

const productOf = (args: readonly ArgFacts[]): Interval =>
  multiply(numeric(args[0]!), numeric(args[1]!), nullableOf(args));

/** A duration times a real, to the microsecond. */
const scaled =
  (duration: 0 | 1): Lower =>
  (b, args, type) => {
    const factor = args[1 - duration];
    if (factor?.kind !== 'range' && factor !== undefined && 'type' in factor && factor.type.kind === 'int') {
      return kernelOn(b, 'mul_i64', type, integerOf(b, args[duration]), integerOf(b, factor));
    }
    return kernelOn(b, 'scale_duration', type, integerOf(b, args[duration]), realOf(b, factor));
  };

export const multiplication: FunctionDefinition = defineFunction({
  name: 'mul',
  operator: '*',
  summary: 'The product of two numbers, or of a number and a duration.',
  doc: 'Integers are exact to 64 bits. A duration times a real is rounded to the microsecond, halves to even.',
  overloads: [
    ...numbers('mul', [
      infix('decimal', 'int', finerDecimal, timesInteger),
      infix('int', 'decimal', finerDecimal, timesInteger),
    ]),
    infix('duration', 'real', DURATION, scaled(0)),
    infix('real', 'duration', DURATION, scaled(1)),
  ],
  nulls: 'strict',
  domain: (args, type) => asType(productOf(args), type),
  fault: (args) => overflow(args, productOf(args), 'product'),
  examples: [
    { expr: '6 * 7', gives: '42' },
    { expr: '3 * 0.5', gives: '1.5' },
    { expr: '90min * 2', gives: 'PT10800S' },
    { expr: '1h * 0.25', gives: 'PT900S' },
    { expr: '4_294_967_296 * 4_294_967_296', gives: 'fault' },
  ],
});

/** A divisor that may be 0: an integer's range or a set holds it, or it is nothing else. */
export function zeroDivisor(divisor: ArgFacts | undefined): Fault | null {
  if (divisor === undefined || !isKnown(divisor)) return null;
  const zero: Fault = { reason: 'the divisor may be 0', argument: 1 };
  if (divisor.domain.kind === 'set') return divisor.domain.values.includes(0) ? zero : null;
  const values = numeric(divisor);
  const reached =
    values.lo <= 0 &&
    values.hi >= 0 &&
    !(values.lo === 0 && values.loOpen) &&
    !(values.hi === 0 && values.hiOpen);
  // A real that varies over an interval is exactly 0 with probability 0: that is left to the run.
  const possible = values.integer || values.lo === values.hi;
  return reached && possible ? zero : null;
}

export const division: FunctionDefinition = defineFunction({
  name: 'div',
  operator: '/',
  summary: 'Real division.',
  doc: 'Of integers too: `7 / 2` is 3.5; `//` floors. Two durations give their ratio.',
  overloads: [
    infix('real', 'real', FLOAT64, onReals('div_f64')),
    infix('duration', 'duration', FLOAT64, (b, [x, y], type) =>
      kernelOn(b, 'div_f64', type, b.convert(integerOf(b, x), 'f64'), b.convert(integerOf(b, y), 'f64')),
    ),
    infix('duration', 'real', DURATION, (b, [x, y], type) => {
      const one = b.constant(1, FLOAT64);
      return kernelOn(
        b,
        'scale_duration',
        type,
        integerOf(b, x),
        kernelOn(b, 'div_f64', FLOAT64, one, realOf(b, y)).slot,
      );
    }),
  ],
  nulls: 'strict',
  domain: (args, type) => {
    if (type.kind === 'duration') return { ...anyReal(nullableOf(args)), integer: true };
    return divide(numeric(args[0]!), numeric(args[1]!), nullableOf(args));
  },
  fault: (args) => zeroDivisor(args[1]),
  examples: [
    { expr: '7 / 2', gives: '3.5' },
    { expr: '90min / 1h', gives: '1.5' },
    { expr: '1h / 4', gives: 'PT900S' },
    { expr: '1 / 0', gives: 'fault' },
  ],
});
