import type { RunErrorDetail } from '../run-error.ts';
import { RunError, runErrorDetail } from '../run-error.ts';

const FULL: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'no space is left on the device'],
  ['EDQUOT', 'the quota of the disk is used up'],
  ['EFBIG', 'the file would be larger than the system allows'],
]);
const REFUSED: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission is denied'],
  ['EPERM', 'permission is denied'],
  ['EROFS', 'the file system is read-only'],
  ['ENOENT', 'the folder that it would be in does not exist and cannot be made'],
  ['ENOTDIR', 'a part of the path is a file, not a folder'],
  ['EEXIST', 'a file of that name exists'],
  ['EISDIR', 'a folder of that name exists'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['ELOOP', 'its links go round in a circle'],
  ['EMFILE', 'too many files are open'],
  ['EIO', 'the disk reports an error'],
]);

/** What the operating system refused, or null for an error that is not its. */
export function ioErrorDetail(error: unknown, path: string): RunErrorDetail | null {
  const code = errorCode(error);
  const full = FULL.get(code);
  if (full !== undefined) {
    return runErrorDetail(
      'TVD6016',
      { file: path },
      full,
      'make room and run the same command again: finished files are kept',
    );
  }
  const refused = REFUSED.get(code);
  return refused === undefined
    ? null
    : runErrorDetail(
        'TVD6014',
        { path },
        refused,
        'choose another folder with --out, or mend its permissions',
      );
}

/** Runs file operations on `path` or below; what the system refuses becomes a RunError that names the file. */
export function withPath<T>(path: string, operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    const exact =
      error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : path;
    const detail = ioErrorDetail(error, exact);
    throw detail === null ? error : new RunError(detail);
  }
}

export const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
