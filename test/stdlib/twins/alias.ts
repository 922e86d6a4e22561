/** The probabilities that an alias table realises: what each cell keeps, and what it gives away. */
export function probabilities(cells: BigUint64Array): readonly number[] {
  const found = new Array<number>(cells.length).fill(0);
  for (const [i, cell] of cells.entries()) {
    const kept = Number(cell >> 24n) / 2 ** 40;
    found[i] = (found[i] ?? 0) + kept / cells.length;
    const alias = Number(cell & 0xffffffn);
    found[alias] = (found[alias] ?? 0) + (1 - kept) / cells.length;
  }
  return found;
}

/** The cell of a word, on bigint. */
export function aliasIndex(cells: BigUint64Array, word: bigint): number {
  const count = BigInt(cells.length);
  const product = word * count;
  const column = Number(product >> 64n);
  const cell = cells[column] ?? 0n;
  return (product & ((1n << 64n) - 1n)) >> 24n < cell >> 24n ? column : Number(cell & 0xffffffn);
}
