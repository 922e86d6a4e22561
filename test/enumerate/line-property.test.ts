import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chiSquare, rejected } from '../stdlib/statistics.ts';
import { fitOf } from './fit.ts';
import { keyOf, placeOf, referenceOf } from './line-reference.ts';
import { type Cell, type Column, type Env, type LineSpec, lineSpecs } from './line-spec.ts';
import { analysed, cellsOf, loweringsOf, textOf } from './spec.ts';

const ROWS = 4000;
const RUNS = 120;
/** Over all comparisons together (Holm). */
const FALSE_ALARMS = 1e-6;
const PLACES = 20;

test('finite draws and draws on the line: with the rule, without it and by pieces, one law', () => {
  const tests = new Map<string, number>();
  const seen = { truncated: 0, contradictions: 0 };
  fc.assert(
    fc.property(lineSpecs, (spec) => {
      const text = textOf(spec.text, ROWS);
      const expected = referenceOf(spec);
      const { logical, diagnostics } = analysed(text);
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      if (!expected) {
        seen.contradictions++;
        // Some are seen by the checker, from domains alone.
        expect(errors.filter(({ code }) => /^TVD(23|40)/.test(code))).not.toEqual([]);
        return;
      }
      expect(errors).toEqual([]);
      expect(loweringsOf(logical!)).not.toContain('reject');
      if (logical!.tables[0]!.columns.some(({ path }) => /^x.~/.test(path))) seen.truncated++;
      const compared = (which: string, without: readonly string[]): void => {
        const rows = rowsOf(text, spec, without);
        expect(rows.filter((env) => spec.constraints.some(({ holds }) => holds(env) === false))).toEqual([]);
        const at = `${which} ${tests.size} ${text}`;
        tests.set(at, fitOf(countsOf(spec.columns, rows), expected.joint, ROWS));
        for (const column of spec.columns) {
          const places = column.kind === 'line' ? countPlaces(column, rows) : null;
          if (places) tests.set(`${column.name} ${at}`, chiSquare(places, even(places)));
        }
      };
      compared('with', []);
      if (expected.acceptance > 0.05) compared('without', ['enumerate-finite', 'truncate-draws']);
    }),
    { numRuns: RUNS, seed: 20_25 },
  );
  expect(seen.truncated).toBeGreaterThan(RUNS / 2);
  expect(seen.contradictions).toBeGreaterThan(3);
  expect(rejected(tests, FALSE_ALARMS)).toEqual([]);
}, 300_000);

function rowsOf(text: string, { columns }: LineSpec, without: readonly string[]): readonly Env[] {
  const cells = cellsOf(
    text,
    columns.map(({ name }) => name),
    without,
  )!;
  return Array.from(
    { length: ROWS },
    (_, row) => new Map(columns.map(({ name }, i) => [name, cells[i]![row] as Cell])),
  );
}

function countsOf(columns: readonly Column[], rows: readonly Env[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const env of rows) counts.set(keyOf(columns, env), (counts.get(keyOf(columns, env)) ?? 0) + 1);
  return counts;
}

/** How often a value lies in each twentieth of its piece. */
function countPlaces(
  column: Extract<Column, { kind: 'line' }>,
  rows: readonly Env[],
): readonly number[] | null {
  const counts = new Array<number>(PLACES).fill(0);
  for (const env of rows) {
    const place = placeOf(column, env);
    if (place === null) return null;
    const bin = Math.min(PLACES - 1, Math.floor(place * PLACES));
    counts[bin] = counts[bin]! + 1;
  }
  return counts;
}

const even = (counts: readonly number[]): readonly number[] =>
  counts.map(() => counts.reduce((sum, count) => sum + count, 0) / counts.length);
