import type { Picture } from './tree.ts';

/** Intervals of a density, values of a finite law that a picture shows. */
export const BINS = 48;
export const BARS = 16;

/** The probabilities of values, in their order where they are few or ascending integers. */
export function bars(
  names: readonly string[],
  weights: readonly number[],
  caption: string | null,
): Picture | null {
  const sum = total(weights);
  if (!(sum > 0)) return null;
  if (names.length > BARS && ascending(names)) return spread(names.map(Number), weights, sum);
  const all = names.map((label, i) => ({ label, share: weights[i]! / sum }));
  const sorted = all.length > BARS ? [...all].sort((a, b) => b.share - a.share) : all;
  const rest = sorted.slice(BARS);
  return {
    kind: 'bars',
    caption,
    bars: sorted.slice(0, BARS).map(({ label, share }) => ({ label, share: figure(share) })),
    others:
      rest.length > 0 ? { count: rest.length, share: figure(total(rest.map(({ share }) => share))) } : null,
  };
}

const ascending = (names: readonly string[]): boolean =>
  names.every((name, i) => /^-?\d+$/.test(name) && (i === 0 || Number(name) > Number(names[i - 1])));

/** Integers that have a label each. */
const spread = (values: readonly number[], weights: readonly number[], sum: number): Picture => ({
  kind: 'density',
  of: 'numbers',
  bins: values.map((value, i) => ({ from: value - 0.5, to: value + 0.5, share: figure(weights[i]! / sum) })),
  tails: 0,
});

export const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
/** Six digits are more than a picture shows. */
export const figure = (x: number): number => Number(x.toPrecision(6));
