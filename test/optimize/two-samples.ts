import type { Cell } from '../../cli/values/cell.ts';
import { loadKernels, scalarMath } from '../../stdlib/kernels/load.ts';

/** Bins of fewer cells, both samples together, are joined. */
const FEWEST = 20;

/** Chi-square test that two samples of labels have one law. */
export function labelsAlike(a: readonly Cell[], b: readonly Cell[]): number {
  const bins = new Map<string, [number, number]>();
  for (const [side, cells] of [a, b].entries()) {
    for (const cell of cells) {
      const bin = bins.get(String(cell)) ?? [0, 0];
      bin[side] = bin[side]! + 1;
      bins.set(String(cell), bin);
    }
  }
  const all = [...bins.values()];
  const large = all.filter(([x, y]) => x + y >= FEWEST);
  const small = all
    .filter(([x, y]) => x + y < FEWEST)
    .reduce(([x, y], [p, q]): [number, number] => [x + p, y + q], [0, 0]);
  const counted = small[0] + small[1] >= FEWEST ? [...large, small] : large;
  const ratio = Math.sqrt(a.length / b.length);
  const statistic = counted.reduce((sum, [x, y]) => sum + (x / ratio - y * ratio) ** 2 / (x + y), 0);
  return counted.length < 2 ? 1 : scalarMath(loadKernels()).gammaQ((counted.length - 1) / 2, statistic / 2);
}

/** Kolmogorov and Smirnov's test that two samples of numbers have one law: Massart's bound; ties make it conservative. */
export function numbersAlike(a: readonly Cell[], b: readonly Cell[]): number {
  const [x, y] = [a, b].map((cells) =>
    Float64Array.from(
      cells.filter((cell) => cell !== null),
      Number,
    ).sort(),
  );
  let [i, j, most] = [0, 0, 0];
  while (i < x!.length && j < y!.length) {
    const at = Math.min(x![i]!, y![j]!);
    while (i < x!.length && x![i]! <= at) i++;
    while (j < y!.length && y![j]! <= at) j++;
    most = Math.max(most, Math.abs(i / x!.length - j / y!.length));
  }
  const size = (x!.length * y!.length) / (x!.length + y!.length);
  return Math.min(1, 2 * Math.exp(-2 * size * most * most));
}
