import { aliasIndex } from './alias';
import { baseAt, below32, laneOf, uniform } from './random';

/** Tries by the alias table before the weights left are summed: both give the same law. */
const TRIES: i32 = 24;

// @ts-ignore: decorator
@inline
function taken(from: usize, count: i32, item: i32): bool {
  for (let i = 0; i < count; i++) if (load<i32>(from + (<usize>i << 2)) == item) return true;
  return false;
}

/** One of the items not taken, with probability proportional to the weights left; −1 where none is left. */
function remaining(u: f64, chosen: usize, count: i32, weights: usize, items: i32): i32 {
  let left: f64 = 0.0;
  for (let j = 0; j < items; j++) if (!taken(chosen, count, j)) left += load<f64>(weights + (<usize>j << 3));
  let target = u * left;
  let last = -1;
  for (let j = 0; j < items; j++) {
    const weight = load<f64>(weights + (<usize>j << 3));
    if (weight == 0.0 || taken(chosen, count, j)) continue;
    last = j;
    target -= weight;
    if (target < 0.0) break;
  }
  return last;
}

/** Distinct indices, one after another; writes them at `out`, then what they stand for. Poison where items run out. */
// @ts-ignore: decorator
@inline
function chooseRow(base: u64, lo: u64, hi: u64, entry: usize, cells: usize, items: usize, weights: usize, out: usize): i32 {
  const size = <i32>(lo + below32(laneOf(base, 0), hi - lo + 1));
  const first = <usize>load<u32>(entry);
  const count = load<i32>(entry, 4);
  if (count == 0) {
    store<i32>(out, -1);
    return size > 0 ? 1 : 0;
  }
  let lane: u64 = 1;
  for (let k = 0; k < size; k++) {
    let index = -1;
    for (let t = 0; t < TRIES; t++) {
      const candidate = <i32>aliasIndex(cells + (first << 3), count, laneOf(base, lane++));
      if (!taken(out, k, candidate)) {
        index = candidate;
        break;
      }
    }
    if (index < 0) index = remaining(uniform(laneOf(base, lane++)), out, k, weights + (first << 3), count);
    store<i32>(out + (<usize>k << 2), index);
  }
  for (let k = 0; k < size; k++) {
    const index = load<i32>(out + (<usize>k << 2));
    store<i32>(out + (<usize>k << 2), index < 0 ? -1 : load<i32>(items + ((first + <usize>index) << 2)));
  }
  return size;
}

/**
 * lo … hi distinct items, successively, each with probability proportional to the weights left. `directory` holds
 * { u32 first cell, u32 count }, `weights` the weights of the cells, `items` the code that each cell stands for.
 */
export function choose(
  n: i32, stream: i64, rows: usize, attempts: usize, lo: i32, hi: i32,
  directory: usize, cells: usize, items: usize, weights: usize, offsets: usize, out: usize,
): void {
  let at: u32 = 0;
  store<u32>(offsets, 0);
  for (let i = 0; i < n; i++) {
    const base = baseAt(stream, rows, attempts, i);
    at += chooseRow(base, lo, hi, directory, cells, items, weights, out + (<usize>at << 2));
    store<u32>(offsets + (<usize>(i + 1) << 2), at);
  }
}

/** The items by a code. */
export function choose_by(
  n: i32, stream: i64, rows: usize, attempts: usize, codes: usize, cases: i32, lo: i32, hi: i32,
  directory: usize, cells: usize, items: usize, weights: usize, offsets: usize, out: usize,
): void {
  let at: u32 = 0;
  store<u32>(offsets, 0);
  for (let i = 0; i < n; i++) {
    const code = load<u32>(codes + (<usize>i << 2));
    if (code < <u32>cases) {
      const base = baseAt(stream, rows, attempts, i);
      at += chooseRow(base, lo, hi, directory + (<usize>code << 3), cells, items, weights, out + (<usize>at << 2));
    } else {
      store<i32>(out + (<usize>at << 2), -1);
      at++;
    }
    store<u32>(offsets + (<usize>(i + 1) << 2), at);
  }
}
