/** Vectors: `width` reals a row. */
import { CODE_POISON, anyPoisonF64, f64At, i64At, setCode, setF64 } from './slots';

/** Up to eight components at a time; what is not used is 0. */
export function vec_of(
  n: i32, a: usize, b: usize, c: usize, d: usize, e: usize, f: usize, g: usize, h: usize, width: i32, out: usize,
): void {
  for (let i = 0; i < n; i++) {
    const at = i * width;
    setF64(out, at, f64At(a, i));
    if (width > 1) setF64(out, at + 1, f64At(b, i));
    if (width > 2) setF64(out, at + 2, f64At(c, i));
    if (width > 3) setF64(out, at + 3, f64At(d, i));
    if (width > 4) setF64(out, at + 4, f64At(e, i));
    if (width > 5) setF64(out, at + 5, f64At(f, i));
    if (width > 6) setF64(out, at + 6, f64At(g, i));
    if (width > 7) setF64(out, at + 7, f64At(h, i));
  }
}

export function vec_concat(n: i32, a: usize, widthA: i32, b: usize, widthB: i32, out: usize): void {
  const bytesA = <usize>widthA << 3;
  const bytesB = <usize>widthB << 3;
  for (let i: usize = 0; i < <usize>n; i++) {
    const to = out + i * (bytesA + bytesB);
    memory.copy(to, a + i * bytesA, bytesA);
    memory.copy(to + bytesA, b + i * bytesB, bytesB);
  }
}

/** The component at a position that varies; outside the vector is poison. */
export function vec_item(n: i32, vec: usize, width: i32, index: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const at = i64At(index, i);
    setF64(out, i, <u64>at < <u64>width ? f64At(vec, i * width + <i32>at) : NaN);
  }
}

/** The position of the greatest component, the first of equal ones. */
export function vec_argmax(n: i32, vec: usize, width: i32, out: usize): void {
  for (let i = 0; i < n; i++) {
    let best = 0;
    let faulty = false;
    for (let j = 0; j < width; j++) {
      const x = f64At(vec, i * width + j);
      faulty = faulty || x != x;
      if (x > f64At(vec, i * width + best)) best = j;
    }
    setCode(out, i, faulty ? CODE_POISON : best);
  }
}

/** Positions of the k greatest components above `above`, the greatest first; of equal ones the first. */
export function vec_top(n: i32, vec: usize, width: i32, k: i32, above: f64, outOffsets: usize, outItems: usize): void {
  let at: i32 = 0;
  store<u32>(outOffsets, 0);
  for (let i = 0; i < n; i++) {
    let limit = Infinity;
    let after = -1;
    const faulty = anyPoisonF64(vec, i * width, (i + 1) * width);
    if (faulty) setCode(outItems, at++, CODE_POISON);
    for (let taken = faulty ? k : 0; taken < k; taken++) {
      // The greatest of those below the one before (or equal to it and behind it).
      let best = -1;
      let value = above;
      for (let j = 0; j < width; j++) {
        const x = f64At(vec, i * width + j);
        if (x > value && (x < limit || (x == limit && j > after))) {
          best = j;
          value = x;
        }
      }
      if (best < 0) break;
      setCode(outItems, at++, best);
      limit = value;
      after = best;
    }
    store<u32>(outOffsets + (<usize>i << 2), <u32>at, 4);
  }
}
