import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { OutputFormat, PhysicalPlan } from '../../compiler/5-lower/physical-plan.ts';
import { runError } from '../run-error.ts';
import { isFormat } from '../sinks/index.ts';
import { syncDirectory } from './directory.ts';
import type { Failpoint } from './failpoint.ts';
import { die } from './failpoint.ts';
import type { Shard } from './shards.ts';
import { shardCount } from './shards.ts';

/** manifest.jsonl: a header, then a line a finished shard. It says nothing of when or how fast, so it is reproducible too. */
export const MANIFEST = 'manifest.jsonl';
export const MANIFEST_TEMPORARY = '.manifest.jsonl.tmp';

export type ManifestHeader = {
  readonly version: 1;
  readonly tvdd: string;
  readonly dataset: string;
  readonly planHash: string;
  readonly specHash: string;
  readonly seed: string;
  readonly format: OutputFormat;
  readonly tables: readonly { readonly name: string; readonly rows: number; readonly shards: number }[];
};
export type ShardRecord = {
  readonly table: string;
  readonly shard: number;
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
};
export type ManifestContent = {
  readonly header: ManifestHeader;
  readonly records: readonly ShardRecord[];
  /** Bytes up to the end of the last whole line; less than the file has where a dying run tore its last line. */
  readonly wholeBytes: number;
};

export function headerOf(plan: PhysicalPlan): ManifestHeader {
  const { tvdd, dataset, planHash, specHash, seed, output } = plan;
  const tables = plan.tables.map((table) => ({
    name: table.name,
    rows: table.rows,
    shards: shardCount(table),
  }));
  return { version: 1, tvdd, dataset, planHash, specHash, seed, format: output.format, tables };
}

/** Null where the folder has none. Throws TVD6019. */
export function readManifest(out: string): ManifestContent | null {
  const path = join(out, MANIFEST);
  if (!existsSync(path)) return null;
  const bytes = readFileSync(path);
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const [first, ...rest] = bytes
    .subarray(0, wholeBytes)
    .toString('utf8')
    .split('\n')
    .slice(0, -1)
    .map(parseLine);
  if (!isHeader(first)) throw unreadable(path, 'its first line is no header of this version');
  const records = rest.map((record, i) => {
    if (!isRecord(record)) throw unreadable(path, `line ${i + 2} is damaged`);
    return record;
  });
  // A manifest of before there were others does not name it.
  return { header: { ...first, format: first.format ?? 'parquet' }, records, wholeBytes };
}

/** The manifest of a folder whose lock we hold. */
export type Manifest = {
  readonly records: readonly ShardRecord[];
  /** Is the shard's line here, and its file as the line says? */
  has(shard: Shard): boolean;
  append(record: ShardRecord): void;
  /** Orders the lines as the plan does, the last line of a shard counting. */
  sort(): void;
};

/** Begins the folder's manifest, or goes on with `content`. */
export function openManifest(
  out: string,
  plan: PhysicalPlan,
  content: ManifestContent | null,
  failpoint: Failpoint,
): Manifest {
  const path = join(out, MANIFEST);
  const key = (table: string, shard: number): string => `${table}/${shard}`;
  const records = new Map(content?.records.map((record) => [key(record.table, record.shard), record]));
  if (content === null) replace(out, [headerOf(plan)]);
  else if (content.wholeBytes < statSync(path).size) truncateSync(path, content.wholeBytes);
  const order = new Map(plan.tables.map(({ name }, i) => [name, i]));
  const sorted = (): readonly ShardRecord[] =>
    [...records.values()].sort((a, b) => order.get(a.table)! - order.get(b.table)! || a.shard - b.shard);
  return {
    get records() {
      return sorted();
    },
    has(shard) {
      const record = records.get(key(shard.table, shard.shard));
      if (record === undefined || record.rows !== shard.end - shard.start || record.file !== shard.file)
        return false;
      return statSync(join(out, shard.file), { throwIfNoEntry: false })?.size === record.bytes;
    },
    append(record) {
      const line = Buffer.from(`${JSON.stringify(record)}\n`);
      const torn = failpoint.reached('manifest');
      appendDurably(path, torn ? line.subarray(0, line.length >>> 1) : line);
      if (torn) die();
      records.set(key(record.table, record.shard), record);
    },
    sort() {
      const lines = [headerOf(plan), ...sorted()];
      if (!readFileSync(path).equals(serialise(lines))) replace(out, lines);
    },
  };
}

const serialise = (lines: readonly unknown[]): Buffer =>
  Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

function appendDurably(path: string, bytes: Uint8Array): void {
  write(path, 'a', bytes);
}

function replace(out: string, lines: readonly unknown[]): void {
  const temporary = join(out, MANIFEST_TEMPORARY);
  write(temporary, 'w', serialise(lines));
  renameSync(temporary, join(out, MANIFEST));
  syncDirectory(out);
}

function write(path: string, flags: 'a' | 'w', bytes: Uint8Array): void {
  const fd = openSync(path, flags);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

type WrittenHeader = Omit<ManifestHeader, 'format'> & Partial<Pick<ManifestHeader, 'format'>>;

function isHeader(value: unknown): value is WrittenHeader {
  if (!isObject(value) || value.version !== 1 || !Array.isArray(value.tables)) return false;
  const texts = [value.tvdd, value.dataset, value.planHash, value.specHash, value.seed];
  if (value.format !== undefined && !isFormat(value.format)) return false;
  return texts.every((text) => typeof text === 'string') && value.tables.every(isTable);
}

/** A table's name becomes a folder's: never a path that leads elsewhere. */
function isTable(value: unknown): boolean {
  if (!isObject(value) || typeof value.name !== 'string') return false;
  return /^[^./\\\0][^/\\\0]*$/.test(value.name) && isCount(value.rows) && isCount(value.shards);
}

function isRecord(value: unknown): value is ShardRecord {
  if (!isObject(value)) return false;
  const texts = [value.table, value.file, value.sha256];
  return (
    texts.every((text) => typeof text === 'string') && [value.shard, value.rows, value.bytes].every(isCount)
  );
}

const unreadable = (path: string, reason: string): Error =>
  runError('TVD6019', { path }, reason, 'choose another folder with --out, or delete this one');
