import {
  type ArgFacts,
  defineFunction,
  type FunctionDefinition,
  type Overload,
  type TypePattern,
} from '../define.ts';
import type { Domain } from '../domain.ts';
import { BOOL, type Type } from '../types.ts';
import { lowerArg, truth } from './args.ts';
import { lowerCast } from './cast.ts';
import { unionOf } from './dictionaries.ts';
import { hull, isKnown, numeric } from './intervals.ts';
import { isNull, lowerCoalesce } from './select.ts';

export const isNullFunction: FunctionDefinition = defineFunction({
  name: 'is_null',
  operator: 'is null',
  summary: 'Whether there is no value.',
  doc: 'Sees the holes that `missing:` cuts. Never null itself; of a fault it is a fault.',
  overloads: [
    {
      params: [{ name: 'x', type: 'any', doc: 'A value.' }],
      result: BOOL,
      lower: (b, [x]) => {
        if (x?.kind === 'constant') return truth(b.constant(x.value === null, BOOL));
        return truth(isNull(b, lowerArg(b, x).slot));
      },
    },
  ],
  nulls: 'own',
  domain: ([x]) => ({
    kind: 'set',
    values: x!.type.kind === 'null' ? [true] : x!.domain.nullable ? [false, true] : [false],
    nullable: false,
  }),
  examples: [
    { expr: 'null is null', gives: 'true' },
    { expr: '3 is null', gives: 'false' },
  ],
});

/** The type that holds every value: the widest number, the texts of all enums. */
function common(args: readonly ArgFacts[]): Type | string {
  const types = args.map(({ type }) => type).filter(({ kind }) => kind !== 'null');
  const [first, ...rest] = types;
  if (first === undefined) return { kind: 'null' };
  return rest.reduce<Type | string>((all, type) => (typeof all === 'string' ? all : wider(all, type)), first);
}

function wider(a: Type, b: Type): Type | string {
  if (a.kind === 'enum' && b.kind === 'enum') return { kind: 'enum', values: unionOf(a.values, b.values) };
  if ((a.kind === 'text' && b.kind === 'enum') || (a.kind === 'enum' && b.kind === 'text'))
    return { kind: 'text' };
  const number = (type: Type) => type.kind === 'int' || type.kind === 'float' || type.kind === 'decimal';
  if (number(a) && number(b) && JSON.stringify(a) !== JSON.stringify(b)) {
    return a.kind === 'int' && b.kind === 'int'
      ? { kind: 'int', bits: 64, signed: true }
      : { kind: 'float', bits: 64 };
  }
  return JSON.stringify(a) === JSON.stringify(b) ? a : 'its values are of kinds that do not go together';
}

const all = (type: TypePattern): Overload => ({
  params: [{ name: 'x', type, doc: 'Values, the preferred one first.' }],
  variadic: true,
  result: common,
  lower: (b, args, type) => {
    const [first, ...rest] = args.map((arg) => {
      const value = lowerArg(b, arg, type);
      return lowerCast(b, value.slot, value.type, type);
    });
    if (first === undefined) throw new Error('coalesce takes values');
    return { slot: rest.reduce((slot, next) => lowerCoalesce(b, slot, next, type), first), type };
  },
});

export const coalesce: FunctionDefinition = defineFunction({
  name: 'coalesce',
  summary: 'The first value that is not null.',
  doc: 'Sees the holes that `missing:` cuts. Null where all are.',
  overloads: [all('any')],
  nulls: 'own',
  domain: (args, type): Domain => {
    const nullable = args.every(({ domain }) => domain.nullable);
    const values = args.filter((arg) => arg.type.kind !== 'null');
    if (values.every(({ domain }) => domain.kind === 'set')) {
      const texts = values.flatMap(({ domain }) => (domain.kind === 'set' ? domain.values : []));
      return { kind: 'set', values: [...new Set(texts)], nullable };
    }
    const numbers =
      type.kind === 'int' || type.kind === 'float' || type.kind === 'date' || type.kind === 'timestamp';
    if (!numbers || !values.every(isKnown)) return { kind: 'any', nullable };
    const parts = values.map(numeric);
    return hull(
      parts,
      nullable,
      parts.every(({ integer }) => integer),
    );
  },
  examples: [
    { expr: 'coalesce(null, 3)', gives: '3' },
    { expr: "coalesce('a', 'b')", gives: "'a'" },
  ],
});
