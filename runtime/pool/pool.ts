import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { PhysicalPlan } from '../../compiler/5-lower/physical-plan.ts';
import type { ShardRecord } from '../output/manifest.ts';
import type { Scan } from '../partition/layout.ts';
import { runError } from '../run-error.ts';
import type { FromWorker, Job, ToWorker, WorkerData } from './messages.ts';
import { CANCEL, rowsOfWorker, toError } from './messages.ts';

export type MadeShard = {
  readonly record: ShardRecord;
  /** By group of its table: what its rows took. */
  readonly candidates: readonly number[];
  /** When its worker turned to it (performance.now). */
  readonly begun: number;
};

export type PoolTask = {
  readonly plan: PhysicalPlan;
  /** Best in shared memory: otherwise every worker gets a copy. */
  readonly blobs: Uint8Array;
  readonly out: string;
  /** At least 1. */
  readonly workers: number;
  readonly batchRows: number;
  /** In the order in which they are begun. */
  readonly jobs: readonly Job[];
  /** A file is whole and has its name. */
  readonly onMade: (made: MadeShard) => void;
  /** A range of the table's rows is sorted into partitions. */
  readonly onScanned: (table: string, scan: Scan) => void;
  readonly signal: AbortSignal | undefined;
};

export type Pool = {
  /**
   * Resolves when all jobs are done, or the signal has stopped the workers. Rejects with the first fault, error or death
   * of a worker, once every other worker has stopped. Files that are whole by then have been reported.
   */
  readonly finished: Promise<void>;
  /** What is being done now, for progress. */
  underWay(): readonly { readonly table: string; readonly rows: number }[];
};

/** One job under way and the next one waiting, so that a worker never waits for us. */
const QUEUE = 2;
/** A worker looks for cancellation between batches; one that does not within this time is ended. */
const PATIENCE_MS = 15_000;

type Member = {
  readonly worker: Worker;
  readonly index: number;
  readonly jobs: Job[];
  begun: number;
  ended: boolean;
};

export function startPool(task: PoolTask): Pool {
  const { out, plan, jobs, signal } = task;
  const size = Math.min(task.workers, jobs.length);
  const shared = new SharedArrayBuffer(4 * (1 + size));
  const control = new Int32Array(shared);
  const members: Member[] = [];
  const failures: Error[] = [];
  let next = 0;
  let left = size;

  const finished = new Promise<void>((resolve, reject) => {
    let cancelled = false;
    let patience: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      if (cancelled) return;
      cancelled = true;
      Atomics.store(control, CANCEL, 1);
      for (const member of members) if (!member.ended) tell(member, { kind: 'end' });
      patience = setTimeout(() => {
        for (const { worker } of members) void worker.terminate();
      }, PATIENCE_MS);
    };
    const fail = (error: Error): void => {
      failures.push(error);
      cancel();
    };
    const feed = (member: Member): void => {
      while (!cancelled && member.jobs.length < QUEUE && next < jobs.length) {
        const job = jobs[next++]!;
        member.jobs.push(job);
        tell(member, job);
      }
      if (member.jobs.length === 0) tell(member, { kind: 'end' });
    };
    const settle = (): void => {
      clearTimeout(patience);
      signal?.removeEventListener('abort', cancel);
      const [failure] = failures;
      if (failure === undefined) resolve();
      else reject(failure);
    };

    for (let index = 0; index < size; index++) {
      const data: WorkerData = {
        plan,
        blobs: task.blobs,
        out,
        batchRows: task.batchRows,
        control: shared,
        index,
      };
      const worker = new Worker(workerUrl(), { workerData: data, name: `tvdd-${index + 1}` });
      const member: Member = { worker, index, jobs: [], begun: performance.now(), ended: false };
      members.push(member);
      worker.on('message', (message: FromWorker) => {
        member.jobs.shift();
        const { begun } = member;
        member.begun = performance.now();
        switch (message.kind) {
          case 'made':
          case 'scanned':
            try {
              if (message.kind === 'made')
                task.onMade({ record: message.record, candidates: message.candidates, begun });
              else task.onScanned(message.table, message.scan);
            } catch (error) {
              fail(error instanceof Error ? error : new Error(String(error)));
            }
            feed(member);
            return;
          case 'failed':
            member.jobs.length = 0;
            fail(toError(message.failure));
            return;
          case 'stopped':
            member.jobs.length = 0;
        }
      });
      worker.on('error', (error) =>
        fail(died(member, error instanceof Error ? error.message : String(error))),
      );
      worker.on('exit', (code) => {
        member.ended = true;
        if (member.jobs.length > 0 && !cancelled) fail(died(member, `its thread ended with code ${code}`));
        left -= 1;
        if (left === 0) settle();
      });
    }
    for (const member of members) feed(member);
    if (size === 0) settle();
    else if (signal?.aborted) cancel();
    else signal?.addEventListener('abort', cancel, { once: true });
  });

  return {
    finished,
    underWay: () =>
      members.flatMap(({ index, jobs: [job] }) =>
        job === undefined ? [] : [{ table: tableOf(job), rows: Atomics.load(control, rowsOfWorker(index)) }],
      ),
  };
}

const tell = ({ worker }: Member, message: ToWorker): void => worker.postMessage(message);

const tableOf = (job: Job): string => (job.kind === 'make' ? job.shard.table : job.table);

function died({ jobs: [job] }: Member, reason: string): Error {
  const help = 'run the same command again: finished files are kept; fewer --workers need less memory';
  const file = job === undefined ? 'no file' : job.kind === 'make' ? job.shard.file : job.table;
  return runError('TVD6017', { file }, reason, help);
}

/** Beside the bundle that this is part of; the sources themselves run on the last build. */
function workerUrl(): URL {
  const here = import.meta.url;
  return new URL(fileURLToPath(here).endsWith('.ts') ? '../../dist/worker.js' : './worker.js', here);
}
