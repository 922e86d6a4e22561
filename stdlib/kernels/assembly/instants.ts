import { aliasIndex } from './alias';
import { baseAt, laneOf, mulHigh } from './random';
import { I64_POISON, codeAt, i64At, setI64 } from './slots';

/**
 * An instant of the law `instants` (stdlib/laws/instants.ts): a stretch of a local day, a cell of it, a microsecond of
 * the cell. Directories hold { u32 first, u32 count } an entry: of each zone's stretches, of each profile's cells.
 * `stretchStart` is UTC µs; `cellStart` (from the stretch's start) and `cellLength` are µs. `zones` 0: all have the first.
 */
export function instants(
  n: i32, stream: i64, rows: usize, attempts: usize, zones: usize, zoneCount: i32, zoneStretches: usize, stretches: usize,
  stretchStart: usize, stretchProfile: usize, profileCells: usize, cells: usize, cellStart: usize, cellLength: usize,
  out: usize,
): void {
  for (let i = 0; i < n; i++) {
    const zone: u32 = zones == 0 ? 0 : <u32>codeAt(zones, i);
    if (zone >= <u32>zoneCount) {
      setI64(out, i, I64_POISON);
      continue;
    }
    const base = baseAt(stream, rows, attempts, i);
    const stretch = pick(zoneStretches, zone, stretches, laneOf(base, 0));
    const cell = pick(profileCells, <u32>codeAt(stretchProfile, stretch), cells, laneOf(base, 1));
    const micros = mulHigh(laneOf(base, 2), <u64>i64At(cellLength, cell));
    setI64(out, i, i64At(stretchStart, stretch) + i64At(cellStart, cell) + <i64>micros);
  }
}

// @ts-ignore: decorator
@inline
function pick(directory: usize, entry: u32, table: usize, word: u64): i32 {
  const at = directory + (<usize>entry << 3);
  const first = <usize>load<u32>(at);
  return <i32>(first + <usize>aliasIndex(table + (first << 3), load<u32>(at, 4), word));
}
