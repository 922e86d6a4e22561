import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { analysed, type Spec, textOf } from './spec.ts';

type Contradiction = Spec & { readonly name: string; readonly culprits: readonly string[] };
type Left = Spec & { readonly name: string; readonly why: string };
const read = (file: string) => parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
const contradictions: readonly Contradiction[] = read('contradictions.yaml');
const left: readonly Left[] = read('left.yaml');

describe('contradictions', () => {
  test.each(contradictions)('$name', ({ name: _, culprits, ...spec }) => {
    const text = textOf(spec, 100);
    const errors = analysed(text).diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code }) => code)).toEqual([culprits.length > 1 ? 'TVD4002' : 'TVD4001']);
    const spans = errors.flatMap(({ primary, secondary }) => [primary, ...secondary].map(({ span }) => span));
    const shown = spans.map(({ start, end }) => text.slice(start, end));
    expect(shown).toEqual(culprits);
  });
});

describe('constraints and weights that are not enumerated', () => {
  test.each(left)('$name', ({ name: _, why, ...spec }) => {
    const { logical, firings } = analysed(textOf(spec, 100));
    const told = firings.filter(({ rule, applied }) => rule === 'enumerate-finite' && !applied);
    expect(told.map(({ after }) => after)).toEqual([why]);
    const { constraints, weigh } = logical!.tables[0]!;
    expect(weigh !== null || constraints.some(({ lowering }) => lowering.kind === 'reject')).toBe(true);
  });
});
