import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Source } from '../compiler/1-parse/source.ts';
import type { Host } from '../compiler/2-check/host.ts';
import { systemReason } from './errors.ts';
import { EXIT } from './exit.ts';
import { failure } from './failure.ts';

const LIMIT = 16 * 1024 * 1024;

/** A spec as bytes of a file, or of standard input for `-`. */
export function readSpec(path: string): Source {
  const name = path === '-' ? '<stdin>' : path;
  const bytes = readLimited(path, name);
  try {
    // The mark of a byte order is the parser's to see.
    return { name, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    const at = firstBadByte(bytes);
    const line = bytes.subarray(0, at).reduce((lines, byte) => lines + (byte === 10 ? 1 : 0), 1);
    const byte = `0x${(bytes[at] ?? 0).toString(16).padStart(2, '0')}`;
    throw failure(
      'TVD7009',
      { path: name },
      EXIT.spec,
      `save it as UTF-8: byte ${at} (${byte}, line ${line}) is the first that is not`,
    );
  }
}

/** Data files of a spec lie beside it. */
export const hostOf = (path: string): Host => hostIn(path === '-' ? '.' : dirname(path));

export function hostIn(folder: string): Host {
  return {
    readFile: (file) => {
      try {
        return readFileSync(resolve(folder, file));
      } catch {
        return null;
      }
    },
  };
}

function readLimited(path: string, name: string): Uint8Array {
  let file: number | undefined;
  try {
    file = path === '-' ? 0 : openSync(path, 'r');
    if (fstatSync(file).isDirectory()) {
      throw failure('TVD7008', { path: name, reason: 'it is a folder' }, EXIT.usage, 'name the spec in it');
    }
    const chunks: Uint8Array[] = [];
    for (let total = 0; ; ) {
      const chunk = new Uint8Array(65_536);
      const count = read(file, chunk);
      if (count === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, count));
      total += count;
      if (total > LIMIT) throw failure('TVD7010', { path: name, limit: '16 MiB' }, EXIT.spec);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      throw failure('TVD7008', { path: name, reason: systemReason(error) }, EXIT.usage);
    }
    throw error;
  } finally {
    if (file !== undefined && file !== 0) closeSync(file);
  }
}

/** Standard input may be a terminal or a pipe that has nothing yet. */
function read(file: number, chunk: Uint8Array): number {
  for (;;) {
    try {
      return readSync(file, chunk);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

/** The first byte of the first sequence that is no character. */
function firstBadByte(bytes: Uint8Array): number {
  // By halving: a prefix is good when it decodes, whatever character its end cuts.
  const decode = (length: number): string =>
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, length), {
      stream: true,
    });
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      decode(middle);
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return new TextEncoder().encode(decode(good)).length;
}
