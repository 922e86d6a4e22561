// What the engine itself does to slots: row numbers, validity, conditioning (trial, split, gather, scatter), poison.
import { baseAt, laneOf, mix64, uniform } from './random';
import { anyPoisonCode, anyPoisonF64, anyPoisonI64, isPoisonUuid, offsetAt } from './slots';
import { isFaulty } from './text';

/** Of one candidate row of a group. A fault beside a false check is none: false dominates. */
const REJECTED: u8 = 0;
const ACCEPTED: u8 = 1;
/** A check is poison. */
const FAULTY: u8 = 2;
/** The weight is poison, null or outside 0..1. */
const FAULTY_WEIGHT: u8 = 3;

const I64_POISON: i64 = i64.MIN_VALUE;

// ------------------------------------------------------------------------------------------------------- rows, validity

/** start, start + 1, … */
export function engine_row_range(n: i32, start: i64, out: usize): void {
  for (let i = 0; i < n; i++) store<i64>(out + (<usize>i << 3), start + i);
}

/** Parent rows: those of `ref`, 0 where it is null. The first row whose reference is not in 0 … limit − 1, or −1. */
export function engine_parent_rows(n: i32, ref: usize, valid: usize, limit: i64, out: usize): i32 {
  let first: i32 = -1;
  for (let i = 0; i < n; i++) {
    let row = load<i64>(ref + (<usize>i << 3));
    if (valid != 0 && load<u8>(valid + i) == 0) row = 0;
    if (<u64>row >= <u64>limit) {
      if (first < 0) first = i;
      row = 0;
    }
    store<i64>(out + (<usize>i << 3), row);
  }
  return first;
}

/**
 * The distinct rows among `rows`, in order of first appearance, to `distinct`; to `first` the place of each one's first
 * appearance, to `at` the place among the distinct of each row. `slots` is a scratch array of `capacity` u32, a power of
 * two above n. How many are distinct.
 */
export function engine_distinct(
  n: i32, rows: usize, slots: usize, capacity: i32, distinct: usize, first: usize, at: usize,
): i32 {
  memory.fill(slots, 0xff, <usize>capacity << 2);
  const mask = <u64>capacity - 1;
  let found: u32 = 0;
  for (let i = 0; i < n; i++) {
    const row = load<u64>(rows + (<usize>i << 3));
    let slot = mix64(row) & mask;
    let place: u32;
    while (true) {
      place = load<u32>(slots + (<usize>slot << 2));
      if (place == u32.MAX_VALUE) {
        place = found++;
        store<u32>(slots + (<usize>slot << 2), place);
        store<u64>(distinct + (<usize>place << 3), row);
        store<u32>(first + (<usize>place << 2), i);
        break;
      }
      if (load<u64>(distinct + (<usize>place << 3)) == row) break;
      slot = (slot + 1) & mask;
    }
    store<u32>(at + (<usize>i << 2), place);
  }
  return <i32>found;
}

export function engine_valid_and(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) store<u8>(out + i, load<u8>(a + i) & load<u8>(b + i));
}

// @ts-ignore: decorator
@inline
function flagAt(flag: usize, valid: usize, i: i32): u8 {
  return valid != 0 && load<u8>(valid + i) == 0 ? 0 : load<u8>(flag + i);
}

/** Null where `when` is true. The first row where `when` is poison, or −1; such a row keeps its validity. */
export function engine_valid_mask(n: i32, valid: usize, when: usize, whenValid: usize, out: usize): i32 {
  let first: i32 = -1;
  for (let i = 0; i < n; i++) {
    const hidden = flagAt(when, whenValid, i);
    if (hidden > 1 && first < 0) first = i;
    const value: u8 = valid == 0 ? 1 : load<u8>(valid + i);
    store<u8>(out + i, hidden == 1 ? 0 : value);
  }
  return first;
}

// --------------------------------------------------------------------------------------------------------- conditioning

export function engine_fill8(n: i32, value: i32, out: usize): void {
  memory.fill(out, <u8>value, n);
}

export function engine_fill32(n: i32, value: i32, out: usize): void {
  for (let i = 0; i < n; i++) store<i32>(out + (<usize>i << 2), value);
}

/** Folds one check (bool) into the verdicts of the candidates. Null counts as true. */
export function engine_check(n: i32, check: usize, valid: usize, verdict: usize): void {
  for (let i = 0; i < n; i++) {
    if (valid != 0 && load<u8>(valid + i) == 0) continue;
    const held = load<u8>(check + i);
    if (held == 0) store<u8>(verdict + i, REJECTED);
    else if (held != 1 && load<u8>(verdict + i) == ACCEPTED) store<u8>(verdict + i, FAULTY);
  }
}

/**
 * Keeps a candidate with its weight as the probability, its uniform being lane 0 of the stream. Null is no weight. Like a
 * false check, a candidate not kept beats a fault.
 */
