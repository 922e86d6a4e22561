import { count, duration, percent, plural, short, size } from './figures.ts';
import type { Explanation, GroupNode, StoredNode, TableNode } from './tree.ts';

/** What stands beside a title, the same in every format for people. */
export const planFacts = (plan: Explanation): readonly string[] => [
  `seed ${plan.seed}`,
  plural(plan.rows, 'row'),
  `~${size(plan.estimate.bytes)}`,
  plural(plan.files, 'file'),
  `~${duration(plan.estimate.seconds)} with one worker`,
  `~${size(plan.estimate.memory)} of memory, ${size(plan.estimate.memoryPerWorker)} more a worker`,
  `plan ${plan.planHash.slice(0, 12)}`,
];

function filesFacts({ files, partition, rows, rowsPerFile, estimate }: TableNode): readonly string[] {
  const { by, leftOut } = partition;
  const coarser = leftOut.length > 0 ? [`not by ${leftOut.join(', ')}: too few rows`] : [];
  if (by.length > 0) {
    const each = size((rows * estimate.bytesPerRow) / files);
    return [`~${plural(files, 'file')} by ${by.join(', ')}, ~${each} each, in two passes`, ...coarser];
  }
  return [files === 1 ? '1 file' : `${count(files)} files of ${count(rowsPerFile)} rows`, ...coarser];
}

export const tableFacts = (table: TableNode): readonly string[] => [
  plural(table.rows, 'row'),
  ...filesFacts(table),
  `~${short(table.estimate.bytesPerRow, 3)} B and ~${count(Number(short(table.estimate.nsPerRow, 2)))} ns a row`,
  plural(table.steps, 'step'),
];

/** What the group accepts, with the ends of the interval, and what that costs. */
export function groupFacts({ tries, estimate: { acceptance, dear } }: GroupNode): readonly string[] {
  const most = `at most ${count(tries)}`;
  if (acceptance === null) {
    const why = dear.length > 0 ? `: a row of ${dear.join(', ')} that it reads takes too many draws` : '';
    return [`acceptance not estimated${why}`, most];
  }
  const { share, low, high, least } = acceptance;
  return [
    `~${percent(share)} accepted (${percent(low)} to ${percent(high)})`,
    ...(share > 0 ? [`~${(1 / share).toFixed(2)} tries a row`] : []),
    most,
    ...(least
      ? [
          `least ~${percent(least.share)}, at row ${count(least.row)} of ${count(least.among)} looked at: estimated, not proved`,
        ]
      : []),
  ];
}

export const storedFacts = ({ encoding, order, statistics }: StoredNode): string =>
  [
    `stored as ${encoding}`,
    ...(order === null ? [] : [order]),
    ...(statistics ? [] : ['no statistics']),
  ].join(', ');
