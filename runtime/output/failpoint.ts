/**
 * A hook for tests of recovery: `TVDD_FAILPOINT=rename:2` kills the process at the second rename, as `kill -9` or a
 * power cut would. Counted by thread.
 *
 * - `write`: half of a piece of a file is written.
 * - `fsync`: a file is written, not yet synced.
 * - `rename`: a file has its name, the manifest has no line of it.
 * - `manifest`: half of a manifest line is written.
 * - `layout`: half of the manifest's line of a table's partitions is written.
 * - `worker`: ends only the worker thread, when it takes up a shard.
 */
export type FailpointKind = 'write' | 'fsync' | 'rename' | 'manifest' | 'layout' | 'worker';
export type Failpoint = {
  /** Is this the operation at which to die? Counts it. */
  reached(kind: FailpointKind): boolean;
};

export function createFailpoint(setting: string | undefined = process.env.TVDD_FAILPOINT): Failpoint {
  const [kind, count] = (setting ?? '').split(':');
  let left = Number(count ?? 1);
  return { reached: (here) => here === kind && --left === 0 };
}

export function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way.
  for (;;);
}
