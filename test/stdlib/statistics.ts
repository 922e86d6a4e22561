import { loadKernels, scalarMath } from '../../stdlib/kernels/load.ts';

/** Chi-square test of counts against expected counts; bins that expect fewer than 5 are joined with their neighbours. */
export function chiSquare(counts: readonly number[], expected: readonly number[]): number {
  const math = scalarMath(loadKernels());
  const bins: { count: number; expected: number }[] = [];
  let open = { count: 0, expected: 0 };
  for (const [i, e] of expected.entries()) {
    open = { count: open.count + (counts[i] ?? 0), expected: open.expected + e };
    if (open.expected < 5) continue;
    bins.push(open);
    open = { count: 0, expected: 0 };
  }
  const last = bins.pop();
  bins.push({ count: open.count + (last?.count ?? 0), expected: open.expected + (last?.expected ?? 0) });
  const statistic = bins.reduce((sum, bin) => sum + (bin.count - bin.expected) ** 2 / bin.expected, 0);
  return bins.length < 2 ? 1 : math.gammaQ((bins.length - 1) / 2, statistic / 2);
}

/** Kolmogorov–Smirnov test that values are uniform on (0, 1), by the asymptotic law with Stephens' correction. */
export function kolmogorovSmirnov(values: Float64Array): number {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  let d = 0;
  for (const [i, u] of sorted.entries()) d = Math.max(d, (i + 1) / n - u, u - i / n);
  const x = d * (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n));
  let p = 0;
  for (let k = 1; k < 100; k++) p += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return x < 0.2 ? 1 : Math.min(1, Math.max(0, p));
}

/** Names of the tests that Holm's procedure rejects at this false-alarm rate over all of them. */
export function rejected(tests: ReadonlyMap<string, number>, rate: number): readonly string[] {
  const sorted = [...tests].sort((a, b) => a[1] - b[1]);
  const first = sorted.findIndex(([, p], i) => !(p <= rate / (sorted.length - i)));
  return sorted
    .slice(0, first < 0 ? sorted.length : first)
    .map(([name, p]) => `${name}: p = ${p.toExponential(2)}`);
}
