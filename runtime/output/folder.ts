import { rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PhysicalPlan } from '../../compiler/5-lower/physical-plan.ts';
import { SCRATCH } from '../partition/scratch.ts';
import { runError } from '../run-error.ts';
import { listDirectory, makeDirectory } from './directory.ts';
import type { Failpoint } from './failpoint.ts';
import { errorCode, withPath } from './io-error.ts';
import { LOCK, lockFolder } from './lock.ts';
import type { Manifest, ManifestContent, ManifestHeader } from './manifest.ts';
import { MANIFEST, MANIFEST_TEMPORARY, openManifest, readManifest } from './manifest.ts';
import { isShardFile, isTemporary } from './shard-file.ts';
import { shardPath } from './shards.ts';

/** An output folder that this run may write to, until it is released. */
export type OutputFolder = { readonly manifest: Manifest; release(): void };

/**
 * Makes the folder, or adopts what an earlier run of the same plan has left in it. Throws TVD6011 (another plan's
 * output, unless `overwrite`), TVD6012 (not ours), TVD6013 (locked), TVD6014, TVD6019.
 */
export function openFolder(
  plan: PhysicalPlan,
  out: string,
  overwrite: boolean,
  failpoint: Failpoint,
): OutputFolder {
  withPath(out, () => makeDirectory(out));
  // Before the lock as well: a folder that is not ours gets no file of ours.
  admissible(plan, out, overwrite);
  const release = lockFolder(out);
  try {
    return withPath(out, () => {
      let content = admissible(plan, out, overwrite);
      if (content !== null) removeTemporaries(out, content.header);
      if (content !== null && overwrite) {
        removeOutput(out, content.header);
        content = null;
      }
      return { manifest: openManifest(out, plan, content, failpoint), release };
    });
  } catch (error) {
    release();
    throw error;
  }
}

/** What is there, if it may be gone on with. */
function admissible(plan: PhysicalPlan, out: string, overwrite: boolean): ManifestContent | null {
  const content = withPath(out, () => readManifest(out));
  if (content === null) {
    const foreign = withPath(out, () => listDirectory(out)).filter(
      (name) => !name.startsWith(LOCK) && name !== MANIFEST_TEMPORARY,
    );
    if (foreign.length === 0) return null;
    const shown = foreign.slice(0, 3).join(', ') + (foreign.length > 3 ? ', …' : '');
    throw runError(
      'TVD6012',
      { out },
      `it has no ${MANIFEST}, but ${shown}`,
      'choose another folder with --out, or empty this one',
    );
  }
  const { dataset, format, planHash, seed } = content.header;
  if (planHash !== plan.planHash && !overwrite) {
    const made = `it was made for plan ${planHash.slice(0, 12)} of ${dataset}, seed ${seed}, in ${format}`;
    const reason = `${made}; this is plan ${plan.planHash.slice(0, 12)} in ${plan.output.format}`;
    const help = 'choose another folder with --out, or replace the old files with --overwrite';
    throw runError('TVD6011', { out }, reason, help);
  }
  return content;
}

/** What a dead run was writing. */
function removeTemporaries(out: string, { tables }: ManifestHeader): void {
  rmSync(join(out, MANIFEST_TEMPORARY), { force: true });
  rmSync(join(out, SCRATCH), { recursive: true, force: true });
  for (const { name, partitioned = 0 } of tables)
    for (const folder of partitionFolders(join(out, name), partitioned))
      for (const file of listDirectory(folder))
        if (isTemporary(file)) rmSync(join(folder, file), { force: true });
}

/** Exactly the files that the manifest's tables have; the manifest goes last, so that a killed removal can be resumed. */
function removeOutput(out: string, { format, tables }: ManifestHeader): void {
  for (const { name, partitioned = 0, shards } of tables) {
    for (let shard = 0; shard < shards; shard++)
      rmSync(join(out, shardPath(name, shard, shards, format)), { force: true });
    if (partitioned > 0) removePartitions(join(out, name), partitioned);
    removeIfEmpty(join(out, name));
  }
  rmSync(join(out, MANIFEST), { force: true });
}

/** Files and folders that are named as those of partitions are, and no others. */
function removePartitions(folder: string, levels: number): void {
  if (levels === 0) {
    for (const file of listDirectory(folder))
      if (isShardFile(file)) rmSync(join(folder, file), { force: true });
    return;
  }
  for (const inner of partitionFolders(folder, 1)) {
    removePartitions(inner, levels - 1);
    removeIfEmpty(inner);
  }
}

/** The folders so many levels below, each named `column=value`. */
function partitionFolders(folder: string, levels: number): readonly string[] {
  if (levels === 0) return [folder];
  return listDirectory(folder)
    .filter((name) => name.includes('='))
    .flatMap((name) => partitionFolders(join(folder, name), levels - 1));
}

function removeIfEmpty(path: string): void {
  try {
    rmdirSync(path);
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(errorCode(error))) throw error;
  }
}
