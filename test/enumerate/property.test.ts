import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rejected } from '../stdlib/statistics.ts';
import { fitOf } from './fit.ts';
import { randomSpecs } from './random-spec.ts';
import { referenceLaw } from './reference.ts';
import { analysed, countsOf, loweringsOf, textOf } from './spec.ts';

const ROWS = 4000;
const RUNS = 150;
/** Over all comparisons together (Holm). */
const FALSE_ALARMS = 1e-6;

test('with the rule, without it and by enumeration of the spec: one law', () => {
  const tests = new Map<string, number>();
  const seen = { enumerated: 0, contradictions: 0 };
  fc.assert(
    fc.property(randomSpecs, ({ names, ...spec }) => {
      const text = textOf(spec, ROWS);
      const expected = referenceLaw(text, names);
      const { logical, diagnostics } = analysed(text);
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      if (!expected) {
        seen.contradictions++;
        // Some are seen by the checker, from domains alone.
        expect(errors.filter(({ code }) => /^TVD(23|40)/.test(code))).not.toEqual([]);
        return;
      }
      expect(errors).toEqual([]);
      if (loweringsOf(logical!).includes('enumerate')) seen.enumerated++;
      expect(loweringsOf(logical!)).not.toContain('reject');
      expect(logical!.tables[0]!.weigh).toBe(null);
      const at = `${tests.size} ${text}`;
      tests.set(`with ${at}`, fitOf(countsOf(text, names)!, expected.joint, ROWS));
      if (expected.acceptance < 0.02) return;
      tests.set(`without ${at}`, fitOf(countsOf(text, names, ['enumerate-finite'])!, expected.joint, ROWS));
    }),
    { numRuns: RUNS, seed: 20_24, endOnFailure: true },
  );
  expect(seen.enumerated).toBeGreaterThan(RUNS / 2);
  expect(seen.contradictions).toBeGreaterThan(5);
  expect(rejected(tests, FALSE_ALARMS)).toEqual([]);
}, 120_000);
