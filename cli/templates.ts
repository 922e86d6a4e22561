import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** An example of the package that a new spec may start from. */
export type Template = {
  readonly name: string;
  /** The first line of its spec, a comment. */
  readonly summary: string;
  /** Paths inside its folder: the spec, its data. */
  readonly files: readonly string[];
  readonly read: (file: string) => Uint8Array;
};

/** What belongs to the gallery rather than to a dataset. */
const GALLERY = new Set(['README.md', 'expected']);

export function templates(): readonly Template[] {
  const folder = join(packageFolder(), 'examples');
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'spec.yaml')))
    .map(({ name }): Template => {
      const at = join(folder, name);
      const read = (file: string): Uint8Array => readFileSync(join(at, file));
      const files = readdirSync(at, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(at.length + 1))
        .filter((file) => !GALLERY.has(file.split(/[/\\]/)[0] ?? ''));
      const spec = new TextDecoder().decode(read('spec.yaml'));
      const summary = /^# (?!yaml-language-server)(.*)$/m.exec(spec)?.[1] ?? '';
      return { name, summary, files: files.sort(), read };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Where package.json lies: above the bundle, or above the sources. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
