/** Integer arithmetic without bounds; null is a fault. */
const LAST = 2n ** 63n - 1n;
const held = (x: bigint): bigint | null => (x >= -LAST && x <= LAST ? x : null);
const floorDiv = (a: bigint, b: bigint): bigint => (a % b !== 0n && a < 0n !== b < 0n ? a / b - 1n : a / b);

export const INTEGERS: Readonly<Record<string, (a: bigint, b: bigint) => bigint | null>> = {
  add: (a, b) => held(a + b),
  sub: (a, b) => held(a - b),
  mul: (a, b) => held(a * b),
  floordiv: (a, b) => (b === 0n ? null : held(floorDiv(a, b))),
  mod: (a, b) => (b === 0n ? null : a - floorDiv(a, b) * b),
  min: (a, b) => (b - a > 0n ? a : b),
  max: (a, b) => (b - a > 0n ? b : a),
  pow: (a, b) => {
    if (b < 0n) return null;
    if (a === 0n || a === 1n) return b === 0n ? 1n : a;
    if (a === -1n) return b % 2n === 0n ? 1n : -1n;
    return b > 64n ? null : held(a ** b);
  },
};

/** round(x · 10^0) to the nearest integer, halves to even, from the exact binary value. */
export function halfToEven(x: number): bigint {
  const floor = Math.floor(x);
  const rest = x - floor;
  const base = BigInt(floor);
  if (rest > 0.5 || (rest === 0.5 && base % 2n !== 0n)) return base + 1n;
  return base;
}
