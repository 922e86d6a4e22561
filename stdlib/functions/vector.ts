import { type Arg, type Builder, defineFunction, type FunctionDefinition, type SlotRef } from '../define.ts';
import type { Domain } from '../domain.ts';
import type { Type } from '../types.ts';
import { lowerArg, numberOf, realOf } from './args.ts';

/** Components that one call of the kernel takes. */
const AT_ONCE = 8;

function gather(b: Builder, parts: readonly SlotRef[]): SlotRef {
  const first = parts.slice(0, AT_ONCE);
  const none = Array.from({ length: AT_ONCE - first.length }, () => ({ i32: 0 }));
  const width = first.length;
  const slots = first.map((part) => ({ slot: part.step }));
  const head = b.kernel('vec_of', { kind: 'vec', width }, [...slots, ...none, { i32: width }]);
  if (parts.length <= AT_ONCE) return head;
  const tail = gather(b, parts.slice(AT_ONCE));
  const tailWidth = parts.length - AT_ONCE;
  return b.kernel('vec_concat', { kind: 'vec', width: parts.length }, [
    { slot: head.step },
    { i32: width },
    { slot: tail.step },
    { i32: tailWidth },
  ]);
}

const any = (nullable: boolean): Domain => ({ kind: 'any', nullable });

export const vector: FunctionDefinition = defineFunction({
  name: 'vector',
  summary: 'A vector of these components.',
  doc: 'Null where a component is.',
  overloads: [
    {
      params: [{ name: 'x', type: 'real', doc: 'A component; as many as the vector has.' }],
      variadic: true,
      result: (args): Type => ({ kind: 'vector', dims: args.length }),
      lower: (b, args, type) => ({
        slot: gather(
          b,
          args.map((arg) => realOf(b, arg)),
        ),
        type,
      }),
    },
  ],
  nulls: 'strict',
  domain: (args) => any(args.some(({ domain }) => domain.nullable)),
  examples: [{ expr: 'vector(1, 0.5)', gives: '[1.0, 0.5]' }],
});

const labelsOf = (type: Type | undefined): readonly string[] | string => {
  if (type?.kind !== 'vector') return 'it takes a vector';
  return type.labels ?? 'the vector has no labels: one drawn by dirichlet(name=weight, …) has';
};

/** The labels of a vector's components, by position. */
const labelled = (arg: Arg | undefined): readonly string[] => {
  const labels = arg && 'type' in arg ? labelsOf(arg.type) : 'no vector';
  if (typeof labels === 'string') throw new Error(labels);
  return labels;
};

export const argmax: FunctionDefinition = defineFunction({
  name: 'argmax',
  summary: 'The label of the greatest component.',
  doc: 'The first of equal ones.',
  overloads: [
    {
      params: [{ name: 'x', type: 'vector', doc: 'A vector with labels.' }],
      result: ([x]) => {
        const labels = labelsOf(x?.type);
        return typeof labels === 'string' ? labels : { kind: 'enum', values: labels };
      },
      lower: (b, [x], type) => {
        const { slot } = lowerArg(b, x);
        const out = { kind: 'code', dictionary: labelled(x) } as const;
        return { slot: b.kernel('vec_argmax', out, [{ slot: slot.step }, { i32: slot.width ?? 1 }]), type };
      },
    },
  ],
  nulls: 'strict',
  domain: ([x], type) =>
    type.kind === 'enum'
      ? { kind: 'set', values: type.values, nullable: x!.domain.nullable }
      : any(x!.domain.nullable),
  examples: [],
});

export const top: FunctionDefinition = defineFunction({
  name: 'top',
  summary: 'The labels of the greatest components, the greatest first.',
  doc: 'At most `k`, each above `above`; of equal ones the first comes first. May be empty.',
  overloads: [
    {
      params: [
        { name: 'x', type: 'vector', doc: 'A vector with labels.' },
        { name: 'k', type: 'int', constant: true, bounds: { min: 1, max: 4096 }, doc: 'How many at most.' },
        { name: 'above', type: 'real', constant: true, default: null, doc: 'Only components above this.' },
      ],
      result: ([x]) => {
        const labels = labelsOf(x?.type);
        return typeof labels === 'string' ? labels : { kind: 'list', of: { kind: 'enum', values: labels } };
      },
      lower: (b, [x, k, above], type) => {
        const { slot } = lowerArg(b, x);
        const dictionary = labelled(x);
        const width = Math.min(numberOf(k) ?? 1, dictionary.length);
        const operands = [
          { slot: slot.step },
          { i32: slot.width ?? 1 },
          { i32: width },
          { f64: numberOf(above) ?? -Infinity },
        ];
        return { slot: b.kernel('vec_top', { kind: 'codes', width, dictionary }, operands), type };
      },
    },
  ],
  nulls: 'strict',
  domain: ([x]) => any(x!.domain.nullable),
  examples: [],
});
