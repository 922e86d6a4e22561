/** Comparisons: 0, 1, or poison where an operand is. `gt` and `ge` are `lt` and `le` with the operands exchanged. */
import { BOOL_POISON, CODE_POISON, I64_POISON, boolAt, codeAt, f64At, i64At, isPoisonUuid, setBool } from './slots';
import { compareTexts, isFaulty } from './text';

// --------------------------------------------------------------------------------------------------------------- reals

export function eq_f64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = f64At(a, i);
    const y = f64At(b, i);
    setBool(out, i, x != x || y != y ? BOOL_POISON : u8(x == y));
  }
}

export function ne_f64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = f64At(a, i);
    const y = f64At(b, i);
    setBool(out, i, x != x || y != y ? BOOL_POISON : u8(x != y));
  }
}

export function lt_f64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = f64At(a, i);
    const y = f64At(b, i);
    setBool(out, i, x != x || y != y ? BOOL_POISON : u8(x < y));
  }
}

export function le_f64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = f64At(a, i);
    const y = f64At(b, i);
    setBool(out, i, x != x || y != y ? BOOL_POISON : u8(x <= y));
  }
}

// ------------------------------------------------------------------------------------------------------------ integers

export function eq_i64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = i64At(a, i);
    const y = i64At(b, i);
    setBool(out, i, x == I64_POISON || y == I64_POISON ? BOOL_POISON : u8(x == y));
  }
}

export function ne_i64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = i64At(a, i);
    const y = i64At(b, i);
    setBool(out, i, x == I64_POISON || y == I64_POISON ? BOOL_POISON : u8(x != y));
  }
}

export function lt_i64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = i64At(a, i);
    const y = i64At(b, i);
    setBool(out, i, x == I64_POISON || y == I64_POISON ? BOOL_POISON : u8(x < y));
  }
}

export function le_i64(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = i64At(a, i);
    const y = i64At(b, i);
    setBool(out, i, x == I64_POISON || y == I64_POISON ? BOOL_POISON : u8(x <= y));
  }
}

// --------------------------------------------------------------------------------------------------------------- codes

export function eq_code(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = codeAt(a, i);
    const y = codeAt(b, i);
    setBool(out, i, x == CODE_POISON || y == CODE_POISON ? BOOL_POISON : u8(x == y));
  }
}

export function ne_code(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = codeAt(a, i);
    const y = codeAt(b, i);
    setBool(out, i, x == CODE_POISON || y == CODE_POISON ? BOOL_POISON : u8(x != y));
  }
}

export function lt_code(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = codeAt(a, i);
    const y = codeAt(b, i);
    setBool(out, i, x == CODE_POISON || y == CODE_POISON ? BOOL_POISON : u8(x < y));
  }
}

export function le_code(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = codeAt(a, i);
    const y = codeAt(b, i);
    setBool(out, i, x == CODE_POISON || y == CODE_POISON ? BOOL_POISON : u8(x <= y));
  }
}

// ------------------------------------------------------------------------------------------------------------ booleans

export function eq_bool(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = boolAt(a, i);
    const y = boolAt(b, i);
    setBool(out, i, x > 1 || y > 1 ? BOOL_POISON : u8(x == y));
  }
}

export function ne_bool(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const x = boolAt(a, i);
    const y = boolAt(b, i);
    setBool(out, i, x > 1 || y > 1 ? BOOL_POISON : u8(x != y));
  }
}

// --------------------------------------------------------------------------------------------------------------- uuids

export function eq_uuid(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const p = a + (<usize>i << 4);
    const q = b + (<usize>i << 4);
    const poison = isPoisonUuid(a, i) || isPoisonUuid(b, i);
    setBool(out, i, poison ? BOOL_POISON : u8(load<u64>(p) == load<u64>(q) && load<u64>(p, 8) == load<u64>(q, 8)));
  }
}

export function ne_uuid(n: i32, a: usize, b: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const p = a + (<usize>i << 4);
    const q = b + (<usize>i << 4);
    const poison = isPoisonUuid(a, i) || isPoisonUuid(b, i);
    setBool(out, i, poison ? BOOL_POISON : u8(load<u64>(p) != load<u64>(q) || load<u64>(p, 8) != load<u64>(q, 8)));
  }
}

// ----------------------------------------------------------------------------------------------- texts, by code points

export function eq_str(n: i32, aOffsets: usize, aBytes: usize, bOffsets: usize, bBytes: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const poison = isFaulty(aOffsets, aBytes, i) || isFaulty(bOffsets, bBytes, i);
    setBool(out, i, poison ? BOOL_POISON : u8(compareTexts(aOffsets, aBytes, bOffsets, bBytes, i) == 0));
  }
}

export function ne_str(n: i32, aOffsets: usize, aBytes: usize, bOffsets: usize, bBytes: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const poison = isFaulty(aOffsets, aBytes, i) || isFaulty(bOffsets, bBytes, i);
    setBool(out, i, poison ? BOOL_POISON : u8(compareTexts(aOffsets, aBytes, bOffsets, bBytes, i) != 0));
  }
}

export function lt_str(n: i32, aOffsets: usize, aBytes: usize, bOffsets: usize, bBytes: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const poison = isFaulty(aOffsets, aBytes, i) || isFaulty(bOffsets, bBytes, i);
    setBool(out, i, poison ? BOOL_POISON : u8(compareTexts(aOffsets, aBytes, bOffsets, bBytes, i) < 0));
  }
}

export function le_str(n: i32, aOffsets: usize, aBytes: usize, bOffsets: usize, bBytes: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const poison = isFaulty(aOffsets, aBytes, i) || isFaulty(bOffsets, bBytes, i);
    setBool(out, i, poison ? BOOL_POISON : u8(compareTexts(aOffsets, aBytes, bOffsets, bBytes, i) <= 0));
  }
}

/** Whether a text is among those of a dictionary (u32 count, offsets, bytes). */
export function in_str(n: i32, offsets: usize, bytes: usize, dictionary: usize, out: usize): void {
  const count = load<u32>(dictionary);
  const texts = dictionary + 8 + (<usize>count << 2);
  for (let i = 0; i < n; i++) {
    if (isFaulty(offsets, bytes, i)) {
      setBool(out, i, BOOL_POISON);
      continue;
    }
    const from = load<u32>(offsets + (<usize>i << 2));
    const length = load<u32>(offsets + (<usize>i << 2), 4) - from;
    let found: u8 = 0;
    for (let c: u32 = 0; c < count && found == 0; c++) {
      const start = load<u32>(dictionary + 4 + (<usize>c << 2));
      if (load<u32>(dictionary + 4 + (<usize>c << 2), 4) - start != length) continue;
      found = u8(memory.compare(texts + start, bytes + from, length) == 0);
    }
    setBool(out, i, found);
  }
}