export function engine_weigh(
  n: i32, stream: i64, rows: usize, attempts: usize, weight: usize, valid: usize, verdict: usize,
): void {
  for (let i = 0; i < n; i++) {
    const before = load<u8>(verdict + i);
    if (before == REJECTED) continue;
    const w = load<f64>(weight + (<usize>i << 3));
    if (isNull(valid, i) || !(w >= 0 && w <= 1)) store<u8>(verdict + i, before == ACCEPTED ? FAULTY_WEIGHT : before);
    else if (uniform(laneOf(baseAt(stream, rows, attempts, i), 0)) >= w) store<u8>(verdict + i, REJECTED);
  }
}

/** The places of the candidates that are not rejected. How many there are. */
export function engine_survivors(n: i32, verdict: usize, at: usize): i32 {
  let found: usize = 0;
  for (let i = 0; i < n; i++) {
    if (load<u8>(verdict + i) == REJECTED) continue;
    store<u32>(at + (found << 2), i);
    found++;
  }
  return <i32>found;
}

/** verdict[at[i]] = theirs[i]: what became of some of the candidates. */
export function engine_merge(n: i32, at: usize, theirs: usize, verdict: usize): void {
  for (let i: usize = 0; i < <usize>n; i++) store<u8>(verdict + load<u32>(at + (i << 2)), load<u8>(theirs + i));
}

/** The first faulty candidate, or −1. */
export function engine_first_faulty(n: i32, verdict: usize): i32 {
  for (let i = 0; i < n; i++) if (load<u8>(verdict + i) > ACCEPTED) return i;
  return -1;
}

/**
 * Candidates stand for `at[i]` of the frame being conditioned (i itself where `at` is 0). Accepted ones go to the pairs
 * (from, to): candidate, place; the places of the others to `left`. How many are left.
 */
export function engine_split(n: i32, verdict: usize, at: usize, from: usize, to: usize, left: usize): i32 {
  let accepted: usize = 0;
  let rejected: usize = 0;
  for (let i = 0; i < n; i++) {
    const place: u32 = at == 0 ? i : load<u32>(at + (<usize>i << 2));
    if (load<u8>(verdict + i) == ACCEPTED) {
      store<u32>(from + (accepted << 2), i);
      store<u32>(to + (accepted << 2), place);
      accepted++;
    } else {
      store<u32>(left + (rejected << 2), place);
      rejected++;
    }
  }
  return <i32>rejected;
}

// ------------------------------------------------------------------------------------------------------ gather, scatter

/** out[i] = source[at[i]], values of `width` bytes. */
export function engine_gather(n: i32, at: usize, source: usize, width: i32, out: usize): void {
  if (width == 8) {
    for (let i: usize = 0; i < <usize>n; i++) store<u64>(out + (i << 3), load<u64>(source + (<usize>load<u32>(at + (i << 2)) << 3)));
  } else if (width == 4) {
    for (let i: usize = 0; i < <usize>n; i++) store<u32>(out + (i << 2), load<u32>(source + (<usize>load<u32>(at + (i << 2)) << 2)));
  } else if (width == 1) {
    for (let i: usize = 0; i < <usize>n; i++) store<u8>(out + i, load<u8>(source + load<u32>(at + (i << 2))));
  } else {
    const bytes = <usize>width;
    for (let i: usize = 0; i < <usize>n; i++) memory.copy(out + i * bytes, source + <usize>load<u32>(at + (i << 2)) * bytes, bytes);
  }
}

/** The same for texts and lists, items of `width` bytes. */
export function engine_gather_items(
  n: i32, at: usize, offsets: usize, items: usize, width: i32, outOffsets: usize, outItems: usize,
): void {
  const bytes = <usize>width;
  let end: usize = 0;
  store<u32>(outOffsets, 0);
  for (let i: usize = 0; i < <usize>n; i++) {
    const row = offsets + (<usize>load<u32>(at + (i << 2)) << 2);
    const from = <usize>load<u32>(row);
    const count = <usize>load<u32>(row + 4) - from;
    memory.copy(outItems + end * bytes, items + from * bytes, count * bytes);
    end += count;
    store<u32>(outOffsets + (i << 2) + 4, <u32>end);
  }
}

/** out[to[i]] = source[from[i]], values of `width` bytes. */
export function engine_scatter(n: i32, from: usize, to: usize, source: usize, width: i32, out: usize): void {
  const bytes = <usize>width;
  for (let i: usize = 0; i < <usize>n; i++) {
    const a = source + <usize>load<u32>(from + (i << 2)) * bytes;
    const b = out + <usize>load<u32>(to + (i << 2)) * bytes;
    if (width == 8) store<u64>(b, load<u64>(a));
    else if (width == 4) store<u32>(b, load<u32>(a));
    else if (width == 1) store<u8>(b, load<u8>(a));
    else memory.copy(b, a, bytes);
  }
}

