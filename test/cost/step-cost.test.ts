import { describe, expect, it } from 'vitest';
import { COSTS } from '../../compiler/5-lower/cost/costs.ts';
import { stepCost } from '../../compiler/5-lower/cost/step-cost.ts';
import type { Step } from '../../compiler/5-lower/physical-plan.ts';

const text = (width: number, body: Step['body']): Step => ({
  slot: { kind: 'str', width, nullable: false, dictionary: null },
  source: null,
  body,
});
const short = text(10, { op: 'constant', value: 'a' });
const long = text(500, { op: 'constant', value: 'a' });
const measured = (step: number): Step => ({
  slot: { kind: 'i64', width: 1, nullable: false, dictionary: null },
  source: null,
  body: { op: 'kernel', kernel: 'length_str', operands: [{ slot: step }], nulls: 'strict' },
});

describe('what a step costs', () => {
  it('a constant costs nothing, a kernel what the table says', () => {
    const costs = { ...COSTS, kernels: { length_str: { ns: 3, nsPerByte: 0.5 } } };
    const steps = [short, long, measured(0), measured(1)];
    expect(stepCost(short, steps, costs)).toBe(0);
    expect(stepCost(steps[2]!, steps, costs)).toBeCloseTo(3 + 0.5 * 6);
    expect(stepCost(steps[3]!, steps, costs)).toBeCloseTo(3 + 0.5 * 300);
  });

  it('a text costs by its pieces and its bytes', () => {
    const pieces = [{ slot: 0 }, { literal: ' ' }, { slot: 0 }];
    const cost = (width: number) => stepCost(text(width, { op: 'text', pieces }), [short]);
    expect(cost(400)).toBeGreaterThan(2 * cost(20));
  });
});
