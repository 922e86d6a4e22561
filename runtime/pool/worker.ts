import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { createEngine } from '../engine/engine.ts';
import { RunFault } from '../engine/fault.ts';
import { createFailpoint } from '../output/failpoint.ts';
import { ioErrorDetail } from '../output/io-error.ts';
import { createShardFile } from '../output/shard-file.ts';
import { createScanner } from '../partition/scan.ts';
import { readRows } from '../partition/scratch.ts';
import { Cancelled } from './cancelled.ts';
import { createShardEncoder } from './encoder.ts';
import type { Failure, FromWorker, Make, ScanRange, ToWorker, WorkerData } from './messages.ts';
import { CANCEL, rowsOfWorker } from './messages.ts';

/** A worker thread: does the jobs that it is sent, one after another, until it is told to end. */
async function main(data: WorkerData): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('worker.ts runs in a worker thread only');
  const { plan, out } = data;
  const control = new Int32Array(data.control);
  const failpoint = createFailpoint();
  const queue: ToWorker[] = [];
  let wake = (): void => {};
  port.on('message', (message: ToWorker) => {
    queue.push(message);
    wake();
  });
  const send = (message: FromWorker): void => port.postMessage(message);

  const engine = createEngine(plan, data.blobs, { batchRows: data.batchRows });
  let candidates: number[] = [];
  const hooks = {
    cancelled: () => Atomics.load(control, CANCEL) !== 0,
    progress: (rows: number) => void Atomics.store(control, rowsOfWorker(data.index), rows),
    judged: (batch: readonly number[]) => {
      candidates = batch.map((count, group) => count + (candidates[group] ?? 0));
    },
  };
  const encoder = await createShardEncoder(plan, engine, data.batchRows, hooks);
  const scan = createScanner(plan, engine, data.batchRows, hooks);

  const sort = (range: ScanRange): FromWorker => {
    try {
      return { kind: 'scanned', table: range.table, scan: scan(out, range) };
    } catch (error) {
      return givenUp(error, join(out, range.file));
    }
  };
  const givenUp = (error: unknown, path: string): FromWorker =>
    error instanceof Cancelled ? { kind: 'stopped' } : { kind: 'failed', failure: failureOf(error, path) };

  const make = async ({ shard, segments }: Make): Promise<FromWorker> => {
    const path = join(out, shard.file);
    let discard = (): void => {};
    candidates = [];
    try {
      const file = createShardFile(out, shard.file, failpoint);
      discard = file.discard;
      const rows = segments === null ? null : readRows(out, segments);
      for await (const piece of encoder(shard, rows)) file.write(piece);
      const { bytes, sha256 } = file.commit();
      const { end, file: name, start, table } = shard;
      return {
        kind: 'made',
        record: { table, shard: shard.shard, file: name, rows: end - start, bytes, sha256 },
        candidates,
      };
    } catch (error) {
      discard();
      return givenUp(error, path);
    }
  };

  for (;;) {
    const message = queue.shift();
    if (message === undefined) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    } else if (message.kind === 'end') {
      break;
    } else {
      if (failpoint.reached('worker')) process.exit(1);
      const answer = message.kind === 'make' ? await make(message) : sort(message);
      send(answer);
      if (answer.kind !== 'made' && answer.kind !== 'scanned') break;
    }
  }
  port.close();
}

function failureOf(error: unknown, path: string): Failure {
  if (error instanceof RunFault) return { kind: 'fault', detail: error.detail };
  const detail = ioErrorDetail(error, path);
  if (detail !== null) return { kind: 'error', detail };
  return error instanceof Error
    ? { kind: 'bug', message: error.message, stack: error.stack }
    : { kind: 'bug', message: String(error), stack: undefined };
}

await main(workerData as WorkerData);
