import {
  type Arg,
  type ArgFacts,
  type Builder,
  defineFunction,
  type Fault,
  type FunctionDefinition,
  type Lowered,
  type Overload,
} from '../define.ts';
import { FLOAT64, INT64, type Type } from '../types.ts';
import { integerOf, kernelOn, numberOf, realOf } from './args.ts';
import { type Interval, interval, isKnown, numeric, overflows } from './intervals.ts';

const x = (type: 'int' | 'real') => ({ name: 'x', type, doc: 'A number.' }) as const;

/** To an integer; integers are left as they are. */
const toInteger = (lower: (b: Builder, arg: Arg | undefined) => Lowered): readonly Overload[] => [
  { params: [x('int')], result: INT64, lower: (b, [arg]) => ({ slot: integerOf(b, arg), type: INT64 }) },
  { params: [x('real')], result: INT64, lower: (b, [arg]) => lower(b, arg) },
];

const domain =
  (round: (x: number) => number) =>
  (args: readonly ArgFacts[]): Interval => {
    const all = numeric(args[0]!);
    if (all.integer) return all;
    // An open end at an integer is not reached by floor from below; rounding and ceil may reach it.
    const hi = round === Math.floor && all.hiOpen && Number.isInteger(all.hi) ? all.hi - 1 : round(all.hi);
    const lo = round === Math.ceil && all.loOpen && Number.isInteger(all.lo) ? all.lo + 1 : round(all.lo);
    return interval({ lo, hi }, true, all.nullable);
  };

const fault =
  (round: (x: number) => number) =>
  (args: readonly ArgFacts[]): Fault | null =>
    isKnown(args[0]!) && overflows(domain(round)(args))
      ? { reason: 'the integer may exceed 64 bits', argument: 0 }
      : null;

/** Halves to even. */
function nearest(value: number): number {
  const floor = Math.floor(value);
  const over = value - floor;
  return over < 0.5 ? floor : over > 0.5 ? floor + 1 : floor % 2 === 0 ? floor : floor + 1;
}

export const floor: FunctionDefinition = defineFunction({
  name: 'floor',
  summary: 'The greatest integer that is not above x.',
  doc: 'An integer. `floor(~uniform(13, 96))` gives whole bins: every age from 13 to 95 equally.',
  overloads: toInteger((b, arg) => kernelOn(b, 'floor_to_i64', INT64, realOf(b, arg))),
  nulls: 'strict',
  domain: domain(Math.floor),
  fault: fault(Math.floor),
  examples: [
    { expr: 'floor(2.7)', gives: '2' },
    { expr: 'floor(-2.1)', gives: '-3' },
    { expr: 'floor(1e300)', gives: 'fault' },
  ],
});

export const ceil: FunctionDefinition = defineFunction({
  name: 'ceil',
  summary: 'The least integer that is not below x.',
  doc: 'An integer.',
  overloads: toInteger((b, arg) => kernelOn(b, 'ceil_to_i64', INT64, realOf(b, arg))),
  nulls: 'strict',
  domain: domain(Math.ceil),
  fault: fault(Math.ceil),
  examples: [
    { expr: 'ceil(2.1)', gives: '3' },
    { expr: 'ceil(-2.7)', gives: '-2' },
  ],
});

const [least, most] = [-(2n ** 63n) + 1n, 2n ** 63n - 1n];

function places(b: Builder, arg: Arg | undefined, digits: Arg | undefined, type: Type): Lowered {
  const count = numberOf(digits) ?? 0;
  const unit = Number(10n ** BigInt(Math.abs(count)));
  const operands = [{ slot: realOf(b, arg).step }, { f64: unit }, { i32: count >= 0 ? 1 : 0 }];
  return { slot: b.kernel('round_places', { kind: 'f64' }, operands), type };
}

export const round: FunctionDefinition = defineFunction({
  name: 'round',
  summary: 'x to the nearest integer, or to so many decimal places.',
  doc: 'Halves to even: `round(2.5)` is 2. With `digits` the result is real; below 0 it rounds to tens, hundreds …',
  overloads: [
    ...toInteger((b, arg) => ({
      slot: b.kernel('f64_to_i64', { kind: 'i64' }, [
        { slot: realOf(b, arg).step },
        { i64: least.toString() },
        { i64: most.toString() },
      ]),
      type: INT64,
    })),
    {
      params: [
        x('real'),
        {
          name: 'digits',
          type: 'int',
          constant: true,
          bounds: { min: -15, max: 15 },
          doc: 'Decimal places.',
        },
      ],
      result: FLOAT64,
      lower: (b, [arg, digits], type) => places(b, arg, digits, type),
    },
  ],
  nulls: 'strict',
  domain: (args) => {
    const digits = args[1]?.value;
    if (digits === undefined || digits === null) return domain(nearest)(args);
    const all = numeric(args[0]!);
    // Half a unit of the last place, and what the double next to it adds.
    const slack = 0.5 * 10 ** -Number(digits) * (1 + 1e-12);
    return interval({ lo: all.lo - slack, hi: all.hi + slack }, false, all.nullable);
  },
  fault: (args) => (args.length > 1 ? null : fault(nearest)(args)),
  examples: [
    { expr: 'round(2.5)', gives: '2' },
    { expr: 'round(3.5)', gives: '4' },
    { expr: 'round(2.345, 1)', gives: '2.3' },
    { expr: 'round(1234, -2)', gives: '1200.0' },
  ],
});
