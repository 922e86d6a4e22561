import { expect, it } from 'vitest';
import { distinctParents } from '../../compiler/5-lower/cost/distinct.ts';
import type { Step } from '../../compiler/5-lower/physical-plan.ts';
import { loadKernels, scalarMath } from '../../stdlib/kernels/load.ts';

const math = scalarMath(loadKernels());
const reference = (kernel: string, operands: (Step['body'] & { op: 'kernel' })['operands']): Step => ({
  slot: { kind: 'i64', width: 1, nullable: false, dictionary: null },
  source: null,
  body: { op: 'kernel', kernel, operands, nulls: 'strict' },
});

/** Σ 1 − (1 − p)^n, parent by parent. */
function exact(parents: number, references: number, exponent: number): number {
  const weights = Array.from({ length: parents }, (_, i) => (i + 1) ** -exponent);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.reduce((sum, weight) => sum + 1 - (1 - weight / total) ** references, 0);
}

it.each([
  [1, 10],
  [100, 50],
  [5000, 8192],
  [1_000_000, 8192],
])('even references to %i parents: %i of them', (parents, references) => {
  const steps = [reference('consistent', [])];
  expect(distinctParents(steps, 0, parents, references, math)).toBeCloseTo(exact(parents, references, 0), 3);
});

it.each([
  [100, 8192, 0.8],
  [20_000, 8192, 0.7],
  [200_000, 8192, 1.1],
  [200_000, 500, 1.5],
])('references by a power law to %i parents: %i of them, exponent %f', (parents, references, exponent) => {
  const steps = [reference('zipf', [{ f64: exponent }]), reference('unpermute', [{ i64: '1' }, { slot: 0 }])];
  const found = distinctParents(steps, 1, parents, references, math);
  expect(found / exact(parents, references, exponent)).toBeCloseTo(1, 2);
});
