import { EXIT } from './exit.ts';
import type { Channel } from './output.ts';

/** npm and the terminal both pass a Ctrl-C on: what comes within this time is the same one. */
const ONE_KEY_MS = 500;

/** The first Ctrl-C (or SIGTERM) aborts the signal, so that the work ends cleanly; the second ends the process. */
export function onInterrupt({ write }: Channel): {
  readonly signal: AbortSignal;
  readonly release: () => void;
} {
  const controller = new AbortController();
  let first = 0;
  const stop = (): void => {
    const now = performance.now();
    if (first === 0) {
      first = now;
      write('\nstopping; Ctrl-C again stops at once\n');
      controller.abort();
    } else if (now - first > ONE_KEY_MS) process.exit(EXIT.interrupted);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: controller.signal,
    release: () => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}
