import type { ScalarMath } from '../define.ts';
import { type ContinuousLaw, type Truncated, truncate, type Within } from './truncated.ts';

/** Largest error of the table in u, relative to the law as truncated; in the tails also relative to the tail's mass. */
export const U_ERROR = 1e-10;
const TAIL_ERROR = 1e-3;
/** As near as doubles come: four units in the last place. */
const RESOLUTION = 1 / 2 ** 50;

const OCTAVES = 52;
const CELL = 6;
/** c0 … c5. */
type Cell = readonly number[];
const HEADER = OCTAVES * 2 * 8;
const FINEST = 12;
const MOST_CELLS = 1 << 15;

/** Chebyshev–Lobatto points on [0, 1]. The first is 0: a cell's polynomial starts exactly at its outer end. */
const NODES = [
  0, 0.09549150281252627, 0.3454915028125263, 0.6545084971874737, 0.9045084971874737, 1,
] as const;
const PROBES = [0.03, 0.05, 0.2, 0.25, 0.45, 0.5, 0.55, 0.75, 0.8, 0.95, 0.97, 1] as const;

/**
 * Numerical inversion: a table of a continuous law's quantile function for the kernel `quantile`, whose layout
 * kernels/assembly/quantile.ts describes. Each half of (0, 1) is cut into the octaves of t = min(u, 1 − u), each octave
 * into 2^s equal cells with a polynomial of degree 5, refined until the error in u is at most {@link U_ERROR}. After
 * G. Derflinger, W. Hörmann & J. Leydold, Random variate generation by numerical inversion when only the density is known
 * (ACM TOMACS 2010).
 *
 * All values lie within the bounds: from its outer end, which does, a cell moves inwards only.
 * Null where the law is too steep for doubles (such as gamma of shape 0.001): its closed form has to do.
 */
export function quantileTable(
  m: ScalarMath,
  law: ContinuousLaw,
  p: readonly number[],
  within: Within | null,
): Uint8Array | null {
  const cut = truncate(m, law, p, within);
  const cells: number[] = [];
  const header = new Int32Array(OCTAVES * 4);
  for (const upper of [false, true]) {
    // Octave o starts at 2^(o − 53).
    let start = 1 / 2 ** 53;
    for (let octave = 0; octave < OCTAVES; octave++, start *= 2) {
      const found = refine(cut, upper, octave, start);
      if (found === null) return null;
      header.set([HEADER + cells.length * 8, found.bits], ((upper ? OCTAVES : 0) + octave) * 2);
      for (const coefficients of found.cells) cells.push(...coefficients);
      if (cells.length > MOST_CELLS * CELL) return null;
    }
  }
  const table = new Uint8Array(HEADER + cells.length * 8);
  table.set(new Uint8Array(header.buffer));
  table.set(new Uint8Array(Float64Array.from(cells).buffer), HEADER);
  return table;
}

/** An octave with as few cells as are good enough. */
function refine(
  cut: Truncated,
  upper: boolean,
  octave: number,
  start: number,
): { bits: number; cells: readonly Cell[] } | null {
  for (let bits = 0; bits <= FINEST; bits++) {
    const count = 1 << bits;
    const width = start / count;
    const single = octave <= bits + 1;
    const cells: Cell[] = [];
    for (let j = 0; j < count; j++) {
      const t = start + j * width;
      const found = single
        ? point(cut.quantile(octave === 0 ? t : t + width / 2, upper))
        : cell(cut, upper, t, width);
      if (found === null) break;
      cells.push(found);
    }
    if (cells.length === count) return { bits, cells };
  }
  return null;
}

/** Octave o has 2^(o − 1) points: with as many cells each holds one, in its middle (that of octave 0 at its start). */
const point = (x: number): Cell => [x, 0, 0, 0, 0, 0];

/**
 * The polynomial through the nodes, or null where it is not good enough. Where a cell spans a few units in the last place,
 * rounding bends the polynomial, and a line is better.
 */
function cell(cut: Truncated, upper: boolean, t: number, width: number): Cell | null {
  const values = NODES.map((f) => cut.quantile(t + f * width, upper));
  const rise = values[CELL - 1]! - values[0]!;
  const line = [values[0]!, upper ? Math.min(0, rise) : Math.max(0, rise), 0, 0, 0, 0];
  for (const found of [interpolate(values), line]) {
    if (monotone(found, upper, cut) && accurate(found, cut, upper, t, width)) return found;
  }
  return null;
}

/** Newton's divided differences, then powers. */
function interpolate(values: readonly number[]): Cell {
  const differences = [...values];
  for (let order = 1; order < CELL; order++) {
    for (let i = CELL - 1; i >= order; i--) {
      differences[i] = (differences[i]! - differences[i - 1]!) / (NODES[i]! - NODES[i - order]!);
    }
  }
  const powers = new Array<number>(CELL).fill(0);
  for (let i = CELL - 1; i >= 0; i--) {
    for (let k = CELL - 1; k > 0; k--) powers[k] = powers[k - 1]! - NODES[i]! * powers[k]!;
    powers[0] = differences[i]! - NODES[i]! * powers[0]!;
  }
  // The first node is 0: the value there is the coefficient, to the bit.
  powers[0] = values[0]!;
  return powers;
}

/**
 * x = c0 + f g(f): g's Bernstein coefficients all point inwards, and its largest does not cross the other bound. So every
 * rounded value lies within the bounds too.
 */
function monotone([c0, ...g]: Cell, upper: boolean, { lo, hi }: Truncated): boolean {
  const bernstein = g.map((_, k) =>
    g.slice(0, k + 1).reduce((sum, c, i) => sum + (c * BINOMIAL[k]![i]!) / BINOMIAL[4]![i]!, 0),
  );
  const farthest = upper ? Math.min(...bernstein) : Math.max(...bernstein);
  return (
    bernstein.every((b) => (upper ? b <= 0 : b >= 0)) && (upper ? c0! + farthest >= lo : c0! + farthest <= hi)
  );
}

const BINOMIAL = [[1], [1, 1], [1, 2, 1], [1, 3, 3, 1], [1, 4, 6, 4, 1]] as const;

function accurate(
  [c0, c1, c2, c3, c4, c5]: Cell,
  cut: Truncated,
  upper: boolean,
  t: number,
  width: number,
): boolean {
  return PROBES.every((f) => {
    const x = c0! + f * (c1! + f * (c2! + f * (c3! + f * (c4! + f * c5!))));
    const at = t + f * width;
    const error = cut.error(x, at, upper);
    if (error <= Math.min(U_ERROR, Math.max(TAIL_ERROR * at, cut.noise))) return true;
    const exact = cut.quantile(at, upper);
    return Math.abs(x - exact) <= RESOLUTION * Math.abs(exact);
  });
}

/** Tables one behind the other, with the byte at which each begins; null where one is. */
export function stackTables(
  parts: readonly (Uint8Array | null)[],
): { readonly tables: Uint8Array; readonly offsets: Uint32Array } | null {
  const found = parts.flatMap((part) => part ?? []);
  if (found.length < parts.length) return null;
  const offsets = new Uint32Array(found.length);
  for (let i = 1; i < found.length; i++) offsets[i] = offsets[i - 1]! + found[i - 1]!.length;
  const tables = new Uint8Array(found.reduce((bytes, part) => bytes + part.length, 0));
  for (const [i, part] of found.entries()) tables.set(part, offsets[i]!);
  return { tables, offsets };
}