/** out[to[i]] = value. */
export function engine_scatter_value32(n: i32, to: usize, value: i32, out: usize): void {
  for (let i: usize = 0; i < <usize>n; i++) store<i32>(out + (<usize>load<u32>(to + (i << 2)) << 2), value);
}

// --------------------------------------------------------------------------------------------------------------- poison
// The first row that is poison and not null, or −1.

// @ts-ignore: decorator
@inline
function isNull(valid: usize, i: i32): bool {
  return valid != 0 && load<u8>(valid + i) == 0;
}

export function engine_poison_f64(n: i32, data: usize, width: i32, valid: usize): i32 {
  for (let i = 0; i < n; i++) if (anyPoisonF64(data, i * width, (i + 1) * width) && !isNull(valid, i)) return i;
  return -1;
}

export function engine_poison_i64(n: i32, data: usize, valid: usize): i32 {
  for (let i = 0; i < n; i++) {
    if (load<i64>(data + (<usize>i << 3)) == I64_POISON && !isNull(valid, i)) return i;
  }
  return -1;
}

export function engine_poison_bool(n: i32, data: usize, valid: usize): i32 {
  for (let i = 0; i < n; i++) if (load<u8>(data + i) > 1 && !isNull(valid, i)) return i;
  return -1;
}

export function engine_poison_code(n: i32, data: usize, valid: usize): i32 {
  for (let i = 0; i < n; i++) if (load<i32>(data + (<usize>i << 2)) < 0 && !isNull(valid, i)) return i;
  return -1;
}

export function engine_poison_uuid(n: i32, data: usize, valid: usize): i32 {
  for (let i = 0; i < n; i++) if (isPoisonUuid(data, i) && !isNull(valid, i)) return i;
  return -1;
}

export function engine_poison_str(n: i32, offsets: usize, bytes: usize, valid: usize): i32 {
  for (let i = 0; i < n; i++) if (isFaulty(offsets, bytes, i) && !isNull(valid, i)) return i;
  return -1;
}

export function engine_poison_f64s(n: i32, offsets: usize, items: usize, valid: usize): i32 {
  for (let i = 0; i < n; i++) {
    if (anyPoisonF64(items, offsetAt(offsets, i), offsetAt(offsets, i + 1)) && !isNull(valid, i)) return i;
  }
  return -1;
}

export function engine_poison_i64s(n: i32, offsets: usize, items: usize, valid: usize): i32 {
  for (let i = 0; i < n; i++) {
    if (anyPoisonI64(items, offsetAt(offsets, i), offsetAt(offsets, i + 1)) && !isNull(valid, i)) return i;
  }
  return -1;
}

export function engine_poison_codes(n: i32, offsets: usize, items: usize, valid: usize): i32 {
  for (let i = 0; i < n; i++) {
    if (anyPoisonCode(items, offsetAt(offsets, i), offsetAt(offsets, i + 1)) && !isNull(valid, i)) return i;
  }
  return -1;
}

/** A copy of values of one array, `width` of `bytes` each a row: poison (of the same bytes, `poison`) where `when` is. */
export function engine_poison_values(
  n: i32, when: usize, whenValid: usize, data: usize, width: i32, bytes: i32, poison: i64, out: usize,
): void {
  const row = <usize>width * <usize>bytes;
  for (let i = 0; i < n; i++) {
    const to = out + <usize>i * row;
    if (flagAt(when, whenValid, i) < 2) memory.copy(to, data + <usize>i * row, row);
    else fillWith(to, row, bytes, poison);
  }
}

/** The same for texts and lists: one item, poison, where `when` is. */
export function engine_poison_items(
  n: i32, when: usize, whenValid: usize, offsets: usize, items: usize, bytes: i32, poison: i64, outOffsets: usize, outItems: usize,
): void {
  let at: usize = 0;
  store<u32>(outOffsets, 0);
  for (let i = 0; i < n; i++) {
    const from = <usize>load<u32>(offsets + (<usize>i << 2));
    const to = outItems + at * <usize>bytes;
    if (flagAt(when, whenValid, i) < 2) {
      const count = <usize>load<u32>(offsets + (<usize>i << 2) + 4) - from;
      memory.copy(to, items + from * <usize>bytes, count * <usize>bytes);
      at += count;
    } else {
      fillWith(to, <usize>bytes, bytes, poison);
      at++;
    }
    store<u32>(outOffsets + (<usize>i << 2) + 4, <u32>at);
  }
}

function fillWith(to: usize, room: usize, bytes: i32, poison: i64): void {
  for (let at: usize = 0; at < room; at += <usize>bytes) {
    if (bytes == 1) store<u8>(to + at, <u8>poison);
    else if (bytes == 4) store<i32>(to + at, <i32>poison);
    else store<i64>(to + at, poison);
  }
}
