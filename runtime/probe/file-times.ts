import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFailpoint } from '../output/failpoint.ts';
import { createShardFile } from '../output/shard-file.ts';

/** A file hashed, written and synced: its bytes, and nanoseconds. */
export type FileTime = { readonly bytes: number; readonly ns: number };

const PIECE = 2 ** 20;
const PIECES: readonly number[] = [1, 32];

/** Files of two sizes in a temporary folder, in turn; the quickest round, as others wait for the disk too. */
export function timeFiles(rounds: number): readonly FileTime[] {
  const out = mkdtempSync(join(tmpdir(), 'tvdd-files-'));
  const failpoint = createFailpoint();
  const piece = Uint8Array.from({ length: PIECE }, (_, i) => (i * 2654435761) >>> 13);
  const times = PIECES.map((): number[] => []);
  try {
    for (let round = 0; round < rounds; round++) {
      for (const [size, pieces] of PIECES.entries()) {
        const start = process.hrtime.bigint();
        const file = createShardFile(out, `part-${size}.parquet`, failpoint);
        for (let i = 0; i < pieces; i++) file.write(piece);
        file.commit();
        times[size]!.push(Number(process.hrtime.bigint() - start));
      }
    }
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
  return PIECES.map((pieces, size) => ({
    bytes: pieces * PIECE,
    ns: Math.min(...times[size]!),
  }));
}
