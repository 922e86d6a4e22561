import type { Builder, DrawContext, ScalarMath, SlotRef } from '../define.ts';
import { aliasCells } from './alias.ts';

/** Ranks below this are blocks of their own; from it on a block holds a 32nd of the ranks before it. */
const SINGLE = 2 ** 10;
const GROWTH = 1 / 2 ** 5;

type Block = { readonly first: number; readonly width: number };

/**
 * Ranks 1 … n (plus `shift`) with probability ∝ rank^−s: exact, a few kilobytes for any n. The kernel `zipf` says how;
 * composition and rejection are L. Devroye, Non-Uniform Random Variate Generation (1986), ch. II.
 */
export function zipfRanks(b: Builder, key: DrawContext['key'], n: number, s: number, shift: number): SlotRef {
  const blocks = blocksOf(n);
  const weights = blocks.map(({ first, width }) => width * b.math.pow(first, -s));
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
  const view = new DataView(new ArrayBuffer(blocks.length * 24));
  for (const [i, { first, width }] of blocks.entries()) {
    view.setFloat64(i * 24, first, true);
    view.setBigUint64(i * 24 + 8, BigInt(width), true);
    // A shade less, so that rounding never lets a rank in: below this the kernel does not look closer.
    view.setFloat64(i * 24 + 16, m.exp(-s * m.log((first + width - 1) / first)) * (1 - 1e-12), true);
  }
  return new Uint8Array(view.buffer);
}
