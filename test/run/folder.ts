import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

/** Folders of their own for one test file. */
export function scratch() {
  const base = mkdtempSync(join(tmpdir(), 'tvdd-run-'));
  let count = 0;
  return {
    root: base,
    folder: (): string => join(base, String(count++)),
    remove: (): void => rmSync(base, { recursive: true }),
  };
}

/** Tables' files, whatever the format; not the manifest. */
export const isPart = (path: string): boolean => /\/part-\d+\.\w+$/.test(path);

/** Every file, hidden ones too: path → sha256. */
export function contents(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const hash = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path): [string, string] => [relative(folder, path), hash(path)])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
