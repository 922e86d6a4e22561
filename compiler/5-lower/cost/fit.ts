import type { Cost } from './costs.ts';

/** One place: nanoseconds a row at so many bytes a row. */
export type CostSample = { readonly bytes: number; readonly ns: number };

/**
 * The line through a kernel's samples, by least squares of the relative errors, neither part negative; its median where
 * the samples do not differ in bytes.
 */
export function fitCost(samples: readonly CostSample[]): Cost {
  const least = Math.min(...samples.map(({ bytes }) => bytes));
  const most = Math.max(...samples.map(({ bytes }) => bytes));
  if (most < 1.5 * least || most === 0) return { ns: figure(middle(samples.map(({ ns }) => ns))) };
  let [w, wx, wy, wxx, wxy] = [0, 0, 0, 0, 0];
  for (const { bytes: x, ns: y } of samples) {
    const weight = 1 / (y * y);
    w += weight;
    wx += weight * x;
    wy += weight * y;
    wxx += weight * x * x;
    wxy += weight * x * y;
  }
  const slope = (w * wxy - wx * wy) / (w * wxx - wx * wx);
  if (slope <= 0) return { ns: figure(wy / w) };
  const base = (wy - slope * wx) / w;
  return base >= 0 ? { ns: figure(base), nsPerByte: figure(slope) } : { ns: 0, nsPerByte: figure(wxy / wxx) };
}

/** Three digits: machines repeat no more. */
const figure = (value: number): number => Number(value.toPrecision(3));

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}
