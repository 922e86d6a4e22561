/** Reals for people: six significant digits, shorter where fewer say the same. */
export function formatReal(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  return String(Number(value.toPrecision(6)));
}
