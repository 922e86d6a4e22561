import type { Builder, DrawContext, ScalarMath, SlotRef } from '../define.ts';
import { aliasCells } from './alias.ts';

/** Ranks below this are blocks of their own; from it on a block holds a 32nd of the ranks before it. */
const SINGLE = 2 ** 10;
const GROWTH = 1 / 2 ** 5;

type Block = { readonly first: number; readonly width: number };

/** The block's likeliest rank, and the other end. */
const ends = ({ first, width }: Block, s: number) =>
  s >= 0 ? { top: first, far: first + width - 1 } : { top: first + width - 1, far: first };

/**
 * Ranks 1 … n (plus `shift`) with probability ∝ rank^−s, for any s: exact, some 50 kB for any n. The kernel `zipf` says how;
 * composition and rejection are L. Devroye, Non-Uniform Random Variate Generation (1986), ch. II.
 */
export function zipfRanks(b: Builder, key: DrawContext['key'], n: number, s: number, shift: number): SlotRef {
  const blocks = blocksOf(n);
  // Relative to the likeliest rank, so that no exponent overflows.
  const likeliest = s >= 0 ? 1 : n;
  const weights = blocks.map((block) => block.width * b.math.pow(ends(block, s).top / likeliest, -s));
  return b.kernel('zipf', { kind: 'i64' }, [
    key,
    b.blob(aliasCells(weights)),
    { i32: blocks.length },
    b.blob(encode(b.math, blocks, s)),
    { f64: s },
    { i64: String(shift) },
  ]);
}

function blocksOf(n: number): readonly Block[] {
  const blocks: Block[] = [];
  for (let first = 1; first <= n; first += blocks.at(-1)!.width) {
    const width = first < SINGLE ? 1 : Math.floor(first * GROWTH);
    blocks.push({ first, width: Math.min(width, n - first + 1) });
  }
  return blocks;
}

function encode(m: ScalarMath, blocks: readonly Block[], s: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(blocks.length * 32));
  for (const [i, block] of blocks.entries()) {
    const { top, far } = ends(block, s);
    view.setFloat64(i * 32, block.first, true);
    view.setBigUint64(i * 32 + 8, BigInt(block.width), true);
    view.setFloat64(i * 32 + 16, top, true);
    // A shade less, so that rounding never lets a rank in: below this the kernel does not look closer.
    view.setFloat64(i * 32 + 24, m.exp(-s * m.log(far / top)) * (1 - 1e-12), true);
  }
  return new Uint8Array(view.buffer);
}
