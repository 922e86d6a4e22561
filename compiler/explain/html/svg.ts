import { formatDate } from '../../../stdlib/zones/civil.ts';
import { share, short } from '../figures.ts';
import type { Picture } from '../tree.ts';
import { markup } from './markup.ts';

type Density = Extract<Picture, { kind: 'density' }>;
type Bars = Extract<Picture, { kind: 'bars' }>;

const WIDTH = 360;
const HEIGHT = 110;
const AXIS = 18;

/** A law's picture in full. */
export function drawPicture(picture: Picture): string {
  switch (picture.kind) {
    case 'density':
      return `<figure>${density(picture)}${picture.tails > 0.0005 ? caption(`not shown: ${share(picture.tails)} in the tails`) : ''}</figure>`;
    case 'bars':
      return `<figure>${bars(picture)}${picture.caption ? caption(picture.caption) : ''}</figure>`;
    case 'cases': {
      const cases = picture.cases.map(
        ({ label, picture }) => `<div class="case"><b>${markup(label)}</b>${drawPicture(picture)}</div>`,
      );
      const more = picture.others > 0 ? `<p class="quiet">and ${picture.others} more</p>` : '';
      return `<p class="quiet">by <code>${markup(picture.by)}</code></p><div class="cases">${cases.join('')}</div>${more}`;
    }
  }
}

const SPARK = { width: 96, height: 22 };

/** The shape alone, for a line of a list. */
export function drawSpark(picture: Picture): string {
  const { width, height } = SPARK;
  return `<svg class="spark" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true">${sparkOf(picture)}</svg>`;
}

function sparkOf(picture: Picture): string {
  const { width, height } = SPARK;
  switch (picture.kind) {
    case 'density':
      return `<path class="area" d="${outline(picture, width, height)}"/>`;
    case 'bars': {
      const step = width / picture.bars.length;
      const most = Math.max(...picture.bars.map((bar) => bar.share));
      const gap = Math.min(2, step / 4);
      return picture.bars
        .map(({ share }, i) => {
          const tall = (height * share) / most;
          return rect('bar', i * step, height - tall, step - gap, tall);
        })
        .join('');
    }
    case 'cases':
      return picture.cases.map((each, i) => strip(each.picture, i, picture.cases.length)).join('');
  }
}

/** One case as a strip: the likelier, the darker. */
function strip(picture: Picture, row: number, rows: number): string {
  const shares =
    picture.kind === 'density'
      ? picture.bins.map((bin) => bin.share)
      : picture.kind === 'bars'
        ? picture.bars.map((bar) => bar.share)
        : [];
  const [step, tall] = [SPARK.width / shares.length, SPARK.height / rows];
  const most = Math.max(...shares);
  return shares
    .map((share, i) => {
      const cell = `x="${place(i * step)}" y="${place(row * tall)}" width="${place(step + 0.05)}" height="${place(tall - 0.6)}"`;
      return `<rect class="bar" ${cell} fill-opacity="${place(share / most)}"/>`;
    })
    .join('');
}

const caption = (text: string): string => `<figcaption>${markup(text)}</figcaption>`;

function density(picture: Density): string {
  const { bins } = picture;
  const [lo, hi] = [bins[0]?.from ?? 0, bins.at(-1)?.to ?? 1];
  const marks = [lo, lo + (hi - lo) / 2, hi].map((value, i) => {
    const anchor = ['start', 'middle', 'end'][i]!;
    return `<text x="${place((WIDTH * i) / 2)}" y="${HEIGHT + 13}" text-anchor="${anchor}">${markup(mark(value, picture))}</text>`;
  });
  return (
    `<svg class="law" viewBox="0 0 ${WIDTH} ${HEIGHT + AXIS}" role="img" aria-label="density from ${markup(mark(lo, picture))} to ${markup(mark(hi, picture))}">` +
    `<path class="area" d="${outline(picture, WIDTH, HEIGHT)}"/>` +
    `<line class="axis" x1="0" y1="${HEIGHT}" x2="${WIDTH}" y2="${HEIGHT}"/>${marks.join('')}</svg>`
  );
}

/** A number on the axis; of instants the day, which begins at some other hour where the zone is not UTC. */
const mark = (value: number, { of }: Density): string =>
  of === 'instants' ? formatDate(BigInt(Math.round(value / DAY))) : short(value);

const DAY = 86_400_000_000;

/** Steps of the density: share by width. */
function outline({ bins }: Density, width: number, height: number): string {
  const [lo, hi] = [bins[0]?.from ?? 0, bins.at(-1)?.to ?? 1];
  const heights = bins.map(({ from, to, share }) => share / (to - from));
  const top = Math.max(...heights);
  const x = (value: number): string => place(((value - lo) / (hi - lo)) * width);
  const steps = bins.map(({ from, to }, i) => {
    const gap =
      i > 0 && bins[i - 1]!.to !== from ? `L${x(bins[i - 1]!.to)} ${height}L${x(from)} ${height}` : '';
    const y = place(height - (height - 2) * (heights[i]! / top));
    return `${gap}L${x(from)} ${y}L${x(to)} ${y}`;
  });
  return `M0 ${height}${steps.join('')}L${width} ${height}Z`;
}

const LINE = 17;
const LABEL = 150;
const FIGURE = 64;
const LONGEST = 24;

function bars({ bars, others }: Bars): string {
  const most = Math.max(...bars.map((bar) => bar.share), 0);
  const rest = others ? [{ label: `${others.count} others`, share: others.share, other: true }] : [];
  const rows = [...bars.map((bar) => ({ ...bar, other: false })), ...rest];
  const room = WIDTH - LABEL - FIGURE;
  const lines = rows.map(({ label, share: part, other }, i) => {
    const y = i * LINE;
    const name = label.length > LONGEST ? `${label.slice(0, LONGEST - 1)}…` : label;
    const bar = other ? '' : rect('bar', LABEL, y + 3, most > 0 ? (room * part) / most : 0, LINE - 6);
    const end = LABEL + (other || most === 0 ? 0 : (room * part) / most);
    return (
      `<text x="${LABEL - 8}" y="${y + 12.5}" text-anchor="end"${other ? ' class="other"' : ''}><title>${markup(label)}</title>${markup(name)}</text>${bar}` +
      `<text x="${place(end + 5)}" y="${y + 12.5}" class="other">${markup(share(part))}</text>`
    );
  });
  return `<svg class="law" viewBox="0 0 ${WIDTH} ${rows.length * LINE}" role="img" aria-label="probabilities">${lines.join('')}</svg>`;
}

/** A bar of the share that is accepted, its interval marked. */
export function drawAcceptance(accepted: number, low: number | null, high: number | null): string {
  const [width, height] = [160, 10];
  const marks =
    low === null || high === null
      ? ''
      : `<line class="interval" x1="${place(low * width)}" y1="${height / 2}" x2="${place(high * width)}" y2="${height / 2}"/>`;
  return (
    `<svg class="acceptance" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="accepted ${markup(share(accepted))}">` +
    `${rect('track', 0, 0, width, height)}${rect('kept', 0, 0, Math.max(1, accepted * width), height)}${marks}</svg>`
  );
}

const rect = (name: string, x: number, y: number, width: number, height: number): string =>
  `<rect class="${name}" x="${place(x)}" y="${place(y)}" width="${place(width)}" height="${place(height)}" rx="1.5"/>`;

const place = (value: number): string => String(Math.round(value * 100) / 100);
