import { defineFunction, type FunctionDefinition } from '../define.ts';
import { DURATION, FLOAT64, INT64 } from '../types.ts';
import { infix, onIntegers, onReals, zeroDivisor } from './arithmetic.ts';
import { floorDivide, modulo, nullableOf, numeric } from './intervals.ts';

export const floorDivision: FunctionDefinition = defineFunction({
  name: 'floordiv',
  operator: '//',
  summary: 'The quotient, floored.',
  doc: 'Towards minus infinity: `-7 // 2` is -4. `a == a // b * b + a % b` for integers. Of reals the result is real.',
  overloads: [
    infix('int', 'int', INT64, onIntegers('floordiv_i64')),
    infix('real', 'real', FLOAT64, onReals('floordiv_f64')),
    infix('duration', 'duration', INT64, onIntegers('floordiv_i64')),
    infix('duration', 'int', DURATION, onIntegers('floordiv_i64')),
  ],
  nulls: 'strict',
  domain: (args) => floorDivide(numeric(args[0]!), numeric(args[1]!), nullableOf(args)),
  fault: (args) => zeroDivisor(args[1]),
  examples: [
    { expr: '7 // 2', gives: '3' },
    { expr: '-7 // 2', gives: '-4' },
    { expr: '7.5 // 2', gives: '3.0' },
    { expr: '3h // 50min', gives: '3' },
  ],
});

export const remainder: FunctionDefinition = defineFunction({
  name: 'mod',
  operator: '%',
  summary: 'The remainder of floored division.',
  doc: 'It has the divisor’s sign: `-7 % 3` is 2.',
  overloads: [
    infix('int', 'int', INT64, onIntegers('mod_i64')),
    infix('real', 'real', FLOAT64, onReals('mod_f64')),
    infix('duration', 'duration', DURATION, onIntegers('mod_i64')),
  ],
  nulls: 'strict',
  domain: (args) => modulo(numeric(args[0]!), numeric(args[1]!), nullableOf(args)),
  fault: (args) => zeroDivisor(args[1]),
  examples: [
    { expr: '7 % 3', gives: '1' },
    { expr: '-7 % 3', gives: '2' },
    { expr: '7 % -3', gives: '-2' },
    { expr: '-0.5 % 2', gives: '1.5' },
    { expr: '1 % 0', gives: 'fault' },
  ],
});
