import { type ArgFacts, defineFunction, type FunctionDefinition } from '../define.ts';
import { FLOAT64, INT64 } from '../types.ts';
import { infix, onIntegers, onReals, overflow } from './arithmetic.ts';
import { type Interval, isKnown, nullableOf, numeric, power as powerOf } from './intervals.ts';

/** Integers to the power of one that is known not to be negative stay integers. */
const staysInteger = (args: readonly ArgFacts[]): boolean =>
  args.every(({ type }) => type.kind === 'int') && numeric(args[1]!).lo >= 0;

const result = (args: readonly ArgFacts[]): Interval =>
  powerOf(numeric(args[0]!), numeric(args[1]!), staysInteger(args), nullableOf(args));

export const power: FunctionDefinition = defineFunction({
  name: 'pow',
  operator: '^',
  summary: 'x to the power of y.',
  doc:
    'An integer where both are integers and the exponent is known to be 0 or more, exact to 64 bits; else a real. ' +
    'A negative base to a fractional power, and 0 to a negative one, are faults. `0 ^ 0` is 1.',
  overloads: [
    infix(
      'int',
      'int',
      (args) => (staysInteger(args) ? INT64 : FLOAT64),
      (b, args, type) =>
        type.kind === 'int' ? onIntegers('pow_i64')(b, args, type) : onReals('pow_f64')(b, args, type),
    ),
    infix('real', 'real', FLOAT64, onReals('pow_f64')),
  ],
  nulls: 'strict',
  domain: result,
  fault: (args) => {
    if (!args.every(isKnown)) return null;
    const [base, exponent] = [numeric(args[0]!), numeric(args[1]!)];
    const fractional = !exponent.integer;
    if (base.lo < 0 && fractional)
      return { reason: 'a negative number has no power of a fraction', argument: 0 };
    const zero = base.lo <= 0 && base.hi >= 0 && base.integer && exponent.lo < 0;
    if (zero) return { reason: '0 has no negative power', argument: 0 };
    return overflow(args, result(args), 'power');
  },
  examples: [
    { expr: '2 ^ 10', gives: '1024' },
    { expr: '2 ^ -1', gives: '0.5' },
    { expr: '-3 ^ 2', gives: '-9' },
    { expr: '2 ^ 0.5', gives: '1.4142135623730951' },
    { expr: '3 ^ 40', gives: 'fault' },
    { expr: '3 ^ 39', gives: '4052555153018976267' },
  ],
});
