import { createHash } from 'node:crypto';
import type { BlobData, BlobRef } from '../../stdlib/define.ts';

/** The plan's constant arrays, each stored once, 16-byte aligned: tables.bin. */
export type BlobStore = {
  readonly add: (data: BlobData) => BlobRef;
  readonly dictionary: (values: readonly string[]) => BlobRef;
  readonly finish: () => {
    readonly blobs: readonly { readonly offset: number; readonly bytes: number }[];
    readonly bytes: Uint8Array;
  };
};

const ALIGN = 16;

export function createBlobStore(): BlobStore {
  const byHash = new Map<string, BlobRef>();
  const stored: { offset: number; bytes: Uint8Array }[] = [];
  let end = 0;
  const add = (data: BlobData): BlobRef => {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const hash = createHash('sha256').update(bytes).digest('hex');
    const known = byHash.get(hash);
    if (known) return known;
    const ref = { blob: stored.length };
    stored.push({ offset: end, bytes: bytes.slice() });
    end = Math.ceil((end + bytes.length) / ALIGN) * ALIGN;
    byHash.set(hash, ref);
    return ref;
  };
  return {
    add,
    dictionary: (values) => add(encodeDictionary(values)),
    finish: () => {
      const bytes = new Uint8Array(end);
      for (const blob of stored) bytes.set(blob.bytes, blob.offset);
      return { blobs: stored.map(({ offset, bytes: { length } }) => ({ offset, bytes: length })), bytes };
    },
  };
}

/** u32 count, u32 offsets[count + 1], UTF-8 bytes. */
export function encodeDictionary(values: readonly string[]): Uint8Array {
  const texts = values.map((value) => Buffer.from(value, 'utf8'));
  const head = new Uint32Array(values.length + 2);
  head[0] = values.length;
  texts.forEach((text, i) => {
    head[i + 2] = head[i + 1]! + text.length;
  });
  return Buffer.concat([Buffer.from(head.buffer), ...texts]);
}
