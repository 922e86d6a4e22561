import { baseAt, below32, laneOf } from './random';

/**
 * Walker's alias method on one word w: the column is the upper part of w · count, its lower 64 bits decide within the
 * column. A cell is one u64: 40 bits of threshold, 24 bits of alias. Fewer than 2^24 columns.
 */
// @ts-ignore: decorator
@inline
export function aliasIndex(cells: usize, count: u64, word: u64): u64 {
  const column = below32(word, count);
  const cell = load<u64>(cells + (<usize>column << 3));
  return select<u64>(column, cell & 0xffffff, (word * count) >>> 24 < cell >>> 24);
}

export function alias(n: i32, stream: i64, rows: usize, attempts: usize, cells: usize, count: i32, out: usize): void {
  for (let i = 0; i < n; i++) {
    store<i32>(out + (<usize>i << 2), <i32>aliasIndex(cells, count, laneOf(baseAt(stream, rows, attempts, i), 0)));
  }
}

/** `first` + index, as i64. */
export function alias_i64(
  n: i32, stream: i64, rows: usize, attempts: usize, cells: usize, count: i32, first: i64, out: usize,
): void {
  for (let i = 0; i < n; i++) {
    const index = aliasIndex(cells, count, laneOf(baseAt(stream, rows, attempts, i), 0));
    store<i64>(out + (<usize>i << 3), first + <i64>index);
  }
}

/** A table a code: `directory` holds { u32 first cell, u32 count }; `items` what each cell stands for. */
export function alias_by(
  n: i32, stream: i64, rows: usize, attempts: usize,
  codes: usize, cases: i32, directory: usize, cells: usize, items: usize, out: usize,
): void {
  for (let i = 0; i < n; i++) {
    const code = load<u32>(codes + (<usize>i << 2));
    let item = -1;
    if (code < <u32>cases) {
      const entry = directory + (<usize>code << 3);
      const first = <usize>load<u32>(entry);
      const count = load<u32>(entry, 4);
      if (count != 0) {
        const index = aliasIndex(cells + (first << 3), count, laneOf(baseAt(stream, rows, attempts, i), 0));
        item = load<i32>(items + ((first + <usize>index) << 2));
      }
    }
    store<i32>(out + (<usize>i << 2), item);
  }
}

/** The same for integers: `firsts` holds the value of each table's cell 0. */
export function alias_i64_by(
  n: i32, stream: i64, rows: usize, attempts: usize,
  codes: usize, cases: i32, directory: usize, cells: usize, firsts: usize, out: usize,
): void {
  for (let i = 0; i < n; i++) {
    const code = load<u32>(codes + (<usize>i << 2));
    let value = i64.MIN_VALUE;
    if (code < <u32>cases) {
      const entry = directory + (<usize>code << 3);
      const table = cells + (<usize>load<u32>(entry) << 3);
      const index = aliasIndex(table, load<u32>(entry, 4), laneOf(baseAt(stream, rows, attempts, i), 0));
      value = load<i64>(firsts + (<usize>code << 3)) + <i64>index;
    }
    store<i64>(out + (<usize>i << 3), value);
  }
}

/** Uniform on 0 … count − 1. */
export function uniform_code(n: i32, stream: i64, rows: usize, attempts: usize, count: i32, out: usize): void {
  for (let i = 0; i < n; i++) {
    store<i32>(out + (<usize>i << 2), <i32>below32(laneOf(baseAt(stream, rows, attempts, i), 0), count));
  }
}
