import { cellsOf, type Factor } from './factor.ts';
import { firsts, type Partition, refine } from './partition.ts';
import type { Variable } from './variable.ts';

/**
 * A non-negative number for each choice of states, of which it tells apart only the `classes`: one cell for each choice of
 * classes, the last variable fastest.
 */
export type Table = {
  readonly scope: readonly Variable[];
  readonly classes: readonly Partition[];
  readonly values: Float64Array;
};

/** The states of an axis that the table's cells tell apart: classes with the same cells are one. */
export function distinguished({ classes, values }: Table, axis: number): Partition {
  const own = classes[axis]!;
  const inner = classes.slice(axis + 1).reduce((cells, { count }) => cells * count, 1);
  const outer = values.length / (own.count * inner);
  let merged: Partition = { classOf: new Int32Array(own.count), count: Math.min(own.count, 1) };
  for (let before = 0; before < outer && merged.count < own.count; before++) {
    for (let after = 0; after < inner; after++)
      merged = refine(merged, (of) => values[(before * own.count + of) * inner + after]!);
  }
  const { classOf, count } = merged;
  return { classOf: own.classOf.map((of) => classOf[of]!), count };
}

/** The table by classes that are no coarser than what it distinguishes, as a factor of variables with these numbers. */
export function factorOf(
  { scope, classes, values }: Table,
  numbers: readonly number[],
  finer: readonly Partition[],
): Factor {
  const sizes = finer.map(({ count }) => count);
  const axes = scope.map((_, i) => i);
  const cells = cellsOf(axes, sizes);
  const own = finer.map((partition, axis) =>
    firsts(partition).map((state) => classes[axis]!.classOf[state]!),
  );
  const strides = axes.map((axis) => cellsOf(axes.slice(axis + 1), sizes));
  const table = new Float64Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    let at = 0;
    for (const axis of axes) {
      const of = Math.floor(cell / strides[axis]!) % sizes[axis]!;
      at = at * classes[axis]!.count + own[axis]![of]!;
    }
    table[cell] = values[at]!;
  }
  return { scope: numbers, table };
}
