import { baseAt, laneOf } from './random';

const MANTISSA: u64 = 0x000fffffffffffff;
const ONE: u64 = 0x3ff0000000000000;

/**
 * x = Q(u) from a table that stdlib/samplers/quantile-table.ts builds. With t = min(u, 1 − u) exact, the half, the
 * octave of t and its leading mantissa bits find a cell; the rest of the mantissa is the cell's variable f in [0, 1):
 *
 *     104 × { i32 offset of the octave's first cell in bytes, i32 bits of sub-division }   lower half, then upper half
 *     cells × { f64 c0 … c5 }                                                            x = c0 + f (c1 + … f c5)
 */
// @ts-ignore: decorator
@inline
function look(table: usize, word: u64): f64 {
  const k = word >>> 12;
  const upper = k >>> 51;
  const bits = reinterpret<u64>(<f64>(k ^ ((0 - upper) & MANTISSA)) + 0.5);
  const octave = table + <usize>((upper * 52 + (bits >>> 52) - 1022) << 3);
  const split = <u64>load<u32>(octave, 4);
  const mantissa = bits & MANTISSA;
  const cell = table + <usize>load<u32>(octave) + <usize>((mantissa >>> (52 - split)) * 48);
  const f = reinterpret<f64>(ONE | ((mantissa << split) & MANTISSA)) - 1.0;
  return (
    load<f64>(cell) +
    f * (load<f64>(cell, 8) + f * (load<f64>(cell, 16) + f * (load<f64>(cell, 24) + f * (load<f64>(cell, 32) + f * load<f64>(cell, 40)))))
  );
}

export function quantile(n: i32, stream: i64, rows: usize, attempts: usize, table: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    store<f64>(out + (<usize>i << 3), look(table, laneOf(baseAt(stream, rows, attempts, i), 0)));
  }
}

/** One table a code; `offsets`: u32 bytes from `tables`. */
export function quantile_by(
  n: i32, stream: i64, rows: usize, attempts: usize, codes: usize, cases: i32, offsets: usize, tables: usize, out: usize,
): void {
  for (let i = 0; i < n; i++) {
    const code = load<u32>(codes + (<usize>i << 2));
    let x: f64 = NaN;
    if (code < <u32>cases) {
      const table = tables + <usize>load<u32>(offsets + (<usize>code << 2));
      x = look(table, laneOf(baseAt(stream, rows, attempts, i), 0));
    }
    store<f64>(out + (<usize>i << 3), x);
  }
}

/** Shares of `dims` variates, each from a table of its own by a lane of its own; `offsets`: u32 bytes from `tables`. */
export function dirichlet_tables(
  n: i32, stream: i64, rows: usize, attempts: usize, offsets: usize, tables: usize, dims: i32, out: usize,
): void {
  for (let i = 0; i < n; i++) {
    const base = baseAt(stream, rows, attempts, i);
    const row = out + ((<usize>i * <usize>dims) << 3);
    let sum: f64 = 0.0;
    for (let j = 0; j < dims; j++) {
      const x = look(tables + <usize>load<u32>(offsets + (<usize>j << 2)), laneOf(base, j));
      store<f64>(row + (<usize>j << 3), x);
      sum += x;
    }
    for (let j = 0; j < dims; j++) store<f64>(row + (<usize>j << 3), load<f64>(row + (<usize>j << 3)) / sum);
  }
}

/** The value at u of one table, for checks of tables: `word` holds u's bits. */
export function quantileAt(table: usize, word: u64): f64 {
  return look(table, word);
}

/** The greatest double below x. */
// @ts-ignore: decorator
@inline
export function nextBelow(x: f64): f64 {
  if (x == 0.0) return -5e-324;
  const bits = reinterpret<i64>(x);
  return reinterpret<f64>(x > 0.0 ? bits - 1 : bits + 1);
}

export function next_below(n: i32, x: usize, out: usize): void {
  for (let i = 0; i < n; i++) store<f64>(out + (<usize>i << 3), nextBelow(load<f64>(x + (<usize>i << 3))));
}

/** Parameters by code. A code outside 0 … cases − 1 gives poison. */
export function table_f64(n: i32, codes: usize, values: usize, cases: i32, out: usize): void {
  for (let i = 0; i < n; i++) {
    const code = load<u32>(codes + (<usize>i << 2));
    store<f64>(out + (<usize>i << 3), code < <u32>cases ? load<f64>(values + (<usize>code << 3)) : NaN);
  }
}

export function table_i64(n: i32, codes: usize, values: usize, cases: i32, out: usize): void {
  for (let i = 0; i < n; i++) {
    const code = load<u32>(codes + (<usize>i << 2));
    store<i64>(out + (<usize>i << 3), code < <u32>cases ? load<i64>(values + (<usize>code << 3)) : i64.MIN_VALUE);
  }
}
