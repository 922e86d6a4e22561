/** Subsets are tried up to so many. */
const MOST_SUBSETS = 1000;

/**
 * The fewest of `items` that are impossible together, all of them being so; where subsets are too many, or trying them is
 * `exhausted`, a set that none can leave.
 */
export function fewest<T>(
  items: readonly T[],
  impossible: (subset: readonly T[]) => boolean,
  exhausted: () => boolean,
): readonly T[] {
  let tried = 0;
  for (let size = 1; size < items.length; size++) {
    for (const subset of subsets(items, size)) {
      if (++tried > MOST_SUBSETS || exhausted()) return irreducible(items, impossible);
      if (impossible(subset)) return subset;
    }
  }
  return items;
}

const irreducible = <T>(items: readonly T[], impossible: (subset: readonly T[]) => boolean): readonly T[] =>
  items.reduce((left, item) => {
    const without = left.filter((other) => other !== item);
    return impossible(without) ? without : left;
  }, items);

function* subsets<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (const [i, item] of items.entries()) {
    for (const rest of subsets(items.slice(i + 1), size - 1)) yield [item, ...rest];
  }
}
