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
import type { Layout } from '../partition/layout.ts';
import { runError } from '../run-error.ts';
import { isFormat } from '../sinks/index.ts';
import { syncDirectory } from './directory.ts';
import type { Failpoint } from './failpoint.ts';
import { die } from './failpoint.ts';
import type { Shard } from './shards.ts';
import { shardCount } from './shards.ts';

/** manifest.jsonl: a header, a line a table whose partitions are known, then a line a finished shard. It says nothing of when or how fast, so it is reproducible too. */
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
  readonly tables: readonly {
    readonly name: string;
    readonly rows: number;
    /** Of a partitioned table none are planned: its layout tells. */
    readonly shards: number;
    /** By so many columns; left out for none. */
    readonly partitioned?: number;
  }[];
};
/** The partitions of a table and their rows: known once its rows have been looked at, so that going on need not. */
export type LayoutRecord = { readonly table: string; readonly layout: Layout };
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
  readonly layouts: readonly LayoutRecord[];
  readonly records: readonly ShardRecord[];
  /** Bytes up to the end of the last whole line; less than the file has where a dying run tore its last line. */
  readonly wholeBytes: number;
};

export function headerOf(plan: PhysicalPlan): ManifestHeader {
  const { tvdd, dataset, planHash, specHash, seed, output } = plan;
  const tables = plan.tables.map((table) => ({
    name: table.name,
    rows: table.rows,
    ...(table.partition
      ? { shards: 0, partitioned: table.partition.columns.length }
      : { shards: shardCount(table) }),
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
  const records: ShardRecord[] = [];
  const layouts: LayoutRecord[] = [];
  for (const [i, line] of rest.entries()) {
    if (isRecord(line)) records.push(line);
    else if (isLayout(line)) layouts.push(line);
    else throw unreadable(path, `line ${i + 2} is damaged`);
  }
  // A manifest of before there were others does not name it.
  return { header: { ...first, format: first.format ?? 'parquet' }, layouts, records, wholeBytes };
}

/** The manifest of a folder whose lock we hold. */
export type Manifest = {
  readonly records: readonly ShardRecord[];
  readonly layouts: ReadonlyMap<string, Layout>;
  /** Is the shard's line here, and its file as the line says? */
  has(shard: Shard): boolean;
  append(record: ShardRecord): void;
  appendLayout(record: LayoutRecord): void;
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
  const layouts = new Map(content?.layouts.map(({ table, layout }) => [table, layout]));
  if (content === null) replace(out, [headerOf(plan)]);
  else if (content.wholeBytes < statSync(path).size) truncateSync(path, content.wholeBytes);
  const order = new Map(plan.tables.map(({ name }, i) => [name, i]));
  const sorted = (): readonly ShardRecord[] =>
    [...records.values()].sort((a, b) => order.get(a.table)! - order.get(b.table)! || a.shard - b.shard);
  const appendLine = (record: unknown, torn: boolean): void => {
    const line = Buffer.from(`${JSON.stringify(record)}\n`);
    appendDurably(path, torn ? line.subarray(0, line.length >>> 1) : line);
    if (torn) die();
  };
  return {
    layouts,
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
      appendLine(record, failpoint.reached('manifest'));
      records.set(key(record.table, record.shard), record);
    },
    appendLayout(record) {
      appendLine(record, failpoint.reached('layout'));
      layouts.set(record.table, record.layout);
    },
    sort() {
      const known = plan.tables.flatMap(({ name }) => {
        const layout = layouts.get(name);
        return layout ? [{ table: name, layout }] : [];
      });
      const lines = [headerOf(plan), ...known, ...sorted()];
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
  return (
    /^[^./\\\0][^/\\\0]*$/.test(value.name) &&
    isCount(value.rows) &&
    isCount(value.shards) &&
    isCount(value.partitioned ?? 0)
  );
}

/** A partition's path becomes folders: never a path that leads elsewhere. */
const PARTITION = /^[^/=]+=[^/]*(?:\/[^/=]+=[^/]*)*$/;

function isLayout(value: unknown): value is LayoutRecord {
  if (!isObject(value) || typeof value.table !== 'string' || !Array.isArray(value.layout)) return false;
  return value.layout.every(
    (one: unknown) =>
      isObject(one) && typeof one.path === 'string' && PARTITION.test(one.path) && isCount(one.rows),
  );
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
