import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Group } from '../../compiler/5-lower/physical-plan.ts';
import { createEngine } from '../../runtime/engine/engine.ts';
import { RunFault } from '../../runtime/engine/fault.ts';
import { plan, table } from './plan-builder.ts';

const ROWS = 400;

type Made = { readonly attempts: readonly number[] } | { readonly code: string; readonly row: number };

/**
 * Two checks and a weight over three draws; `1 / (x ≤ at)` makes each of them a fault for the shares `at` of its own
 * draw, so that some candidates are at fault in one and rejected by another.
 */
function made(
  faults: readonly [number, number, number],
  judging: (all: Group['judging']) => Group['judging'],
): Made {
  const t = table('t', ROWS);
  const [x, y, z] = [t.uniform('1', 0), t.uniform('2', 0), t.uniform('3', 0)];
  /** x, or a fault where x is not above `at`. */
  const guarded = (draw: number, at: number): number => {
    const above = t.kernel('bool_to_i64', 'i64', [
      { slot: t.compare('lt_f64', t.constant('f64', at), draw) },
    ]);
    const one = t.kernel('i64_to_f64', 'f64', [{ slot: above }]);
    return t.combine('div_f64', draw, one);
  };
  const [a, b, c] = [guarded(x, faults[0]), guarded(y, faults[1]), guarded(z, faults[2])];
  const half = t.constant('f64', 0.5);
  t.group([t.compare('lt_f64', half, a), t.compare('lt_f64', a, b)], { step: c, key: '9' }, 1000, judging);
  const { plan: physical, blobs } = plan([t]);
  try {
    return { attempts: createEngine(physical, blobs).attempts('t', { start: 0, count: ROWS }, 0) };
  } catch (error) {
    if (error instanceof RunFault) return { code: error.detail.code, row: error.detail.row };
    throw error;
  }
}

const share = fc.constantFrom(0, 0, 0.001, 0.3);
const orders = fc
  .tuple(
    fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
    fc.array(fc.constantFrom(null, 0, 1, 50), { minLength: 3 }),
  )
  .map(
    ([order, out]) =>
      (all: Group['judging']): Group['judging'] =>
        order.map((of, i) => ({ of: all[of]!.of, leaveOut: out[i]! })),
  );

test('what is accepted and what is at fault does not depend on the order of judging', () => {
  const codes = new Set<string>();
  fc.assert(
    fc.property(fc.tuple(share, share, share), orders, (faults, judging) => {
      const written = made(faults, (all) => all);
      codes.add('code' in written ? written.code : 'none');
      expect(made(faults, judging)).toEqual(written);
    }),
    { numRuns: 200, seed: 5 },
  );
  expect([...codes].sort()).toEqual(['TVD6001', 'none']);
});
