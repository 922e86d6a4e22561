/** Whole numbers in decimal digits. */
export function digitsOf(value: u64): usize {
  let digits: usize = 1;
  while (value >= 10) {
    value /= 10;
    digits++;
  }
  return digits;
}

/** Unsigned, padded with zeros to `width` digits. */
export function writePadded(at: usize, value: u64, width: usize): usize {
  let rest = value;
  for (let i = at + width; i > at; i--) {
    store<u8>(i - 1, <u8>(48 + (rest % 10)));
    rest /= 10;
  }
  return at + width;
}

export function writeU64(at: usize, value: u64): usize {
  return writePadded(at, value, digitsOf(value));
}

export function writeI64(at: usize, value: i64): usize {
  if (value >= 0) return writeU64(at, value);
  store<u8>(at, 45);
  return writeU64(at + 1, <u64>-value);
}
