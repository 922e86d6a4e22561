import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { rejected } from '../stdlib/statistics.ts';
import { fitOf } from './fit.ts';
import { referenceLaw } from './reference.ts';
import { analysed, countsOf, loweringsOf, type Spec, textOf } from './spec.ts';

type Case = Spec & {
  readonly name: string;
  readonly joint: readonly string[];
  readonly rejected?: number;
  readonly proved?: number;
  readonly truncated?: number;
  readonly reference?: Pick<Spec, 'columns' | 'constraints' | 'weigh'>;
};

const cases: readonly Case[] = parse(readFileSync(new URL('cases.yaml', import.meta.url), 'utf8'));
const ROWS = 20_000;
/** Over all comparisons of this file together (Holm). */
const FALSE_ALARMS = 1e-6;

describe('conditional laws of finite columns', () => {
  const tests = new Map<string, number>();
  for (const spec of cases) {
    test(spec.name, () => {
      const { name, joint, reference, rejected: left = 0, proved = 0, truncated = 0, ...written } = spec;
      const text = textOf(written, ROWS);
      const { logical, diagnostics } = analysed(text);
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      const lowerings = loweringsOf(logical!);
      const many = (kind: string): number => lowerings.filter((each) => each === kind).length;
      expect([many('reject'), many('proved'), many('truncate')]).toEqual([left, proved, truncated]);
      expect(many('enumerate')).toBe(lowerings.length - left - proved - truncated);
      const law = referenceLaw(textOf({ ...written, ...reference }, 1), joint)!.joint;
      expect([...law.values()].reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
      tests.set(name, fitOf(countsOf(text, joint)!, law, ROWS));
    });
  }
  afterAll(() => {
    expect(tests.size).toBe(cases.length);
    expect(rejected(tests, FALSE_ALARMS)).toEqual([]);
  });
});
