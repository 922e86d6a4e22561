/**
 * One instant of the law `instants` (stdlib/laws/instants.ts, which builds the tables): a day by alias, a cell of the
 * day by alias, a microsecond inside the cell. Alias tables: probability of staying, and where to go else (Walker 1977).
 */
import { below32, baseAt, laneOf, mulHigh } from './random';
import { I64_POISON, codeAt, f64At, i64At, setI64 } from './slots';

/** An entry of the alias table that stands in from … to. */
// @ts-ignore: decorator
@inline
function alias(word: u64, from: i32, to: i32, stay: usize, other: usize): i32 {
  const size = <u64>(to - from);
  const slot = from + <i32>below32(word, size);
  // The fraction of the 64-bit product that `below32` leaves.
  const fraction = <f64>(word * size >>> 11) * 1.1102230246251565e-16;
  return fraction < f64At(stay, slot) ? slot : from + codeAt(other, slot);
}

/**
 * `zones` 0: the first. Days of zone z stand in zoneDays[z] … zoneDays[z + 1]; `dayStart` is UTC µs, `dayCells` the
 * day's profile; cells of profile p in profileCells[p] … profileCells[p + 1], `cellStart` and `cellLength` in µs.
 */
export function instants(
  n: i32, stream: i64, rows: usize, attempts: usize, zones: usize, zoneCount: i32, zoneDays: usize, dayStay: usize,
  dayOther: usize, dayStart: usize, dayProfile: usize, profileCells: usize, cellStay: usize, cellOther: usize,
  cellStart: usize, cellLength: usize, out: usize,
): void {
  for (let i = 0; i < n; i++) {
    const zone = zones == 0 ? 0 : codeAt(zones, i);
    if (<u32>zone >= <u32>zoneCount) {
      setI64(out, i, I64_POISON);
      continue;
    }
    const base = baseAt(stream, rows, attempts, i);
    const day = alias(laneOf(base, 0), codeAt(zoneDays, zone), codeAt(zoneDays, zone + 1), dayStay, dayOther);
    const profile = codeAt(dayProfile, day);
    const cell = alias(laneOf(base, 1), codeAt(profileCells, profile), codeAt(profileCells, profile + 1), cellStay, cellOther);
    const micros = mulHigh(laneOf(base, 2), <u64>i64At(cellLength, cell));
    setI64(out, i, i64At(dayStart, day) + i64At(cellStart, cell) + <i64>micros);
  }
}
