import type { RunEvent } from '../runtime/events.ts';
import type { Output } from './output.ts';
import { liveLines } from './terminal/live.ts';
import { progressLine, progressLines, sortLines } from './terminal/progress.ts';
import { plural } from './terminal/quantity.ts';

/** Shows a run as it goes on. */
export type Watch = { readonly onEvent: (event: RunEvent) => void; readonly end: () => void };

/** Milliseconds between two lines of a log. */
const LOG_EVERY = 5_000;

/** Bars drawn in place on a terminal, a plain line now and then elsewhere; both on stderr. */
export function watchRun({ err }: Output): Watch {
  const live = liveLines(err.write);
  let logged = performance.now();
  const show = (event: RunEvent & { readonly event: 'progress' }): void => {
    if (err.terminal) live.draw(progressLines(event, err.style, err.width));
    else if (performance.now() - logged >= LOG_EVERY) {
      logged = performance.now();
      err.write(`${progressLine(event)}\n`);
    }
  };
  return {
    onEvent: (event) => {
      if (event.event === 'progress') show(event);
      if (event.event === 'sort' && err.terminal) live.draw(sortLines(event.tables, err.style));
      if (event.event === 'start') {
        const kept = event.tables.reduce((sum, table) => sum + table.kept, 0);
        if (kept > 0) err.write(`${plural(kept, 'file')} kept from an earlier run\n`);
      }
    },
    end: live.clear,
  };
}

/** NDJSON, an event a line. */
export function streamRun({ out }: Output): Watch {
  return { onEvent: (event) => out.write(`${JSON.stringify(event)}\n`), end: () => {} };
}

export const silent: Watch = { onEvent: () => {}, end: () => {} };
