import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { errorCode } from './io-error.ts';

/** Makes names in the folder durable: a rename survives a power cut only when its folder is synced. */
export function syncDirectory(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** The names in a folder; none where there is no folder. */
export function listDirectory(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
