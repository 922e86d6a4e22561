import {
  type Arg,
  type ArgFacts,
  type Builder,
  defineFunction,
  type FunctionDefinition,
  type Lowered,
} from '../define.ts';
import type { Domain } from '../domain.ts';
import { BOOL } from '../types.ts';
import { lowerArg, truth } from './args.ts';
import { infix } from './arithmetic.ts';
import { negate } from './select.ts';

/** Both operands with their nulls: a result may be known where one of them is not. */
const threeValued =
  (name: string) =>
  (b: Builder, args: readonly Arg[]): Lowered => {
    const [x, y] = args.map((arg) => lowerArg(b, arg, BOOL).slot);
    if (x === undefined || y === undefined) throw new Error(`${name} takes two operands`);
    if (!x.nullable && !y.nullable) {
      return truth(b.kernel(`${name}_bool`, { kind: 'bool' }, [{ slot: x.step }, { slot: y.step }]));
    }
    const operands = [{ slot: x.step }, { valid: x.step }, { slot: y.step }, { valid: y.step }];
    return truth(b.kernel(`${name}_null`, { kind: 'bool' }, operands, 'kernel'));
  };

type Truth = boolean | null;

/** The truths that an operand may have. */
const truths = ({ domain }: ArgFacts): readonly Truth[] => {
  const known =
    domain.kind === 'set' ? domain.values.filter((value) => typeof value === 'boolean') : [false, true];
  return domain.nullable ? [...known, null] : known;
};

const and3 = (x: Truth, y: Truth): Truth =>
  x === false || y === false ? false : x === null || y === null ? null : true;
const not3 = (x: Truth): Truth => (x === null ? null : !x);
const or3 = (x: Truth, y: Truth): Truth => not3(and3(not3(x), not3(y)));
const implies3 = (x: Truth, y: Truth): Truth => not3(and3(x, not3(y)));

const domain =
  (table: (x: Truth, y: Truth) => Truth) =>
  ([x, y]: readonly ArgFacts[]): Domain => {
    const results = truths(x!).flatMap((a) => truths(y!).map((c) => table(a, c)));
    return {
      kind: 'set',
      values: [false, true].filter((value) => results.includes(value)),
      nullable: results.includes(null),
    };
  };

const connective = (
  name: string,
  summary: string,
  table: (x: Truth, y: Truth) => Truth,
  examples: FunctionDefinition['examples'],
): FunctionDefinition =>
  defineFunction({
    name,
    operator: name,
    summary,
    doc: 'Three-valued, as in SQL: null is unknown. A fault beside an operand that settles the result is none.',
    overloads: [infix('bool', 'bool', BOOL, threeValued(name))],
    nulls: 'own',
    domain: domain(table),
    examples,
  });

export const and = connective('and', 'Whether both hold.', and3, [
  { expr: 'true and false', gives: 'false' },
  { expr: 'false and null', gives: 'false' },
  { expr: 'true and null', gives: 'null' },
]);

export const or = connective('or', 'Whether one of them holds.', or3, [
  { expr: 'true or null', gives: 'true' },
  { expr: 'false or null', gives: 'null' },
]);

export const implies = connective(
  'implies',
  'Whether the right side holds wherever the left does.',
  implies3,
  [
    { expr: 'false implies false', gives: 'true' },
    { expr: 'true implies null', gives: 'null' },
    { expr: 'null implies true', gives: 'true' },
  ],
);

export const not = defineFunction({
  name: 'not',
  operator: 'not',
  summary: 'Whether it does not hold.',
  doc: 'Null stays null.',
  overloads: [
    {
      params: [{ name: 'x', type: 'bool', doc: 'A condition.' }],
      result: BOOL,
      lower: (b, [x]) => truth(negate(b, lowerArg(b, x, BOOL).slot)),
    },
  ],
  nulls: 'strict',
  domain: ([x]) => ({
    kind: 'set',
    values: [false, true].filter((value) => truths(x!).includes(!value)),
    nullable: x!.domain.nullable,
  }),
  examples: [
    { expr: 'not true', gives: 'false' },
    { expr: 'not null', gives: 'null' },
  ],
});
