import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { runError } from '../run-error.ts';
import { errorCode, withPath } from './io-error.ts';

export const LOCK = '.tvdd.lock';

/** Who holds a folder. `started` tells a process from a later one with the same number. */
type Holder = { readonly pid: number; readonly host: string; readonly started: string };

/** Takes the folder for this run; a lock whose process is gone is taken over. Returns the release. Throws TVD6013. */
export function lockFolder(out: string): () => void {
  const path = join(out, LOCK);
  const me: Holder = { pid: process.pid, host: hostname(), started: startOf(process.pid) };
  if (!withPath(path, () => claim(path, me))) {
    const text = read(path);
    const holder = parseHolder(text);
    if (holder !== null && isAlive(holder)) throw busy(out, holder);
    if (text !== null) removeStale(path, text, me);
    if (!claim(path, me)) throw busy(out, parseHolder(read(path)));
  }
  return () => rmSync(path, { force: true });
}

/** The link appears with its content: nobody sees a lock that does not say yet whose it is. */
function claim(path: string, me: Holder): boolean {
  const own = `${path}.${me.pid}`;
  const fd = openSync(own, 'w');
  try {
    writeSync(fd, `${JSON.stringify(me)}\n`);
  } finally {
    closeSync(fd);
  }
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Of two runs that find the same stale lock, the second must not remove the first one's new lock. */
function removeStale(path: string, stale: string, me: Holder): void {
  const aside = `${path}.${me.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  if (read(aside) !== stale) linkSync(aside, path);
  rmSync(aside, { force: true });
}

function isAlive({ host, pid, started }: Holder): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false;
  }
  return started === startOf(pid);
}

/** Linux: the process's start in ticks since boot, field 22 of its stat. Elsewhere unknown, hence equal. */
function startOf(pid: number): string {
  const stat = read(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function busy(out: string, holder: Holder | null): Error {
  const who = holder === null ? 'another process' : `process ${holder.pid} on ${holder.host}`;
  const help = `wait for it or choose another folder with --out; if it no longer exists, delete ${join(out, LOCK)}`;
  return runError('TVD6013', { out }, `${who} holds its lock`, help);
}

function parseHolder(text: string | null): Holder | null {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (typeof value !== 'object' || value === null) return null;
    const { pid, host, started } = value as Record<string, unknown>;
    return typeof pid === 'number' && typeof host === 'string' && typeof started === 'string'
      ? { pid, host, started }
      : null;
  } catch {
    return null;
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ESRCH') return null;
    throw error;
  }
}
