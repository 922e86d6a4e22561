import { describe, expect, it } from 'vitest';
import { rules } from '../../compiler/4-optimize/rules/index.ts';
import { COSTS, type Cost, type Costs } from '../../compiler/5-lower/cost/costs.ts';
import { createEngine } from '../../runtime/engine/engine.ts';
import { binomialShare } from '../../runtime/probe/interval.ts';
import type { Measured } from '../../runtime/probe/probe.ts';
import { probe } from '../../runtime/probe/probe.ts';
import { loadKernels, scalarMath } from '../../stdlib/kernels/load.ts';
import { compiledFrom } from './specs.ts';

const PLAIN = rules.map(({ name }) => name);
const CASES: readonly (readonly [string, readonly string[]])[] = [
  ['config/media_dataset.yaml', []],
  ['examples/quickstart/spec.yaml', []],
  ['test/bench/constraints.yaml', []],
  ['test/bench/constraints.yaml', PLAIN],
  ['test/conformance/laws.yaml', []],
];

const BATCH = 8192;

/**
 * The probe's interval misses the true share with probability 10^-3, and so does the run's: that they do not meet is a
 * false alarm with less than 2 · 10^-3 a group. Seeds are those of the specs.
 */
describe('acceptance of a run is inside what was estimated', () => {
  const math = scalarMath(loadKernels());
  it.each(CASES)('%s without %j', (path, without) => {
    let measured: Measured | null = null;
    const { plan, blobs } = compiledFrom(path, {
      without,
      probe: (...args) => {
        measured = probe(...args);
        return measured;
      },
    });
    const engine = createEngine(plan, blobs, { batchRows: BATCH });
    for (const table of plan.tables) {
      const steps = Object.values(table.paths);
      const count = Math.min(BATCH, table.rows);
      const candidates = table.groups.map(() => 0);
      const starts = [0, 1, 2].map((part) => Math.floor((part * (table.rows - count)) / 2));
      for (const start of starts) {
        engine.evaluate(table.name, { start, count }, steps);
        for (const [group, judged] of engine.candidates().entries()) candidates[group]! += judged;
      }
      const found = measured as Measured | null;
      for (const [group, judged] of candidates.entries()) {
        const estimate = found?.acceptance[table.name]?.[group];
        if (!estimate || judged === 0) throw new Error(`group ${group} of ${table.name} was not conditioned`);
        const actual = binomialShare(math, starts.length * count, judged);
        expect(actual.high).toBeGreaterThanOrEqual(estimate.low);
        expect(actual.low).toBeLessThanOrEqual(estimate.high);
      }
    }
  });
});

it('candidates of a batch are its rows and their attempts', () => {
  const { plan, blobs } = compiledFrom('test/bench/constraints.yaml', { without: PLAIN, probe });
  const engine = createEngine(plan, blobs, { batchRows: 1000 });
  for (const { name, groups, paths } of plan.tables) {
    const rows = { start: 5000, count: 1000 };
    engine.evaluate(name, rows, Object.values(paths));
    const candidates = engine.candidates();
    expect(candidates).toEqual(
      groups.map((_, group) =>
        engine.attempts(name, rows, group).reduce((sum, attempt) => sum + attempt + 1, 0),
      ),
    );
  }
});

const doubled = ({ ns, nsPerByte }: Cost): Cost => ({
  ns: 2 * ns,
  ...(nsPerByte === undefined ? {} : { nsPerByte: 2 * nsPerByte }),
});
const all = <Name extends string>(costs: Readonly<Record<Name, Cost>>): Record<Name, Cost> => {
  const twice: Record<Name, Cost> = { ...costs };
  for (const name in twice) twice[name] = doubled(twice[name]);
  return twice;
};
const { columns } = COSTS;
const TWICE: Costs = {
  ...COSTS,
  kernels: all(COSTS.kernels),
  callNs: 2 * COSTS.callNs,
  columns: {
    snappy: all(columns.snappy),
    none: all(columns.none),
    zstd: all(columns.zstd),
    lz4: all(columns.lz4),
    csv: all(columns.csv),
    jsonl: all(columns.jsonl),
    arrow: all(columns.arrow),
  },
  file: doubled(COSTS.file),
};

it.each(CASES)(
  'a machine of half the speed takes twice the time for the same plan: %s without %j',
  (path, without) => {
    const { plan } = compiledFrom(path, { without, probe });
    const { plan: slow } = compiledFrom(path, { without, probe, costs: TWICE });
    const meaning = ({ tables, estimate: _, ...rest }: typeof plan) => ({
      ...rest,
      tables: tables.map(({ estimate: _, ...table }) => table),
    });
    expect(meaning(slow)).toEqual(meaning(plan));
    for (const [i, { estimate }] of plan.tables.entries()) {
      expect(estimate.nsPerRow).toBeGreaterThan(0);
      expect(slow.tables[i]!.estimate.nsPerRow / estimate.nsPerRow).toBeCloseTo(2, 6);
    }
  },
);
