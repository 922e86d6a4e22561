import { type ArgFacts, defineFunction, type FunctionDefinition } from '../define.ts';
import { type Domain, MAX_SET } from '../domain.ts';
import { INT64, TEXT, type Type } from '../types.ts';
import { lowerArg, textOf } from './args.ts';
import { CASE_LOWER, CASE_UPPER } from './case.data.ts';
import { mapCase } from './case.ts';
import { interval } from './intervals.ts';
import { lookupCases } from './lookup.ts';

/** In code points. */
const lengthOf = (text: string): number => [...text].length;

/** Lengths of a text by what is known of it. */
function lengths({ type, domain }: ArgFacts): { readonly lo: number; readonly hi: number } {
  if (domain.kind === 'text') return { lo: domain.minLength, hi: domain.maxLength };
  const known = domain.kind === 'set' ? domain.values : type.kind === 'enum' ? type.values : [];
  const texts = known.filter((value) => typeof value === 'string').map(lengthOf);
  return texts.length === 0 ? { lo: 0, hi: Infinity } : { lo: Math.min(...texts), hi: Math.max(...texts) };
}

export const length: FunctionDefinition = defineFunction({
  name: 'length',
  summary: 'The number of code points of a text, or of items of a list.',
  doc: '`é` is one code point as U+00E9 and two as `e` with an accent behind it.',
  overloads: [
    {
      params: [{ name: 'text', type: 'text', doc: 'A text.' }],
      result: INT64,
      lower: (b, [x]) => {
        const { slot } = x?.kind === 'constant' ? { slot: textOf(b, x) } : lowerArg(b, x);
        if (slot.kind === 'code') {
          const sizes = (slot.dictionary ?? []).map((text) => BigInt(lengthOf(text)));
          return lookupCases(b, slot, sizes, INT64);
        }
        return { slot: b.kernel('length_str', { kind: 'i64' }, [{ slot: slot.step }]), type: INT64 };
      },
    },
    {
      params: [{ name: 'list', type: 'list', doc: 'A list.' }],
      result: INT64,
      lower: (b, [x]) => {
        if (x?.kind === 'constant') {
          return {
            slot: b.constant(BigInt(Array.isArray(x.value) ? x.value.length : 0), INT64),
            type: INT64,
          };
        }
        const { slot } = lowerArg(b, x);
        return {
          slot: b.kernel(`list_length_${slot.kind}`, { kind: 'i64' }, [{ slot: slot.step }]),
          type: INT64,
        };
      },
    },
  ],
  nulls: 'strict',
  domain: ([x]) => interval(lengths(x!), true, x!.domain.nullable),
  examples: [
    { expr: "length('été')", gives: '3' },
    { expr: "length('')", gives: '0' },
    { expr: "length(['a', 'b'])", gives: '2' },
  ],
});

/** Simple case mapping takes a code point to one code point. */
const caseFunction = (
  name: 'lower' | 'upper',
  ranges: readonly number[],
  examples: FunctionDefinition['examples'],
): FunctionDefinition => {
  const map = (text: string): string => mapCase(text, ranges);
  const mapped = (values: readonly string[]): readonly string[] => [...new Set(values.map(map))];
  return defineFunction({
    name,
    summary: `The text in ${name} case.`,
    doc: "Unicode's simple case mapping, version 16: one code point becomes one (`ß` stays as it is), whatever the language.",
    overloads: [
      {
        params: [{ name: 'text', type: 'text', doc: 'A text.' }],
        result: ([x]): Type =>
          x?.type.kind === 'enum' ? { kind: 'enum', values: mapped(x.type.values) } : TEXT,
        lower: (b, [x]) => {
          if (x?.kind === 'constant') {
            const value = typeof x.value === 'string' ? map(x.value) : x.value;
            const type: Type =
              x.type.kind === 'enum' ? { kind: 'enum', values: mapped(x.type.values) } : x.type;
            return { slot: b.constant(value, type), type };
          }
          const { slot } = lowerArg(b, x);
          if (slot.kind === 'code') {
            const texts = (slot.dictionary ?? []).map(map);
            return lookupCases(b, slot, texts, { kind: 'enum', values: [...new Set(texts)] });
          }
          const width = Math.ceil((slot.width ?? 1) * 1.5);
          const operands = [{ slot: slot.step }, b.blob(Int32Array.from(ranges)), { i32: ranges.length / 4 }];
          return { slot: b.kernel('map_case', { kind: 'str', width }, operands), type: TEXT };
        },
      },
    ],
    nulls: 'strict',
    domain: ([x]): Domain => {
      const { domain } = x!;
      if (domain.kind === 'set' && domain.values.length <= MAX_SET) {
        return { ...domain, values: mapped(domain.values.filter((value) => typeof value === 'string')) };
      }
      return domain.kind === 'text' ? { ...domain, maxBytes: Math.ceil(domain.maxBytes * 1.5) } : domain;
    },
    examples,
  });
};

export const lower = caseFunction('lower', CASE_LOWER, [
  { expr: "lower('ÉTÉ')", gives: "'été'" },
  { expr: "lower('ΣΊΣΥΦΟΣ')", gives: "'σίσυφοσ'" },
]);
export const upper = caseFunction('upper', CASE_UPPER, [
  { expr: "upper('straße')", gives: "'STRAßE'" },
  { expr: "upper('łódź')", gives: "'ŁÓDŹ'" },
]);
