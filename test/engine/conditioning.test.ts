import { describe, expect, test } from 'vitest';
import { createEngine, type Engine } from '../../runtime/engine/engine.ts';
import { RunFault } from '../../runtime/engine/fault.ts';
import { plan, type TableBuilder, table } from './plan-builder.ts';

const ROWS = 200_000;
/** Standard errors: a sound engine fails one of these tests with probability 2 · 10^-6 were the streams drawn afresh. */
const SIGMAS = 4.75;

function mean(engine: Engine, of: TableBuilder, step: number): number {
  let sum = 0;
  for (let start = 0; start < ROWS; start += 8000) {
    const { values } = engine.evaluate(of.name, { start, count: 8000 }, [step]).column(step);
    for (const value of values) sum += Number(value);
  }
  return sum / ROWS;
}

function expectMean(seen: number, expected: number, variance: number): void {
  expect(Math.abs(seen - expected)).toBeLessThan(SIGMAS * Math.sqrt(variance / ROWS));
}

const engineOf = (...tables: readonly TableBuilder[]): Engine => {
  const { plan: physical, blobs } = plan(tables);
  return createEngine(physical, blobs);
};

describe('rows are draws of the law given the checks', () => {
  test('x < y for two uniforms: the law of order statistics', () => {
    const t = table('pairs', ROWS);
    const x = t.uniform('1', 0);
    const y = t.uniform('2', 0);
    t.group([t.compare('lt_f64', x, y)]);
    const product = t.combine('mul_f64', x, y);
    const engine = engineOf(t);
    expectMean(mean(engine, t, y), 2 / 3, 1 / 18);
    expectMean(mean(engine, t, x), 1 / 3, 1 / 18);
    expectMean(mean(engine, t, product), 1 / 4, 1 / 9 - 1 / 16);
    // Half of the candidates are accepted: attempts are geometric.
    const attempts = Array.from({ length: 25 }, (_, i) =>
      engine.attempts('pairs', { start: i * 8000, count: 8000 }, 0),
    ).flat();
    expectMean(attempts.reduce((sum, attempt) => sum + attempt, 0) / ROWS, 1, 2);
  });

  test('two checks together', () => {
    const t = table('triples', ROWS);
    const [x, y, z] = [t.uniform('1', 0), t.uniform('2', 0), t.uniform('3', 0)];
    t.group([t.compare('lt_f64', x, y), t.compare('lt_f64', y, z)]);
    const engine = engineOf(t);
    expectMean(mean(engine, t, y), 1 / 2, 1 / 20);
    expectMean(mean(engine, t, z), 3 / 4, 3 / 80);
  });

  test('a weight multiplies the density: x under weight x has density 2x', () => {
    const t = table('weighed', ROWS);
    const x = t.uniform('1', 0);
    t.group([], { step: x, key: '9' });
    const engine = engineOf(t);
    expectMean(mean(engine, t, x), 2 / 3, 1 / 18);
  });

  test('a parent is conditioned by its own table only, its choice by the child', () => {
    const parents = table('parents', 1000);
    const high = parents.uniform('1', 0);
    parents.group([parents.compare('lt_f64', parents.uniform('2', 0), high)]);
    const children = table('children', ROWS);
    const ref = children.reference('3', 0, 1000);
    const read = children.parent(ref, parents, high);
    children.group([], { step: read, key: '9' });
    const engine = engineOf(parents, children);

    const { values } = engine.evaluate('parents', { start: 0, count: 1000 }, [high]).column(high);
    const weights = Array.from(values, Number);
    const moment = (k: number): number => weights.reduce((sum, w) => sum + w ** k, 0);
    const expected = moment(2) / moment(1);
    expectMean(mean(engine, children, read), expected, moment(3) / moment(1) - expected ** 2);
  });

  test('null holds, and draws outside the group stay at attempt 0', () => {
    const t = table('nulls', 1000);
    const x = t.uniform('1', 0);
    const aside = t.uniform('2', null);
    const half = t.constant('f64', 0.5);
    const known = t.masked(x, t.compare('lt_f64', x, half));
    t.group([t.compare('lt_f64', known, t.constant('f64', 0))]);
    const free = table('free', 1000);
    const same = free.uniform('2', null);
    const engine = engineOf(t, free);
    const batch = engine.evaluate('nulls', { start: 0, count: 1000 }, [x, known]);
    expect(Math.max(...Array.from(batch.column(x).values, Number))).toBeLessThan(0.5);
    expect(batch.column(known).valid?.includes(1)).toBe(false);
    const drawn = [...engine.evaluate('nulls', { start: 0, count: 1000 }, [x, aside]).column(aside).values];
    expect(drawn).toEqual([
      ...engine.evaluate('free', { start: 0, count: 1000 }, [same]).column(same).values,
    ]);
  });

  test('tries are counted from 1: a row that needs k has k', () => {
    const rare = (tries: number): Engine => {
      const t = table('rare', 100);
      t.group([t.compare('lt_f64', t.uniform('1', 0), t.constant('f64', 0.05))], null, tries);
      return engineOf(t);
    };
    for (const [row, attempt] of rare(10_000).attempts('rare', { start: 0, count: 20 }, 0).entries()) {
      expect(rare(attempt + 1).attempts('rare', [row], 0)).toEqual([attempt]);
      if (attempt > 0) expect(() => rare(attempt).attempts('rare', [row], 0)).toThrow(RunFault);
    }
  });

  test('groups that read each other are refused', () => {
    const t = table('knot', 10);
    const x = t.uniform('1', 0);
    const y = t.uniform('2', 1);
    t.group([t.compare('lt_f64', x, y)]);
    t.group([t.compare('lt_f64', y, x)]);
    expect(() => engineOf(t)).toThrow(/groups 0 and 1 of knot/);
  });
});
