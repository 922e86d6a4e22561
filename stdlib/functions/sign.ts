import {
  type Arg,
  type ArgFacts,
  type Builder,
  defineFunction,
  type FunctionDefinition,
  type Lowered,
  type Overload,
  type TypePattern,
} from '../define.ts';
import { DATE, DURATION, FLOAT64, INT64, TIMESTAMP, type Type } from '../types.ts';
import { integerOf, kernelOn, realOf } from './args.ts';
import { onIntegers, onReals } from './arithmetic.ts';
import { absolute, greatest, type Interval, least, negate, nullableOf, numeric } from './intervals.ts';

const unary = (type: TypePattern, result: Type, lower: Overload['lower'], doc: string): Overload => ({
  params: [{ name: 'x', type, doc }],
  result,
  lower,
});

const unaries = (kernel: string, doc: string): readonly Overload[] => [
  unary('int', INT64, onIntegers(`${kernel}_i64`), doc),
  unary('real', FLOAT64, onReals(`${kernel}_f64`), doc),
  unary('duration', DURATION, onIntegers(`${kernel}_i64`), doc),
];

export const negation: FunctionDefinition = defineFunction({
  name: 'neg',
  operator: '-',
  summary: 'The number with the other sign.',
  doc: 'Of integers, reals and durations.',
  overloads: unaries('neg', 'What to negate.'),
  nulls: 'strict',
  domain: ([x]) => negate(numeric(x!)),
  examples: [
    { expr: '-(3)', gives: '-3' },
    { expr: '-(1.5)', gives: '-1.5' },
  ],
});

export const absoluteValue: FunctionDefinition = defineFunction({
  name: 'abs',
  summary: 'The size of a number, without its sign.',
  doc: 'Of integers, reals and durations.',
  overloads: unaries('abs', 'A number.'),
  nulls: 'strict',
  domain: ([x]) => absolute(numeric(x!)),
  examples: [
    { expr: 'abs(-3)', gives: '3' },
    { expr: 'abs(2.5)', gives: '2.5' },
  ],
});

/** One value after the other. */
const fold =
  (kernel: string, read: (b: Builder, arg: Arg) => ReturnType<typeof realOf>) =>
  (b: Builder, args: readonly Arg[], type: Type): Lowered => {
    const [first, ...rest] = args.map((arg) => read(b, arg));
    if (first === undefined) throw new Error('no value to compare');
    return rest.reduce((best: Lowered, next) => kernelOn(b, kernel, type, best.slot, next), {
      slot: first,
      type,
    });
  };

const ofAll = (name: string): readonly Overload[] => {
  const of = (
    type: TypePattern,
    result: Type,
    read: (b: Builder, arg: Arg) => ReturnType<typeof realOf>,
  ): Overload => ({
    params: [{ name: 'x', type, doc: 'A value; as many as are given.' }],
    variadic: true,
    result,
    lower: fold(`${name}_${result.kind === 'float' ? 'f64' : 'i64'}`, read),
  });
  return [
    of('int', INT64, integerOf),
    of('real', FLOAT64, realOf),
    of('date', DATE, integerOf),
    of('timestamp', TIMESTAMP, integerOf),
    of('duration', DURATION, integerOf),
  ];
};

const combine =
  (with_: (a: Interval, b: Interval, nullable: boolean) => Interval) =>
  (args: readonly ArgFacts[]): Interval =>
    args.map(numeric).reduce((a, b) => with_(a, b, nullableOf(args)));

export const minimum: FunctionDefinition = defineFunction({
  name: 'min',
  summary: 'The least of the values.',
  doc: 'Of numbers, dates, timestamps or durations, in one row. Null where any is null.',
  overloads: ofAll('min'),
  nulls: 'strict',
  domain: combine(least),
  examples: [
    { expr: 'min(3, 1, 2)', gives: '1' },
    { expr: 'min(0.5, 1)', gives: '0.5' },
  ],
});

export const maximum: FunctionDefinition = defineFunction({
  name: 'max',
  summary: 'The greatest of the values.',
  doc: 'Of numbers, dates, timestamps or durations, in one row. Null where any is null.',
  overloads: ofAll('max'),
  nulls: 'strict',
  domain: combine(greatest),
  examples: [
    { expr: 'max(3, 1, 2)', gives: '3' },
    { expr: 'max(2024-01-01, 2023-06-01)', gives: '2024-01-01' },
  ],
});
