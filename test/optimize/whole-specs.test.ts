import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell } from '../../cli/values/cell.ts';
import { ESSENTIAL, rules } from '../../compiler/4-optimize/rules/index.ts';
import { RunFault } from '../../runtime/engine/fault.ts';
import { type Evaluated, evaluate, type Spec } from '../exact/evaluate.ts';
import { rejected } from '../stdlib/statistics.ts';
import { LABELS, NUMBERS, randomTables } from './random-table.ts';
import { labelsAlike, numbersAlike } from './two-samples.ts';

const RUNS = 72;
/** Over all comparisons together (Holm). */
const FALSE_ALARMS = 1e-6;
const OPTIONAL = rules.map(({ name }) => name).filter((name) => !ESSENTIAL.has(name));

/** Null where the spec is refused, or too unlikely to be met. */
function cellsOf(spec: Spec, seed: number, without: readonly string[]): Evaluated | null {
  try {
    const cells = evaluate(spec, 't', { seed, without });
    return 'errors' in cells ? null : cells;
  } catch (fault) {
    if (fault instanceof RunFault && fault.detail.code === 'TVD6002') return null;
    throw fault;
  }
}

/** p of each column by itself, and of all together with the numbers cut at their middle. */
function comparisons(a: Evaluated, b: Evaluated): readonly (readonly [string, number])[] {
  const together = (cells: Evaluated): readonly Cell[] =>
    cells.get('k')!.map((_, row) => {
      const labels = LABELS.map((name) => cells.get(name)![row]);
      const halves = NUMBERS.map((name) => {
        const cell = cells.get(name)![row]!;
        return cell === null ? 'none' : Number(cell) < 0.5;
      });
      return [...labels, ...halves].join(' ');
    });
  const isMissing = (cells: Evaluated): readonly Cell[] => cells.get('y')!.map((cell) => cell === null);
  return [
    ...NUMBERS.map((name) => [name, numbersAlike(a.get(name)!, b.get(name)!)] as const),
    ...LABELS.map((name) => [name, labelsAlike(a.get(name)!, b.get(name)!)] as const),
    ['y is null', labelsAlike(isMissing(a), isMissing(b))],
    ['all', labelsAlike(together(a), together(b))],
  ];
}

function unconditioned(spec: Spec): Spec {
  const { constraints: _, weigh: __, ...t } = spec.tables.t!;
  return { ...spec, tables: { ...spec.tables, t } };
}

test('with all rules, with none, and without each one: one law', () => {
  const alike = new Map<string, number>();
  const unlike = new Map<string, number>();
  let compared = 0;
  let conditioned = 0;
  let run = 0;
  fc.assert(
    fc.property(randomTables, (spec) => {
      const left = OPTIONAL[run++ % OPTIONAL.length]!;
      const plain = cellsOf(spec, 1, OPTIONAL);
      const optimized = cellsOf(spec, 2, []);
      const without = cellsOf(spec, 3, [left]);
      if (!plain || !optimized || !without) return;
      compared++;
      const { constraints = [], weigh = '' } = spec.tables.t!;
      const said = `${run} ${constraints.join(', ')}; ${weigh}`;
      for (const [what, p] of comparisons(optimized, plain)) alike.set(`all rules: ${what}: ${said}`, p);
      for (const [what, p] of comparisons(without, plain)) alike.set(`no ${left}: ${what}: ${said}`, p);
      if (constraints.length === 0) return;
      conditioned++;
      const free = cellsOf(unconditioned(spec), 4, []);
      unlike.set(said, Math.min(...comparisons(free!, plain).map(([, p]) => p)));
    }),
    { numRuns: RUNS, seed: 11, unbiased: true, endOnFailure: true },
  );
  expect(compared).toBeGreaterThanOrEqual(60);
  expect(rejected(alike, FALSE_ALARMS)).toEqual([]);
  // The comparisons tell what is conditioned from what is not.
  expect(rejected(unlike, FALSE_ALARMS).length).toBeGreaterThan(conditioned * 0.8);
}, 300_000);
