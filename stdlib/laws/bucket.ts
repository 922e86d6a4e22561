/** A key of a histogram: `1920..1949`, `0.5..<1.5`. */
export type Bucket = {
  readonly label: string;
  readonly lo: number;
  readonly hi: number;
  readonly halfOpen: boolean;
  /** Both ends are written as integers. */
  readonly whole: boolean;
};

const END = String.raw`-?\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?`;
const RANGE = new RegExp(String.raw`^(${END})\.\.(<?)(${END})$`);

/** The bucket that a label names, its ends exactly as written; else a string that says why it names none. */
export function parseBucket(label: string): Bucket | string {
  const [, from, open, to] = RANGE.exec(label) ?? [];
  if (from === undefined || to === undefined) return 'it is no range of numbers';
  const [lo, hi] = [endOf(from), endOf(to)];
  if (lo === null || hi === null) return 'an integer end lies beyond 2^53, where doubles skip integers';
  const halfOpen = open === '<';
  if (!(lo <= hi) || (halfOpen && lo === hi)) return 'it holds no value';
  return { label, lo, hi, halfOpen, whole: isWhole(from) && isWhole(to) };
}

const isWhole = (end: string): boolean => !/[.eE]/.test(end);

/** Null where an integer is not that double. */
function endOf(text: string): number | null {
  const end = Number(text.replaceAll('_', ''));
  return Number.isFinite(end) && (!isWhole(text) || Number.isSafeInteger(end)) ? end : null;
}
