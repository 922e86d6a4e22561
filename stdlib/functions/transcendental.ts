import { defineFunction, type FunctionDefinition, type Overload } from '../define.ts';
import { FLOAT64 } from '../types.ts';
import { onReals } from './arithmetic.ts';
import { isKnown, monotone, numeric } from './intervals.ts';

const ofReal = (kernel: string, doc: string): readonly Overload[] => [
  { params: [{ name: 'x', type: 'real', doc }], result: FLOAT64, lower: onReals(kernel) },
];

export const exponential: FunctionDefinition = defineFunction({
  name: 'exp',
  summary: 'e to the power of x.',
  doc: 'Above some 709.78 the result has no double: a fault.',
  overloads: ofReal('exp_f64', 'The exponent.'),
  nulls: 'strict',
  domain: ([x]) => {
    const range = monotone(numeric(x!), Math.exp, (at) => at === 0 || at === -Infinity, 0);
    return range.hi === Infinity ? { ...range, hi: Infinity, hiOpen: true } : range;
  },
  fault: ([x]) => {
    const { lo, hi } = numeric(x!);
    return isKnown(x!) && (lo > 709.78 || (Number.isFinite(hi) && hi > 709.78))
      ? { reason: 'e to a power above 709 has no double', argument: 0 }
      : null;
  },
  examples: [
    { expr: 'exp(0)', gives: '1.0' },
    { expr: 'exp(1)', gives: '2.718281828459045' },
    { expr: 'exp(1000)', gives: 'fault' },
  ],
});

export const logarithm: FunctionDefinition = defineFunction({
  name: 'log',
  summary: 'The natural logarithm.',
  doc: 'x is above 0; anything else is a fault.',
  overloads: [
    {
      params: [{ name: 'x', type: 'real', doc: 'A number above 0.' }],
      result: FLOAT64,
      lower: onReals('log_f64'),
    },
  ],
  nulls: 'strict',
  domain: ([x]) => {
    const all = numeric(x!);
    const positive = all.lo > 0 ? all : { ...all, lo: 0, hi: Math.max(all.hi, 0) };
    return monotone(positive, Math.log, (at) => at === 1, -Infinity);
  },
  fault: ([x]) => {
    const { lo, loOpen } = numeric(x!);
    if (!isKnown(x!) || lo > 0 || (lo === 0 && loOpen)) return null;
    return { reason: lo < 0 ? 'a negative number has no logarithm' : '0 has no logarithm', argument: 0 };
  },
  examples: [
    { expr: 'log(1)', gives: '0.0' },
    { expr: 'log(10)', gives: '2.302585092994046' },
    { expr: 'log(0)', gives: 'fault' },
  ],
});

export const squareRoot: FunctionDefinition = defineFunction({
  name: 'sqrt',
  summary: 'The square root.',
  doc: 'x is 0 or more.',
  overloads: ofReal('sqrt_f64', 'A number, 0 or more.'),
  nulls: 'strict',
  domain: ([x]) => {
    const all = numeric(x!);
    return monotone(all.lo >= 0 ? all : { ...all, lo: 0, hi: Math.max(all.hi, 0) }, Math.sqrt, () => true, 0);
  },
  fault: ([x]) =>
    isKnown(x!) && numeric(x!).lo < 0
      ? { reason: 'a negative number has no square root', argument: 0 }
      : null,
  examples: [
    { expr: 'sqrt(2)', gives: '1.4142135623730951' },
    { expr: 'sqrt(-1)', gives: 'fault' },
  ],
});
