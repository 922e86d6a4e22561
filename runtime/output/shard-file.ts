import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isFormat } from '../sinks/index.ts';
import { makeDirectory, syncDirectory } from './directory.ts';
import type { Failpoint } from './failpoint.ts';
import { die } from './failpoint.ts';

/** A file that has its name only when it is whole and on the disk: temporary → write → fsync → rename → fsync of the folder. */
export type ShardFile = {
  write(piece: Uint8Array): void;
  commit(): { readonly bytes: number; readonly sha256: string };
  discard(): void;
};

export const temporaryName = (file: string): string => join(dirname(file), `.${basename(file)}.tmp`);
export const isShardFile = (name: string): boolean => isFormat(/^part-\d+\.(\w+)$/.exec(name)?.[1]);
export const isTemporary = (name: string): boolean => isFormat(/^\.part-\d+\.(\w+)\.tmp$/.exec(name)?.[1]);

export function createShardFile(out: string, file: string, failpoint: Failpoint): ShardFile {
  const path = join(out, file);
  const temporary = temporaryName(path);
  makeDirectory(dirname(path));
  const fd = openSync(temporary, 'w');
  const hash = createHash('sha256');
  let bytes = 0;
  const writeAll = (piece: Uint8Array): void => {
    for (let at = 0; at < piece.length; ) at += writeSync(fd, piece, at);
  };
  return {
    write(piece) {
      if (failpoint.reached('write')) {
        writeAll(piece.subarray(0, piece.length >>> 1));
        die();
      }
      writeAll(piece);
      hash.update(piece);
      bytes += piece.length;
    },
    commit() {
      if (failpoint.reached('fsync')) die();
      fsyncSync(fd);
      closeSync(fd);
      renameSync(temporary, path);
      if (failpoint.reached('rename')) die();
      syncDirectory(dirname(path));
      return { bytes, sha256: hash.digest('hex') };
    },
    discard() {
      closeSync(fd);
      rmSync(temporary, { force: true });
    },
  };
}
