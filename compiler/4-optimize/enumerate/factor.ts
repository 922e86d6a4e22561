/** A table over variables (by number, each with so many states): row-major, the last variable of the scope fastest. */
export type Factor = { readonly scope: readonly number[]; readonly table: Float64Array };

export const cellsOf = (scope: readonly number[], sizes: readonly number[]): number =>
  scope.reduce((cells, variable) => cells * sizes[variable]!, 1);

/** The product of factors over a scope that holds theirs. */
export function product(
  factors: readonly Factor[],
  scope: readonly number[],
  sizes: readonly number[],
): Float64Array {
  const out = new Float64Array(cellsOf(scope, sizes)).fill(1);
  for (const factor of factors) {
    const strides = scope.map((variable) => strideOf(factor, variable, sizes));
    const digits = new Int32Array(scope.length);
    let at = 0;
    for (let cell = 0; cell < out.length; cell++) {
      out[cell] = out[cell]! * factor.table[at]!;
      for (let d = scope.length - 1; d >= 0; d--) {
        const size = sizes[scope[d]!]!;
        at += strides[d]!;
        digits[d] = digits[d]! + 1;
        if (digits[d]! < size) break;
        at -= strides[d]! * size;
        digits[d] = 0;
      }
    }
  }
  return out;
}

function strideOf({ scope }: Factor, variable: number, sizes: readonly number[]): number {
  const at = scope.indexOf(variable);
  return at < 0 ? 0 : cellsOf(scope.slice(at + 1), sizes);
}

/** Sums the last variable out, scaled so that the largest sum is 1. Null where every sum is 0. */
export function sumOut(
  table: Float64Array,
  size: number,
): { readonly sums: Float64Array; readonly largest: number } | null {
  const sums = new Float64Array(table.length / size);
  let largest = 0;
  for (let i = 0; i < sums.length; i++) {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += table[i * size + k]!;
    sums[i] = sum;
    largest = Math.max(largest, sum);
  }
  return largest > 0 ? { sums: sums.map((sum) => sum / largest), largest } : null;
}
