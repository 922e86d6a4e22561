import { describe, expect, test } from 'vitest';
import { createEngine } from '../../runtime/engine/engine.ts';
import { plan, table } from './plan-builder.ts';
import { world } from './world.ts';

describe('memory', () => {
  test('is that of a batch, however many are made', () => {
    const { plan: physical, blobs, cases } = world();
    const engine = createEngine(physical, blobs, { batchRows: 2048 });
    const steps = cases[2]?.steps ?? [];
    const size = (start: number): number =>
      engine.evaluate('events', { start, count: 2048 }, steps).column(steps[0] ?? 0).values.buffer.byteLength;
    const first = Math.max(size(0), size(10 ** 9), size(10 ** 12));
    const later = Array.from({ length: 40 }, (_, i) => size(2048 * (i + 1) + 2 ** 40));
    expect(Math.max(...later)).toBeLessThanOrEqual(first * 1.3);
    expect(later.at(-1)).toBe(later[10]);
  });

  test('a text wider than the plan says is noticed', () => {
    const t = table('wide', 100);
    const text = t.text([{ literal: 'row ' }, { slot: t.rowId() }], 5);
    const { plan: physical, blobs } = plan([t]);
    const engine = createEngine(physical, blobs);
    expect(engine.evaluate('wide', { start: 0, count: 10 }, [text]).rows).toBe(10);
    expect(() => engine.evaluate('wide', { start: 10, count: 10 }, [text])).toThrow(
      /60 items of str in 10 rows/,
    );
  });

  test('a chain of 20,000 steps', () => {
    const t = table('chain', 10);
    let step = t.uniform('1', null);
    const one = t.constant('f64', 1);
    for (let i = 0; i < 20_000; i++) step = t.combine('add_f64', step, one);
    const { plan: physical, blobs } = plan([t]);
    const engine = createEngine(physical, blobs, { batchRows: 10 });
    expect(Math.floor(Number(engine.evaluate('chain', [3], [step]).column(step).values[0]))).toBe(20_000);
  });
});
