import { expect, it } from 'vitest';
import { liveLines } from '../../cli/terminal/live.ts';
import { progressLine, progressLines } from '../../cli/terminal/progress.ts';
import { styleOf } from '../../cli/terminal/style.ts';
import { displayWidth } from '../../cli/terminal/width.ts';
import type { Progress } from '../../runtime/events.ts';

const progress: Progress = {
  tables: [
    { table: 'media', rows: 1_000_000, done: 1_000_000, bytes: 140_000_000 },
    { table: 'views', rows: 2_000_000_000, done: 250_000_000, bytes: 0 },
    { table: 'none', rows: 0, done: 0, bytes: 0 },
  ],
  seconds: 200,
  rowsPerSecond: 1_234_567.8,
  etaSeconds: 1417,
  rss: 412_000_000,
};

it('a bar a table, and the pace of the whole', () => {
  expect(progressLines(progress, styleOf(false), 100)).toEqual([
    'media  ████████████████████████ 100 %  1.0 M of 1.0 M rows, 140 MB',
    'views  ███·····················  12 %  250 M of 2.0 G rows, 0 B',
    'none   ████████████████████████ 100 %  0 of 0 rows, 0 B',
    '1,234,568 rows/s, 23 min 37 s left, 412 MB of memory',
  ]);
});

it('fits every terminal', () => {
  for (let width = 40; width < 120; width++) {
    for (const line of progressLines(progress, styleOf(false), width))
      expect(displayWidth(line)).toBeLessThan(width);
  }
});

it('one line for logs', () => {
  expect(progressLine({ ...progress, etaSeconds: null })).toBe(
    'media 100 %, views 12 %, none 100 %; 1,234,568 rows/s, starting, 412 MB of memory',
  );
});

it('draws over what it has drawn, and leaves the cursor visible', () => {
  let written = '';
  const live = liveLines((text) => {
    written += text;
  });
  live.draw(['a', 'b']);
  live.draw(['c', 'd']);
  live.clear();
  live.clear();
  expect(written).toBe(
    '\x1b[?25l\r\x1b[2Ka\n\r\x1b[2Kb\n\x1b[2A\r\x1b[2Kc\n\r\x1b[2Kd\n\x1b[2A\r\x1b[J\x1b[?25h',
  );
});
