import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makeDirectory } from '../output/directory.ts';
import type { RowGroup } from './group-rows.ts';
import type { Scan, Segment } from './layout.ts';

/** Where the first pass leaves the rows of each partition until the run ends: four bytes a row. */
export const SCRATCH = '.scratch';

/** Writes the places of a range's rows, group after group. Only this run reads them: nothing is synced. */
export function writePlaces(out: string, file: string, groups: readonly RowGroup[]): Scan['found'] {
  makeDirectory(join(out, SCRATCH));
  const fd = openSync(join(out, SCRATCH, file), 'w');
  try {
    let at = 0;
    return groups.map(({ path, places }) => {
      writeAll(fd, new Uint8Array(places.buffer, places.byteOffset, places.byteLength));
      const found = { path, rows: places.length, at };
      at += places.length;
      return found;
    });
  } finally {
    closeSync(fd);
  }
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}

/** The numbers of the rows that segments hold. */
export function readRows(out: string, segments: readonly Segment[]): readonly number[] {
  const rows: number[] = [];
  for (const { file, start, at, rows: count } of segments) {
    const places = new Uint32Array(count);
    const bytes = new Uint8Array(places.buffer);
    const fd = openSync(join(out, SCRATCH, file), 'r');
    try {
      for (let read = 0; read < bytes.length; ) {
        const more = readSync(fd, bytes, read, bytes.length - read, at * 4 + read);
        if (more === 0) throw new Error(`${SCRATCH}/${file} is shorter than it was`);
        read += more;
      }
    } finally {
      closeSync(fd);
    }
    for (const place of places) rows.push(start + place);
  }
  return rows;
}
